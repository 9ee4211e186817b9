// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/bounds.hpp"

#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "learning/spaces.hpp"
#include "weyl/core/error.hpp"
#include "weyl/learning/curve.hpp"
#include "weyl/learning/effective_dimension.hpp"

using namespace weyl;
using doctest::Approx;

namespace {

using std::numbers::pi;

Learner learner(const Modes& modes, double s, double alpha, double sigma) {
  const Kernel kernel = sobolev_kernel(s);
  return invariant_learner(kernel_spectrum(modes, kernel), kernel, power_target(modes, alpha), sigma);
}

} // namespace

TEST_CASE("lower bound <= risk <= upper bounds, at every n, ridge and smoothness") {
  for (const double s : {1.5, 2.0, 3.0}) {
    const Learner l = learner(test::sphere(200), s, s + 1.5, 0.2);
    for (const double theta : {0.5, 1.0}) {
      const SourceClass target = source_class(l, theta);
      for (const double n : {8.0, 100.0, 1e4}) {
        CAPTURE(s);
        CAPTURE(n);
        const Risk best = optimal_risk(l, n);
        CHECK(lower_bound(l, n) <= best.excess());
        CHECK(best.excess() <= upper_bound(l, target, n) * (1 + 1e-9));
        CHECK(best.excess() <= guaranteed_bound(l, l.kernel.sum(l.kernel.mu), n));
        for (const double ridge : {1e-3, 0.1, 10.0}) {
          const double r = risk(l, n, ridge).excess();
          CHECK(lower_bound(l, n) <= r);
          CHECK(r <= upper_bound(l, target, n, ridge) * (1 + 1e-9));
          CHECK(r <= guaranteed_bound(l, l.kernel.sum(l.kernel.mu), n, ridge));
        }
      }
    }
  }
}

TEST_CASE("no ridge makes kernel ridge regression better than minimax on the whole class") {
  const Learner l = learner(test::sphere(200), 2, 3.5, 0.2);
  const SourceClass target = source_class(l);
  for (const double n : {30.0, 300.0, 3e4}) {
    CHECK(minimax_risk(l.kernel, target, l.noise, n) <= upper_bound(l, target, n));
  }
}

TEST_CASE("the upper bound tends to its closed form") {
  const Modes torus = test::flat_torus(40000);
  const Learner l = learner(torus, 2, 4, 0.3);
  for (const double theta : {0.5, 1.0}) {
    const SourceClass target = source_class(l, theta);
    double before = 1;
    for (const double n : {1e4, 1e6, 1e8}) {
      CAPTURE(theta);
      CAPTURE(n);
      const AsymptoticBound limit = asymptotic_bound(torus.geometry, 2, target, l.noise, n);
      const double difference = std::abs(upper_bound(l, target, n) / limit.risk - 1);
      CHECK(difference < before);
      before = difference;
      CHECK(limit.exponent == Approx(theta * 2 / (theta * 2 + 1)));
    }
    CHECK(before < 2e-3);
  }
}

TEST_CASE("the closed form is the least of its own sum over all ridges") {
  const Geometry space{.dimension = 3, .volume = 5};
  const SourceClass target{.theta = 0.8, .radius = 2};
  const AsymptoticBound best = asymptotic_bound(space, 2, target, 0.1, 1e5);
  const auto at = [&](double eta) {
    const double c = std::pow(0.8, 0.8) * std::pow(1.2, 1.2) / 4;
    return c * std::pow(eta, 0.8) * 4 + 0.1 * asymptotic_degrees_of_freedom(space, 2, eta).d_2 / 1e5;
  };
  const double eta = best.ridge / 1e5;
  CHECK(at(eta) == Approx(best.risk));
  CHECK(at(eta * 1.1) > best.risk);
  CHECK(at(eta / 1.1) > best.risk);
}

TEST_CASE("the minimax risk on a spectrum tends to Pinsker's constant") {
  const Modes torus = test::flat_torus(40000);
  const KernelSpectrum spectrum = kernel_spectrum(torus, sobolev_kernel(2));
  const SourceClass target{.theta = 1, .radius = 3};
  const double n = 1e9;
  CHECK(minimax_risk(spectrum, target, 0.5, n) ==
        Approx(asymptotic_minimax_risk(torus.geometry, 2, 3, 0.5, n)).epsilon(2e-3));
}

TEST_CASE("on a circle Pinsker's constant is the classical one") {
  // Functions on [0, 1], periodic, ∫(f^(β))² <= L²: (L²)^(1/(2β+1)) (2β+1)^(1/(2β+1)) (β/(π(β+1)))^(2β/(2β+1)).
  for (const double beta : {1.0, 2.0, 3.0}) {
    const double power = 1 / (2 * beta + 1);
    const double classical =
        std::pow(4.0, power) * std::pow(2 * beta + 1, power) * std::pow(beta / (pi * (beta + 1)), 2 * beta * power);
    CHECK(asymptotic_minimax_risk({.dimension = 1, .volume = 1}, beta, 2, 1, 1) == Approx(classical));
  }
}

TEST_CASE("a quotient by a group of order two is worth twice the samples in every closed form") {
  const Geometry whole{.dimension = 2, .volume = 4 * pi};
  const Geometry half{.dimension = 2, .volume = 2 * pi};
  const SourceClass target{.theta = 1, .radius = 2};
  CHECK(asymptotic_bound(whole, 2, target, 0.1, 2e4).risk == Approx(asymptotic_bound(half, 2, target, 0.1, 1e4).risk));
  CHECK(asymptotic_minimax_risk(whole, 2, 2, 0.1, 2e4) == Approx(asymptotic_minimax_risk(half, 2, 2, 0.1, 1e4)));
  CHECK(paper_bound(whole, 2, target, 0.1, 2e4) == Approx(paper_bound(half, 2, target, 0.1, 1e4)));
}

TEST_CASE("one function with its own power costs p s^2/(s^2 + n p), the constant mode too") {
  Learner l = learner(test::sphere(50), 2, 3.5, 0.5);
  l.target_mu = Eigen::ArrayXd::Constant(1, 1.0);
  l.target_power = Eigen::ArrayXd::Constant(1, 2.0);
  l.sharing = Eigen::ArrayXd::Constant(1, 1.0);
  CHECK(lower_bound(l, 10) == Approx(2 * 0.25 / (0.25 + 20)));
  l.sharing[0] = 4; // four functions with a power of one half
  CHECK(lower_bound(l, 10) == Approx(4 * 0.5 * 0.25 / (0.25 + 5)));
}

TEST_CASE("a hypothesis that fails is named") {
  const Modes sphere = test::sphere(50);
  const Learner rough = learner(sphere, 2, 1.5, 0.1);
  const Geometry plane{.dimension = 2, .volume = 1};
  CHECK_THROWS_WITH_AS(asymptotic_bound(plane, 1, {}, 0.1, 10), doctest::Contains("s > d/2 = 1"), InputError);
  CHECK_THROWS_WITH_AS(paper_bound(plane, 0.5, {}, 0.1, 10), doctest::Contains("s > d/2 = 1"), InputError);
  CHECK_THROWS_WITH_AS(source_class(rough, 3), doctest::Contains("theta"), InputError);
  const Kernel band = band_limited_kernel(10);
  const Learner outside = invariant_learner(kernel_spectrum(sphere, band), band, {{.lambda = 20, .power = 1}}, 0.1);
  CHECK_THROWS_WITH_AS(source_class(outside), doctest::Contains("infinite"), InputError);
  const Learner broken = invariant_learner(kernel_spectrum(sphere, sobolev_kernel(2)), sobolev_kernel(2),
                                           {{.lambda = 2, .power = 1, .violation = 0.1}}, 0.1);
  CHECK_THROWS_WITH_AS(guaranteed_bound(broken, 1, 10), doctest::Contains("violation"), InputError);
}

TEST_CASE("without noise the lower bounds are zero and the curve is there all the same") {
  const Learner l = learner(test::sphere(50), 2, 3.5, 0);
  const auto curve = learning_curve(l, {.samples = {32}, .target = source_class(l)});
  CHECK(curve[0].lower_bound == 0);
  CHECK(*curve[0].minimax == 0);
  CHECK(curve[0].risk.variance == 0);
  CHECK(curve[0].risk.near_interpolation());
}
