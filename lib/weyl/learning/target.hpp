// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file The function that is to be learned, by its power at each eigenvalue.

#include <vector>

namespace weyl {

/// Squared coefficients of a target f = Σ_k f_k φ_k, φ_k orthonormal for the uniform probability measure, summed over
/// the eigenfunctions of one eigenvalue.
struct TargetLevel {
  double lambda = 0;    ///< eigenvalue of the Laplacian, 1/length²
  double power = 0;     ///< Σ f_k² over the invariant eigenfunctions
  double violation = 0; ///< Σ f_k² over the others: the part that is not invariant
};

/// A target: levels in ascending order, each eigenvalue once.
using Target = std::vector<TargetLevel>;

} // namespace weyl
