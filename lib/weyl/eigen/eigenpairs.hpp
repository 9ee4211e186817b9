// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Eigenvalues and eigenvectors of a pencil, confirmed by inertia.

#include <array>
#include <cstdint>
#include <optional>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/count.hpp"

namespace weyl {

struct EigenOptions {
  std::int64_t count = 10;                            ///< the smallest `count` eigenvalues; more than n gives all n
  std::optional<std::array<double, 2>> interval = {}; ///< instead: all eigenvalues in [a, b]
  double tolerance = 1e-9;                            ///< largest relative residual accepted
  double multiplet_tolerance = 1e-7;                  ///< relative distance of neighbours that counts as multiplicity
  unsigned seed = 1;                                  ///< of the random starting vectors
  int threads = 0;                                    ///< 0: one per hardware thread
};

/// k eigenpairs, ascending.
struct Eigenpairs {
  Eigen::VectorXd values;  ///< λ_first ≤ … ≤ λ_{first+k−1}
  Eigen::MatrixXd vectors; ///< n × k, columns M-orthonormal: XᵀMX = I, KX = MXΛ
  Eigen::VectorXd residuals; ///< ‖Kx − λMx‖ / ((|λ| + s)·‖Mx‖), s = `spectral_scale` (which matters near λ = 0 only)
  std::int64_t first = 0;     ///< number of eigenvalues below values[0], by inertia
  std::int64_t cut = 0;       ///< eigenvalues of the last multiplet that are not among `values`; 0: it is complete
  std::int64_t recovered = 0; ///< copies that the Lanczos iteration had missed and that inertia brought back
  double shift = 0;           ///< σ used; NaN if the pencil was small and solved densely
  std::int64_t solves = 0;    ///< solves with K − σM
};

/// Eigenpairs of K x = λ M x. First inertia tells how many there are: for `count` a cut above the count-th eigenvalue
/// is sought by counting. Then `block_lanczos` with shift-invert finds them, and one step of subspace iteration with
/// Rayleigh–Ritz polishes them (Parlett, The Symmetric Eigenvalue Problem, §3.3, ch. 11 and 13). Copies of a multiple
/// eigenvalue that Lanczos lost are searched for in the complement of what was found until the count is met. Small
/// pencils, and requests for more than half of all pairs, are solved densely.
///
/// With Neumann conditions K is singular; the shift for `count` is −s, s = `spectral_scale`, so that K − σM is definite
/// and scales with the pencil. The eigenvalues are those of the pencil: nothing is added to or taken from them.
/// \throws InputError for a count below 1, a reversed or non-finite interval; NumericalError if the iteration does not
///   converge or the count cannot be met. Never returns fewer pairs than the count says there are.
/// Cost: some counts (`EigenvalueCounter`), one factorization, about 3–4 solves a pair, orthogonalization against 2k to
/// 3k vectors; memory about 5k vectors of n doubles.
Eigenpairs eigenpairs(const Pencil& pencil, const EigenOptions& options = {});

/// The same for the pencil of a counter that is there already, with its ordering and analysis.
Eigenpairs eigenpairs(const EigenvalueCounter& counter, const EigenOptions& options = {});

} // namespace weyl
