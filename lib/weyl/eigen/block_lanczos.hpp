// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Block Lanczos with shift-invert and full reorthogonalization.

#include <cstdint>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/ldlt.hpp"

namespace weyl {

struct LanczosOptions {
  int block = 16;          ///< vectors at a time: solves and orthogonalization run at BLAS-3 speed
  double tolerance = 1e-9; ///< residual of a Ritz pair (θ, x) of (K − σM)⁻¹M, relative to |θ|, in the M-norm
  unsigned seed = 1;       ///< of the random starting block
  int threads = 0;         ///< 0: one per hardware thread
};

/// Ritz pairs of a pencil, in no particular order.
struct RitzPairs {
  Eigen::VectorXd values;  ///< λ = σ + 1/θ
  Eigen::MatrixXd vectors; ///< n × values.size(), M-orthonormal
  std::int64_t solves = 0; ///< right-hand sides solved with K − σM
};

/// The `count` eigenpairs of K x = λ M x nearest the shift σ that `factor` factors, in the M-orthogonal complement of
/// the columns of `known` (M-orthonormal, n × any number). The Krylov space of (K − σM)⁻¹M on a random block is built
/// without restart, every new block orthogonalized twice against all before (Parlett, The Symmetric Eigenvalue Problem,
/// §13.10; Grimes, Lewis & Simon 1994), until `count` Ritz pairs have converged or the space is everything.
///
/// A block of 16 sees up to 16 copies of an eigenvalue at once; more may be missed, so that callers who need all must
/// count (see `eigenpairs`).
/// Cost: about 2–3·count solves; 4·n·m² operations for a space of m ≈ 2–3·count vectors, kept in memory (8·n·m bytes).
RitzPairs block_lanczos(const Pencil& pencil, const Ldlt& factor, double shift, std::int64_t count,
                        const Eigen::MatrixXd& known, const LanczosOptions& options = {});

} // namespace weyl
