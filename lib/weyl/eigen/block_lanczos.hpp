// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Block Lanczos with shift-invert and full reorthogonalization.

#include <cstdint>
#include <stop_token>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/ldlt.hpp"

namespace weyl {

struct LanczosOptions {
  int block = 16;            ///< vectors at a time, 8 or 16: solves and orthogonalization run at BLAS-3 speed
  double tolerance = 2e-10;  ///< of ‖Kx − λMx‖, relative to (|λ| + scale)·‖Mx‖
  unsigned seed = 1;         ///< of the random starting block
  int threads = 0;           ///< 0: one per hardware thread
  std::stop_token stop = {}; ///< looked at before each block, which then throws `Stopped`
};

/// Which eigenpairs are wanted: those with λ in (low, high], `count` of them by inertia.
struct Wanted {
  double low;
  double high;
  std::int64_t count;
  double scale; ///< `spectral_scale`: what is small beside it counts as zero

  /// Instead: the `count` lowest above `low`, of which `below_shift` are below the shift; `high` says how far that may
  /// be.
  bool lowest = false;
  std::int64_t below_shift = 0;
};

/// Converged Ritz pairs of a pencil, ascending.
struct RitzPairs {
  Eigen::VectorXd values;     ///< λ = σ + 1/θ
  std::vector<Block> vectors; ///< M-orthonormal columns, 16 a block; what is left of the last block is zero
  double nearest = 0;         ///< distance from the shift to the nearest Ritz value
  std::int64_t solves = 0;    ///< right-hand sides solved with K − σM
};

/// Eigenpairs of K x = λ M x around the shift σ that `factor` factors, in the M-orthogonal complement of `known`
/// (M-orthonormal or zero columns). `pencil` is in the numbering of the factor (`reordered`).
///
/// The Krylov space of (K − σM)⁻¹M on a random block is built without restart. The three-term recurrence takes out the
/// two neighbouring blocks, one pass against all blocks what rounding left of the others (Parlett, The Symmetric
/// Eigenvalue Problem, §13.10; Grimes, Lewis & Simon 1994). It ends when all wanted pairs have converged, or when
/// all Ritz pairs up to one beyond (low, high] have, of which fewer may be wanted ones: a block of 16 sees up to 16
/// copies of an eigenvalue at once, and more may be missed; callers who need all must compare with the count. It gives
/// up, with what has converged, on a space of ten times the pairs and 50 blocks, and at once if σ is so close to an
/// eigenvalue (`nearest` < 10⁻⁴·(high − low)/2) that rounding would spoil the other pairs.
///
/// A Ritz vector x is returned as (K − σM)⁻¹Mx/θ, which the recurrence yields without a solve (Ericsson & Ruhe 1980,
/// §4): it damps what high frequencies the residual has.
/// Cost: about 2–3·count solves; 2·n·m² operations for a space of m ≈ 2–3·count vectors, kept in memory (8·n·m bytes).
RitzPairs block_lanczos(const Pencil& pencil, const Ldlt& factor, double shift, const Wanted& wanted,
                        const std::vector<Block>& known, const LanczosOptions& options = {});

} // namespace weyl
