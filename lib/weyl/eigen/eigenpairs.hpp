// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenvalues and eigenvectors of a pencil, confirmed by inertia.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/count.hpp"

namespace weyl {

/// How far a computation is.
struct EigenProgress {
  std::int64_t found = 0;    ///< eigenvalues
  std::int64_t expected = 0; ///< by inertia
  std::int64_t loaded = 0;   ///< of those found, from a checkpoint
};

/// A NumPy file (`.npy`, column-major, `core/npy.hpp`) for eigenvectors that memory need not hold.
struct VectorFile {
  std::string path;                     ///< NumPy's .npy
  Eigen::Index rows = 0;                ///< of the array; 0: as many as there are unknowns
  std::vector<int> row_of_unknown = {}; ///< the row for each unknown; empty: its own number. Other rows are zero
};

/// Which eigenpairs, and by what means.
struct EigenOptions {
  std::int64_t count = 10;                            ///< the smallest `count` eigenvalues; more than n gives all n
  std::optional<std::array<double, 2>> interval = {}; ///< instead: all eigenvalues in [a, b]
  bool vectors = true;                                ///< false: eigenvalues and residuals only, in little memory
  VectorFile vector_file = {};                        ///< with a path: vectors are kept there instead of in memory
  double tolerance = 1e-9;                            ///< largest relative residual accepted
  double multiplet_tolerance = 1e-7;                  ///< relative distance of neighbours that counts as multiplicity
  unsigned seed = 1;                                  ///< of the random starting vectors
  int threads = 0;                                    ///< 0: one per hardware thread
  std::int64_t slice = 0;                             ///< eigenvalues solved with one shift; 0: by a model of the cost
  int block = 0;                                      ///< vectors at a time, 8 or 16; 0: 8 in slices of up to 100
  double memory = 0;                                  ///< bytes that may be taken beside what the process has;
                                                      ///< 0: 90 % of what is available
  std::string checkpoint = {}; ///< folder for finished slices, from which the same call goes on; none if empty
  std::function<void(const EigenProgress&)> progress = {}; ///< called after each slice, one call at a time
  std::stop_token stop = {};                               ///< looked at many times a slice; then throws `Stopped`
};

/// What `eigenpairs` chose to do.
struct EigenPlan {
  bool dense = false;       ///< a small pencil, solved by a dense method; the rest says nothing then
  std::int64_t slices = 0;  ///< shifts, each with a factorization and a Krylov space of its own
  std::int64_t resumed = 0; ///< slices that were there already
  int concurrent = 0;       ///< slices solved at a time
  double memory = 0;        ///< bytes needed at most, estimated beforehand
  std::string kernels;      ///< instruction set of the inner loops
};

/// k eigenpairs, ascending.
struct Eigenpairs {
  Eigen::VectorXd values; ///< λ_first ≤ … ≤ λ_{first+k−1}
  Eigen::MatrixXd vectors; ///< n × k, columns M-orthonormal: XᵀMX = I, KX = MXΛ; n × 0 if not asked for or in a file
  Eigen::VectorXd residuals; ///< ‖Kx − λMx‖ / ((|λ| + s)·‖Mx‖), s = `spectral_scale` (which matters near λ = 0 only)
  std::int64_t first = 0;     ///< number of eigenvalues below values[0], by inertia
  std::int64_t cut = 0;       ///< eigenvalues of the last multiplet that are not among `values`; 0: it is complete
  std::int64_t recovered = 0; ///< copies that the Lanczos iteration had missed and that inertia brought back
  std::int64_t solves = 0;    ///< solves with K − σM
  double overlap = 0;         ///< largest |xᵀMy| of neighbours in different slices, if vectors were asked for
  EigenPlan plan;             ///< what was done
};

/// Eigenpairs of K x = λ M x by spectrum slicing (Grimes, Lewis & Simon 1994). Counting by inertia cuts the wanted part
/// of the spectrum into slices, Weyl's law guessing where; each slice is solved by itself, several at a time (up to 128
/// pairs: one after the other, all threads inside): a shift in its middle, `block_lanczos`, and inverse iteration where
/// the residual asks for it. Each must yield as many pairs as its ends count, so that nothing is missed or found twice;
/// copies of a multiple eigenvalue that Lanczos lost are searched for in the complement of what was found. Pairs of
/// different slices are orthogonal because their eigenvalues differ; this is checked, and where a cut runs through a
/// tight cluster the neighbours are made orthogonal by Rayleigh–Ritz. Small pencils are solved densely.
///
/// The eigenvalues are those of the pencil: nothing is added to or taken from them. K may be singular.
/// \throws InputError for a count below 1, a reversed or non-finite interval, a checkpoint of another computation;
///   NumericalError if memory would not suffice, or the count cannot be met. Never returns fewer pairs than the count
///   says there are.
/// Cost: 1–2 counts and a factorization a slice, 3–4 solves a pair; memory n·k doubles for the vectors (none with a
/// `vector_file`) and, for each slice in work, one factor and about 4 times its pairs in vectors.
Eigenpairs eigenpairs(const Pencil& pencil, const EigenOptions& options = {});

/// The same for the pencil of a counter that is there already, with its ordering and analysis.
Eigenpairs eigenpairs(const EigenvalueCounter& counter, const EigenOptions& options = {});

} // namespace weyl
