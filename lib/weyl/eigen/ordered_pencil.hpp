// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A pencil in the numbering of its factorization.

#include <cstdint>
#include <vector>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"

namespace weyl {

/// P K Pᵀ and P M Pᵀ, row k of which is row permutation[k] of K and M. Iterations that live in this numbering neither
/// gather nor scatter at each solve, and nested dissection keeps neighbours close in memory.
Pencil reordered(const Pencil& pencil, const Analysis& analysis);

/// The entries of P K Pᵀ and P M Pᵀ on and below the diagonal, side by side, column by column: what the factorization
/// of K − σM reads for any σ. Rows within a column are in no order.
struct LowerPencil {
  std::vector<std::int64_t> first; ///< entries of column k: first[k] .. first[k+1)
  std::vector<int> row;            ///< of each entry, ascending in a column
  std::vector<double> stiffness;   ///< values of K
  std::vector<double> mass;        ///< values of M
};

/// Both matrices in the order of elimination. Cost: nnz.
LowerPencil lower_part(const Pencil& pencil, const Analysis& analysis);

/// The same for a single matrix A in place of K − σM, whatever σ is.
LowerPencil lower_part(const SparseMatrix& matrix, const Analysis& analysis);

} // namespace weyl
