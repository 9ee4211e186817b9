// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The spectrum of a pencil that symmetry has cut into blocks.

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/count.hpp"

namespace weyl {

/// A block for an irreducible representation of dimension d and type t.
struct SpectrumBlock {
  Pencil pencil;     ///< each of its eigenvalues comes t times
  int dimension = 1; ///< d: how often an eigenvalue counts in the whole
  int copies = 1;    ///< t = 1, 2 or 4
};

/// How far each block is solved.
struct BlockOptions {
  std::int64_t count = 100;  ///< of the whole spectrum, with multiplicity
  double start = 1;          ///< a guess of the last eigenvalue
  unsigned seed = 1;         ///< of random starting vectors
  int threads = 0;           ///< 0: one per hardware thread
  std::stop_token stop = {}; ///< as `EigenOptions` has it
};

/// Eigenvalues up to some λ, block by block.
struct BlockSpectrum {
  std::vector<std::vector<double>> eigenvalues; ///< per block, ascending; each stands for d eigenvalues of the whole
  double up_to = 0;                             ///< all eigenvalues up to here are listed
};

/// Counts by blocks: N(λ) = Σ (d/t)·N_block(λ).
class BlockCounter {
public:
  /// Orders and analyses every block; the blocks must outlive the counter.
  explicit BlockCounter(std::span<const SpectrumBlock> blocks, const CountOptions& options = {});

  /// Copies of each representation up to λ: N_block(λ)/t. \throws NumericalError if t does not divide N_block(λ).
  [[nodiscard]] std::vector<std::int64_t> copies(double lambda) const;

  /// N(λ) of the whole.
  [[nodiscard]] std::int64_t total(double lambda) const;

  /// Of one block; none if it has no unknowns.
  [[nodiscard]] const EigenvalueCounter* block(std::size_t b) const { return counters_[b].get(); }

private:
  std::span<const SpectrumBlock> blocks_;
  std::vector<std::unique_ptr<EigenvalueCounter>> counters_;
  int threads_;
};

/// At least the `count` smallest eigenvalues of the whole: inertia finds a λ below which about as many lie, then each
/// block is solved up to it by `eigenpairs`, several blocks at a time.
/// Cost: that of `eigenpairs` for every block, which is smaller than the whole by |G|/d and has 1/d of the eigenvalues.
BlockSpectrum spectrum_of_blocks(std::span<const SpectrumBlock> blocks, const BlockCounter& counter,
                                 const BlockOptions& options = {});

/// One list, ascending, every eigenvalue d times.
std::vector<double> merged(const BlockSpectrum& spectrum, std::span<const SpectrumBlock> blocks);

} // namespace weyl
