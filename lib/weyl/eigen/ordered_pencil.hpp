// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file A pencil in the numbering of its factorization.

#include <vector>

#include "weyl/core/pencil.hpp"

namespace weyl {

/// P K Pᵀ and P M Pᵀ, row k of which is row permutation[k] of K and M. Iterations that live in this numbering neither
/// gather nor scatter at each solve, and nested dissection keeps neighbours close in memory.
Pencil reordered(const Pencil& pencil, const std::vector<int>& permutation, const std::vector<int>& inverse);

} // namespace weyl
