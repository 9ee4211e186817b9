// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/certified_inertia.hpp"

#include <cmath>
#include <limits>

#include "weyl/eigen/backward_error.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

namespace {

/// Beyond these, rounding is not relative any more (`rounding_factor`).
constexpr double largest_number = 1e150;

bool in_range(const std::vector<double>& pivots) {
  for (const double d : pivots) {
    if (!(std::abs(d) <= largest_number && std::abs(d) >= 1 / largest_number)) { // also catches NaN
      return false;
    }
  }
  return true;
}

} // namespace

CertifiedInertia::CertifiedInertia(const SparseMatrix& pattern, int threads)
    : analysis_(std::make_shared<Analysis>(analyse(pattern))), row_counts_(weyl::row_counts(*analysis_)),
      threads_(threads) {}

std::optional<std::int64_t> CertifiedInertia::bound(const EnclosedMatrix& a, double sign) {
  constexpr double u = std::numeric_limits<double>::epsilon() / 2;
  const Eigen::Index n = a.matrix.rows();
  Eigen::VectorXd known = a.radius; // of Â ∓ R as it is formed, against A ∓ R
  Eigen::VectorXd shift(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    double entries = 0;
    for (SparseMatrix::InnerIterator entry(a.matrix, i); entry; ++entry) {
      entries += std::abs(entry.value());
    }
    known[i] += 4 * u * (a.radius[i] + entries);
    shift[i] = 2 * known[i] + 8 * rounding_factor(row_counts_[static_cast<std::size_t>(i)]) * entries;
  }
  SparseMatrix shifted = a.matrix;
  constexpr int attempts = 6;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    for (Eigen::Index i = 0; i < n; ++i) {
      shifted.coeffRef(i, i) = a.matrix.coeff(i, i) + sign * shift[i];
    }
    if (factor_) {
      factor_->factor(lower_part(shifted, *analysis_), 0);
    } else {
      factor_ = std::make_unique<Ldlt>(analysis_, shifted, threads_);
    }
    if (!in_range(factor_->diagonal())) {
      return std::nullopt;
    }
    const Eigen::VectorXd error = backward_error(*factor_, shifted);
    bool enough = true;
    for (Eigen::Index i = 0; i < n; ++i) {
      if (!(shift[i] * (1 - 4 * u) > known[i] + error[i])) {
        enough = false;
        shift[i] = 2 * known[i] + 4 * error[i];
      }
    }
    if (enough) {
      return factor_->negative_pivots();
    }
    if (!shift.allFinite()) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

} // namespace weyl
