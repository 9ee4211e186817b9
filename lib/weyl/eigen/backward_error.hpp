// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A computed bound on the rounding errors of an L D Lᵀ factorization.

#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"

namespace weyl {

class Ldlt;

/// Per row i of A (in its own order): number of columns of L left of the diagonal that have an entry in that row, zeros
/// of relaxed supernodes included. No entry of the factors is a sum of more than one term more than that.
std::vector<int> row_counts(const Analysis& analysis);

/// γ_m = m·u/(1 − m·u) with m = count + 8 operations, u = 2^-53 (Higham, Accuracy and Stability, §3.1): the relative
/// error of one entry of the factors as `Ldlt` computes it, whatever the order of its sums.
double rounding_factor(int count);

/// f with Σ_j |L D Lᵀ − A|_ij ≤ f_i for the factors that `factor` holds of the matrix A, whose rows f follows:
///     |L D Lᵀ − A|_ij ≤ γ_m (|A| + |L||D||Lᵀ|)_ij,   m = min(c_i, c_j) + 8,
/// c the `row_counts` (Higham, thm 9.3, for any order of summation; docs/certified.md has the argument for this
/// factorization). Products that underflow are covered. The bound is infinite or NaN if a pivot vanished.
/// Cost: reads L twice.
Eigen::VectorXd backward_error(const Ldlt& factor, const SparseMatrix& matrix);

} // namespace weyl
