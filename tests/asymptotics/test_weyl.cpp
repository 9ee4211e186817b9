// SPDX-License-Identifier: GPL-3.0-or-later
// Weyl's law against exact spectra, and what a fit recovers from them.

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

struct Space {
  std::string name;
  Geometry geometry;
  std::function<double(double)> count; ///< exact N(λ)
};

/// Lattice points: #{k ∈ Z^d or N^d, from `from` on : Σ (unit_i k_i)² ≤ λ}.
std::function<double(double)> lattice(std::vector<double> units, bool signs, int from) {
  return [=](double lambda) {
    const std::function<double(std::size_t, double)> below = [&](std::size_t axis, double rest) -> double {
      const int reach = static_cast<int>(std::floor(std::sqrt(std::max(0.0, rest)) / units[axis]));
      if (axis + 1 == units.size()) {
        return signs ? 2.0 * reach + 1 : std::max(0, reach - from + 1);
      }
      double sum = 0;
      for (int k = signs ? -reach : from; k <= reach; ++k) {
        sum += below(axis + 1, rest - units[axis] * units[axis] * k * k);
      }
      return sum;
    };
    return lambda < 0 ? 0.0 : below(0, lambda);
  };
}

/// Spheres of dimension 2 (N = (l+1)²) and 3 (N = (k+1)(k+2)(2k+3)/6).
double sphere2(double lambda) {
  const double l = std::floor((std::sqrt(1 + 4 * lambda) - 1) / 2 + 1e-12);
  return (l + 1) * (l + 1);
}
double sphere3(double lambda) {
  const double k = std::floor(std::sqrt(1 + lambda) - 1 + 1e-12);
  return (k + 1) * (k + 2) * (2 * k + 3) / 6;
}

std::vector<Space> spaces() {
  const auto n = Boundary::neumann;
  const auto d = Boundary::dirichlet;
  return {
      {"circle", {1, 2 * pi, 0, n}, lattice({1}, true, 0)},
      {"interval N", {1, 3, 2, n}, lattice({pi / 3}, false, 0)},
      {"interval D", {1, 3, 2, d}, lattice({pi / 3}, false, 1)},
      {"sphere", {2, 4 * pi, 0, n}, sphere2},
      {"flat torus", {2, 4 * pi * pi, 0, n}, lattice({1, 1}, true, 0)},
      {"rectangle N", {2, 1.7, 5.4, n}, lattice({pi, pi / 1.7}, false, 0)},
      {"rectangle D", {2, 1.7, 5.4, d}, lattice({pi, pi / 1.7}, false, 1)},
      {"3-sphere", {3, 2 * pi * pi, 0, n}, sphere3},
      {"flat 3-torus", {3, 8 * pi * pi * pi, 0, n}, lattice({1, 1, 1}, true, 0)},
      {"cube N", {3, 1, 6, n}, lattice({pi, pi, pi}, false, 0)},
      {"cube D", {3, 1, 6, d}, lattice({pi, pi, pi}, false, 1)},
  };
}

std::vector<CountSample> samples(const Space& space, double top, int count, double offset) {
  std::vector<CountSample> result;
  for (int i = 1; i <= count; ++i) {
    const double lambda = top * (i - offset) / count;
    result.push_back({lambda, space.count(lambda)});
  }
  return result;
}

} // namespace

TEST_CASE("Weyl's constants: C_1 = 1/π, C_2 = 1/4π, C_3 = 1/6π²") {
  CHECK(weyl_constant(0) == doctest::Approx(1).epsilon(1e-15));
  CHECK(weyl_constant(1) == doctest::Approx(1 / pi).epsilon(1e-15));
  CHECK(weyl_constant(2) == doctest::Approx(1 / (4 * pi)).epsilon(1e-15));
  CHECK(weyl_constant(3) == doctest::Approx(1 / (6 * pi * pi)).epsilon(1e-15));
}

TEST_CASE("N(λ) over the one-term law tends to 1, over the two-term law faster") {
  for (const Space& space : spaces()) {
    CAPTURE(space.name);
    const double lambda = weyl_lambda(space.geometry, 30000);
    const double count = space.count(lambda);
    const double d = space.geometry.dimension;
    // The remainder is of the order of the second term, N^{(d−1)/d}; the constants are below 4 on these spaces.
    CHECK(std::abs(count - weyl_count(space.geometry, lambda)) <= 4 * std::pow(30000, (d - 1) / d));
    if (space.geometry.boundary_volume > 0 && d > 1) {
      CHECK(std::abs(count - weyl_count_two_term(space.geometry, lambda)) <
            0.2 * std::abs(count - weyl_count(space.geometry, lambda)));
    }
  }
}

TEST_CASE("the sign of the second term is that of the boundary condition, and closed spaces have none") {
  CHECK(weyl_boundary_term({2, 1, 4, Boundary::neumann}, 100) == doctest::Approx(4 * 10 / (4 * pi)));
  CHECK(weyl_boundary_term({2, 1, 4, Boundary::dirichlet}, 100) == doctest::Approx(-4 * 10 / (4 * pi)));
  CHECK(weyl_boundary_term({2, 1, 0, Boundary::neumann}, 100) == 0);
  CHECK(weyl_count({2, 1, 4, Boundary::neumann}, -3) == 0);
}

TEST_CASE("the laws are inverted") {
  for (const Space& space : spaces()) {
    CAPTURE(space.name);
    for (const double count : {3.0, 57.5, 1e6}) {
      CHECK(weyl_count(space.geometry, weyl_lambda(space.geometry, count)) == doctest::Approx(count).epsilon(1e-12));
      CHECK(weyl_count_two_term(space.geometry, weyl_lambda_two_term(space.geometry, count)) ==
            doctest::Approx(count).epsilon(1e-9));
    }
  }
}

TEST_CASE("dimension and volume are recovered from twenty counts, within their intervals") {
  // Eleven spaces at four heights and three positions of the samples: 132 fits. If each interval held with probability
  // 0.95 and independently, more than 16 failures would have probability below 0.001.
  int outside_dimension = 0;
  int outside_volume = 0;
  int wrong_integer = 0;
  for (const Space& space : spaces()) {
    for (const double modes : {60, 200, 800, 3000}) {
      for (const double offset : {0.0, 0.31, 0.77}) {
        const double top = weyl_lambda(space.geometry, modes);
        const WeylFit fit = fit_weyl(samples(space, top, 20, offset), space.geometry);
        outside_dimension +=
            space.geometry.dimension < fit.dimension.low || space.geometry.dimension > fit.dimension.high;
        wrong_integer += std::lround(fit.dimension.value) != space.geometry.dimension;
        outside_volume += space.geometry.volume < fit.volume.low || space.geometry.volume > fit.volume.high;
      }
    }
  }
  CHECK(wrong_integer == 0);
  CHECK(outside_dimension <= 16);
  CHECK(outside_volume <= 16);
}

TEST_CASE("intervals shrink as more modes are seen") {
  for (const Space& space : spaces()) {
    if (space.geometry.dimension > 1) {
      CAPTURE(space.name);
      const auto width = [&](double modes) {
        const WeylFit fit = fit_weyl(samples(space, weyl_lambda(space.geometry, modes), 40, 0.4), space.geometry);
        return (fit.volume.high - fit.volume.low) / space.geometry.volume;
      };
      CHECK(width(20000) < width(100));
    }
  }
}

TEST_CASE("eigenvalues that a discretization raised are lowered again, and the doubt is in the interval") {
  const Space torus = spaces()[4];
  const double top = weyl_lambda(torus.geometry, 1000);
  const double slope = 0.05 / top;
  auto raised = samples(torus, top, 20, 0.2); // N counted at λ(1 + e) is the true N(λ)
  for (CountSample& sample : raised) {
    sample.lambda *= 1 + slope * sample.lambda;
  }
  const WeylFit blind = fit_weyl(raised, torus.geometry);
  const WeylFit informed = fit_weyl(raised, torus.geometry, {.error_slope = slope});
  const double truth = torus.geometry.volume;
  CHECK(std::abs(informed.volume.value - truth) < 0.3 * std::abs(blind.volume.value - truth));
  CHECK(informed.volume.low <= truth);
  CHECK(informed.volume.high >= truth);
}

TEST_CASE("a fit to too few samples is refused") {
  const Space circle = spaces()[0];
  CHECK_THROWS_AS((void)fit_weyl(samples(circle, 100, 5, 0), circle.geometry), InputError);
}
