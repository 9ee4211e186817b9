// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenpairs as columns: their residuals, and orthogonality where slices meet.

#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/vector_store.hpp"

namespace weyl {

/// Eigenvalues ascending, and vectors of some of them that follow each other.
struct Pairs {
  Eigen::VectorXd values;
  Eigen::VectorXd residuals;
  VectorStore vectors;
  Eigen::Index first = 0;  ///< the first pair that was asked for, to which the first vector belongs
  Eigen::Index wanted = 0; ///< pairs from there on that were asked for
};

/// ‖Kx − λMx‖ / ((|λ| + scale)·‖Mx‖) of each column.
Eigen::VectorXd relative_residuals(const Pencil& pencil, double scale, const Eigen::Ref<const Eigen::VectorXd>& values,
                                   const Eigen::Ref<const Eigen::MatrixXd>& vectors);

/// The largest |xᵀMy| of the vectors x of up to 16 pairs below and y of as many above each of `cuts` (numbers of the
/// first pair above). Vectors of different slices are orthogonal up to (residual·λ)/(distance of the eigenvalues);
/// where that leaves more than 10⁻¹⁰ Rayleigh–Ritz in the span of both sides replaces the pairs first (Parlett, The
/// Symmetric Eigenvalue Problem, §11.3). Cost: 2·n·32² operations a cut.
double join_slices(const Pencil& pencil, double scale, const std::vector<Eigen::Index>& cuts, Pairs& pairs);

} // namespace weyl
