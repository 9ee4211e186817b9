// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/labelled.hpp"

#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/learning/effective_dimension.hpp"
#include "weyl/learning/feature_space.hpp"
#include "weyl/learning/local_modes.hpp"

using namespace weyl;
using doctest::Approx;

namespace {

constexpr double sigma = 0.3;

/// A sample of the sphere with its harmonics up to degree 12, and noisy labels √5 P_2(z).
struct Labelled {
  SampleKernel kernel;
  Eigen::VectorXd labels;

  explicit Labelled(Eigen::Index n) {
    const FeatureSpace space = sphere_features(2, 12);
    Random random(1);
    const Points x = space.draw(random, n);
    Eigen::VectorXd lambda(space.size());
    for (const FeatureLevel& e : space.eigenspaces) {
      lambda.segment(e.first, e.size).setConstant(e.lambda);
    }
    kernel = sample_kernel(lambda, space.features(x), sobolev_kernel(2));
    std::normal_distribution<double> noise(0, sigma);
    labels = std::sqrt(5.0) * (3 * x.col(2).array().square() - 1) / 2;
    for (double& y : labels) {
      y += noise(random);
    }
  }
};

SampleRows rows(Eigen::Index first, Eigen::Index last) {
  SampleRows result(static_cast<std::size_t>(last - first));
  std::iota(result.begin(), result.end(), first);
  return result;
}

} // namespace

TEST_CASE("the kernel of a sample is the one that was given, by functions orthonormal for the sample") {
  const Labelled sample(400);
  const Eigen::MatrixXd& f = sample.kernel.features;
  CHECK(f.rowwise().squaredNorm().mean() == Approx(sample.kernel.mu.sum()));
  const Eigen::MatrixXd gram = f.transpose() * f / 400;
  CHECK((gram.diagonal().array() - sample.kernel.mu).abs().maxCoeff() < 1e-12);
  CHECK(gram.squaredNorm() == Approx(sample.kernel.mu.square().sum())); // nothing beside the diagonal
}

TEST_CASE("labels tell target and noise, and the curve predicted from them is the one on labels held out") {
  // 300 labels: σ² to √(2/300) = 8 %, three times that; the power, 1, to 2·√(4/300·3).
  const Labelled sample(2000);
  const LabelEstimate estimate = estimate_target(sample.kernel, rows(0, 300), sample.labels);
  CHECK(std::abs(estimate.noise - sigma * sigma) < 0.25 * sigma * sigma);
  CHECK(std::abs(estimate.power - 1) < 0.4);
  const Learner learner = sample_learner(sample.kernel, estimate);
  for (const Eigen::Index n : {200, 800}) {
    const Risk best = optimal_risk(learner, static_cast<double>(n));
    REQUIRE(!best.near_interpolation());
    const TrialMean measured = held_out_error(sample.kernel, rows(300, 2000), sample.labels, n, best.ridge, 10);
    // The noise that was estimated is that of 300 labels, the one measured that of 1700.
    CHECK(best.excess() + estimate.noise == Approx(measured.value).epsilon(0.25).scale(0));
  }
  CHECK_THROWS_WITH_AS(estimate_target(sample.kernel, rows(0, 15), sample.labels), doctest::Contains("16"), InputError);
}

TEST_CASE("the error on a new label is estimated also where functions are large on few points") {
  // Rows of a length that varies from point to point like exp(normal/2): some labels are learned from themselves alone,
  // and cross-validation that takes leverages for equal sees half of the error. The mean of 300 squares of such
  // residuals, whose deviation is some 1.7 of their mean, is off by 10 %; three times that.
  std::mt19937_64 random(4);
  std::normal_distribution<double> normal;
  constexpr Eigen::Index n = 2000;
  Eigen::MatrixXd functions = Eigen::MatrixXd::NullaryExpr(n, 600, [&] { return normal(random); });
  functions.array().colwise() *= Eigen::ArrayXd::NullaryExpr(n, [&] { return std::exp(normal(random) / 2); });
  functions /= std::sqrt(functions.squaredNorm() / static_cast<double>(functions.size()));
  const SampleKernel kernel = sample_kernel(Eigen::VectorXd::LinSpaced(600, 0, 10), functions, sobolev_kernel(2));
  const Eigen::VectorXd target =
      kernel.features * Eigen::VectorXd::NullaryExpr(kernel.mu.size(), [&] { return normal(random); });
  Eigen::VectorXd labels = target / target.norm() * std::sqrt(static_cast<double>(n));
  for (double& y : labels) {
    y += sigma * normal(random);
  }
  const LabelEstimate estimate = estimate_target(kernel, rows(0, 300), labels);
  const Risk best = optimal_risk(sample_learner(kernel, estimate), 300);
  const TrialMean measured = held_out_error(kernel, rows(0, n), labels, 300, best.ridge, 10);
  CHECK(std::abs((best.excess() + estimate.noise) / measured.value - 1) < 0.3);
}

TEST_CASE("on the sphere samples miss every part alike, and what that may cost is a closed form") {
  // ℓ(x) = d_eff up to the scatter of harmonics at 256 points, which the addition theorem makes none.
  const Kernel kernel = sobolev_kernel(2);
  const FeatureSpace space = sphere_features(2, 10);
  Modes modes{.levels = {}, .complete_up_to = 110, .geometry = {.volume = 4 * std::numbers::pi}};
  for (const FeatureLevel& e : space.eigenspaces) {
    modes.levels.push_back({e.lambda, static_cast<double>(e.size)});
  }
  const Learner learner = plain_learner(kernel_spectrum(modes, kernel), kernel, {{.lambda = 6, .power = 1}}, 0.3);
  const Risk r = risk(learner, 64, 0.1);
  const double freedom = degrees_of_freedom(learner.kernel, r.kappa).d_eff;
  const double mu = kernel.eigenvalue(6);
  CHECK(missed_risk(local_modes(space, all_functions(space), kernel, 256), learner, r) ==
        Approx(std::exp(-64 / freedom) * r.kappa / (mu + r.kappa)));
  CHECK(std::exp(-64 / freedom) == Approx(std::exp(-1 / (1 - r.ridge_share))));
}
