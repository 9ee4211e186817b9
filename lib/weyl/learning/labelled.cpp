// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/labelled.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "weyl/core/blas.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// Ascending eigenvalues, not below 0, of a symmetric matrix of which the lower triangle is set; it becomes its
/// eigenvectors.
Eigen::VectorXd eigenvalues(Eigen::MatrixXd& lower) {
  lower.triangularView<Eigen::StrictlyUpper>() = lower.transpose();
  return blas::symmetric_eigenvalues(lower).cwiseMax(0);
}

/// Ridge regression in the eigenbasis of S Sᵀ or SᵀS, whichever is smaller: all ridges at once.
class RidgePath {
public:
  RidgePath(const Eigen::MatrixXd& s, const Eigen::VectorXd& y) {
    if (s.cols() <= s.rows()) {
      Eigen::MatrixXd v = blas::gram_of_columns(s, 0);
      squares_ = eigenvalues(v);
      basis_ = std::move(v);
      moments_ = basis_.transpose() * (s.transpose() * y);
    } else {
      Eigen::MatrixXd u = blas::gram_of_rows(s, 0);
      squares_ = eigenvalues(u);
      basis_ = s.transpose() * u; // its columns have the length of the singular values
      moments_ = u.transpose() * y;
      moments_.array() *= squares_.array().sqrt();
      const Eigen::ArrayXd length = squares_.array().sqrt().max(std::numeric_limits<double>::min());
      basis_.array().rowwise() /= length.transpose();
    }
  }

  [[nodiscard]] double largest() const { return squares_.maxCoeff(); }

  /// (SᵀS + δ)⁻¹ Sᵀ y.
  [[nodiscard]] Eigen::VectorXd coefficients(double ridge) const {
    return basis_ * (moments_.array() / (squares_.array() + ridge)).matrix();
  }

  /// S in the eigenbasis, n × rank.
  [[nodiscard]] Eigen::MatrixXd scores(const Eigen::MatrixXd& s) const { return s * basis_; }

  /// The mean square error of each label as the others predict it, (y − Hy)_i/(1 − H_ii) (Allen 1974's PRESS), from the
  /// scores and their squares; infinite where a label is learned from itself alone.
  [[nodiscard]] double leave_one_out(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& squared_scores,
                                     const Eigen::VectorXd& y, double ridge) const {
    const Eigen::ArrayXd inverse = 1 / (squares_.array() + ridge);
    const Eigen::ArrayXd left = 1 - (squared_scores * inverse.matrix()).array();
    if (left.minCoeff() < 1e-8) {
      return std::numeric_limits<double>::infinity();
    }
    const Eigen::ArrayXd residual = (y - scores * (moments_.array() * inverse).matrix()).array();
    return (residual / left).square().mean();
  }

private:
  Eigen::VectorXd squares_; ///< eigenvalues
  Eigen::MatrixXd basis_;   ///< of the space of coefficients
  Eigen::VectorXd moments_; ///< Sᵀy in it
};

Eigen::VectorXd chosen(const Eigen::VectorXd& labels, const SampleRows& rows) { return labels(rows); }

} // namespace

SampleKernel sample_kernel(const Eigen::VectorXd& lambda, const Eigen::MatrixXd& functions, const Kernel& kernel) {
  const Eigen::VectorXd mu = lambda.cwiseMax(0).unaryExpr(kernel.eigenvalue);
  const Eigen::MatrixXd s = functions * mu.cwiseSqrt().asDiagonal();
  Eigen::MatrixXd v = blas::gram_of_columns(s, 0) / static_cast<double>(s.rows());
  const Eigen::VectorXd values = eigenvalues(v).reverse();
  const Eigen::Index rank = (values.array() > 1e-14 * values[0]).count();
  return {.mu = values.head(rank), .features = s * v.rightCols(rank).rowwise().reverse()};
}

LabelEstimate estimate_target(const SampleKernel& kernel, const SampleRows& rows, const Eigen::VectorXd& labels) {
  constexpr std::size_t fewest = 16;
  constexpr Eigen::Index bin = 10;
  if (rows.size() < fewest) {
    throw InputError("labels", "16 are needed, at least, to estimate anything");
  }
  const auto n = static_cast<double>(rows.size());
  const Eigen::VectorXd y = chosen(labels, rows);
  const Eigen::MatrixXd features = kernel.features(rows, Eigen::all);
  const RidgePath path(features, y);
  const Eigen::MatrixXd scores = path.scores(features);
  const Eigen::MatrixXd squared_scores = scores.cwiseAbs2();
  double best = std::numeric_limits<double>::infinity();
  double ridge = 0;
  for (int step = 0; step < 100; ++step) { // down to 1e-9 of the largest eigenvalue
    const double candidate = 10 * path.largest() * std::pow(1.25, -step);
    if (const double v = path.leave_one_out(scores, squared_scores, y, candidate); v < best) {
      best = v;
      ridge = candidate;
    }
  }
  LabelEstimate result{.powers = Eigen::ArrayXd::Zero(kernel.mu.size())};
  const Eigen::ArrayXd fitted = path.coefficients(ridge).array() * kernel.mu.sqrt(); // of ψ_j
  const double kappa = risk(sample_learner(kernel, result), n, ridge).kappa;
  const Eigen::ArrayXd learned = kernel.mu / (kernel.mu + kappa);
  const Eigen::Index resolved = (learned > 0.5).count(); // mu descends
  for (Eigen::Index first = 0; first < resolved; first += bin) {
    const Eigen::Index size = std::min(bin, resolved - first);
    const Eigen::ArrayXd raw = (fitted / learned).segment(first, size).square();
    const double kept = std::max(0.0, 1 - best / n * static_cast<double>(size) / raw.sum());
    result.powers.segment(first, size) = kept * raw;
  }
  result.power = result.powers.sum();
  const double not_learned = ((1 - learned).square() * result.powers).sum();
  result.noise = std::max(0.0, best * (1 - learned.square().sum() / n) - not_learned);
  return result;
}

Learner sample_learner(const SampleKernel& kernel, const LabelEstimate& estimate) {
  const Eigen::Index size = kernel.mu.size();
  return {.kernel = {.lambda = Eigen::ArrayXd::Zero(size),
                     .mu = kernel.mu,
                     .multiplicity = Eigen::ArrayXd::Ones(size),
                     .doubt = Eigen::ArrayXd::Zero(size),
                     .known = size},
          .target_mu = kernel.mu,
          .target_power = estimate.powers,
          .sharing = Eigen::ArrayXd::Ones(size),
          .noise = estimate.noise};
}

TrialMean held_out_error(const SampleKernel& kernel, const SampleRows& pool, const Eigen::VectorXd& labels,
                         Eigen::Index samples, double ridge, int trials, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Eigen::ArrayXd errors(trials);
  SampleRows order = pool;
  for (double& error : errors) {
    std::ranges::shuffle(order, random);
    const SampleRows taught(order.begin(), order.begin() + samples);
    const SampleRows held(order.begin() + samples, order.end());
    const RidgePath path(kernel.features(taught, Eigen::all), chosen(labels, taught));
    const Eigen::VectorXd fitted = kernel.features(held, Eigen::all) * path.coefficients(ridge);
    error = (fitted - chosen(labels, held)).squaredNorm() / static_cast<double>(held.size());
  }
  return mean_of(errors);
}

} // namespace weyl
