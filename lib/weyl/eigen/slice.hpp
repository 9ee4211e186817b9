// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A piece of the spectrum that is solved by itself.

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

/// The eigenvalues in (low, high]; by inertia there are `count` of them, and `first` below. Neither end is an
/// eigenvalue to rounding.
struct Slice {
  double low;
  double high;
  std::int64_t first;
  std::int64_t count;
};

/// What all slices of a pencil share.
struct SliceProblem {
  explicit SliceProblem(const EigenvalueCounter& counter);

  const Pencil& pencil;
  std::shared_ptr<const Analysis> analysis;
  std::shared_ptr<const LowerPencil> lower; ///< what a factorization reads
  Pencil ordered;                           ///< in the numbering of the analysis
  double scale;                             ///< `spectral_scale`
};

struct SliceOptions {
  int block = 16;          ///< vectors at a time
  double tolerance = 1e-9; ///< relative residual that is accepted
  unsigned seed = 1;
  int threads = 1;           ///< within the slice
  std::stop_token stop = {}; ///< as `LanczosOptions` has it
};

/// All eigenpairs of a slice, ascending.
struct SlicePairs {
  Eigen::VectorXd values = {};
  Eigen::VectorXd residuals = {};  ///< as in `Eigenpairs`
  std::vector<Block> vectors = {}; ///< M-orthonormal, in the numbering of the analysis, 16 a block
  std::int64_t solves = 0;
  std::int64_t recovered = 0; ///< copies that a first search had missed
};

/// Solves a slice with one shift near its middle, or in two halves if that is not accurate enough: block Lanczos, again
/// in the complement of what was found while copies are missing, and a step of inverse iteration and Rayleigh–Ritz if
/// residuals are not well below the tolerance.
/// \throws NumericalError if fewer pairs are found than counted.
/// Cost: one factorization (more if the first shift is a bad one), 3–5 solves a pair.
SlicePairs solve_slice(const SliceProblem& problem, const Slice& slice, const SliceOptions& options);

} // namespace weyl
