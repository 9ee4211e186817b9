// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The eigenvalue counting function N(λ) of a pencil, without eigenvectors.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "weyl/core/buffer.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

class Inertia;

/// A count at one λ and how it was made.
struct EigenvalueCount {
  double lambda = 0;          ///< as asked for
  std::int64_t count = 0;     ///< #{k : λ_k ≤ λ}
  std::int64_t below = 0;     ///< #{k : λ_k < λ}; differs from `count` only where λ is an eigenvalue to rounding
  bool at_eigenvalue = false; ///< λ coincides with an eigenvalue to rounding (`EigenvalueCounter::rounding`)
  bool pivoted = false;       ///< the unpivoted factorization grew, so that a pivoted one (MUMPS) was asked
};

/// How eigenvalues are counted.
struct CountOptions {
  int threads = 0;                         ///< for values of λ, or parts of one; 0: one per hardware thread
  Ordering ordering = Ordering::automatic; ///< of the one analysis behind all counts
  double memory = 0;                       ///< bytes for eliminations at most; 0: 80 % of what is available
  unsigned seed = 1;                       ///< of the block B that looks for an eigenvalue at λ
  std::stop_token stop = {};               ///< looked at before each count, which then throws `Stopped`
};

/// Counts eigenvalues of K x = λ M x by Sylvester's law of inertia: K − λM = L D Lᵀ has as many negative pivots as the
/// pencil has eigenvalues below λ (Parlett, The Symmetric Eigenvalue Problem, §3.3). Ordering and analysis are done
/// once, each λ costs one factorization, and several are counted at a time as cores and memory allow.
///
/// The count is exact for the pencil up to `rounding(λ)`: the factorization without pivoting is trusted while its
/// growth keeps its backward error a tenth of that; beyond, MUMPS counts with pivoting. Bᵀ(K − λM)⁻¹B for a random B
/// with 8 columns finds out whether λ may lie within `rounding(λ)` of an eigenvalue; then `below` and `count` are taken
/// on either side of it. The probability that such a λ goes unnoticed is below 10⁻³ for an eigenvalue at that distance,
/// and smaller the closer it is (docs/counting.md).
///
/// Cost: a factorization a count, whose factor is not kept; the memory of its update matrices.
class EigenvalueCounter {
public:
  /// Orders and analyses. The pencil is kept by reference and must outlive the counter.
  explicit EigenvalueCounter(const Pencil& pencil, const CountOptions& options = {});

  /// Uses the analysis of another counter whose pencil has the same pattern (for example the other mass matrix).
  EigenvalueCounter(const Pencil& pencil, const EigenvalueCounter& same_pattern);

  /// N(λ). \throws InputError if λ is not finite; NumericalError if memory runs out; Stopped on request.
  [[nodiscard]] EigenvalueCount at(double lambda) const;

  /// Called after each finished count, from any thread but one at a time.
  using Progress = std::function<void()>;

  /// N at each λ, in the order given.
  [[nodiscard]] std::vector<EigenvalueCount> at(std::span<const double> lambdas, const Progress& progress = {}) const;

  /// Half-width of the interval around λ that rounding cannot tell from λ: 10⁻⁹·max(|λ|, s), where
  /// s = tr K / (n·tr M) is of the order of the smallest positive eigenvalue of a surface.
  [[nodiscard]] double rounding(double lambda) const;

  /// The pencil that is counted.
  [[nodiscard]] const Pencil& pencil() const { return pencil_; }

  /// The symbolic analysis: its sizes, and a start for other factorizations of K − σM.
  [[nodiscard]] const std::shared_ptr<const Analysis>& shared_analysis() const { return analysis_; }

  /// Both matrices as a factorization of K − σM reads them.
  [[nodiscard]] const std::shared_ptr<const LowerPencil>& shared_lower() const { return lower_; }

private:
  EigenvalueCounter(const Pencil& pencil, const CountOptions& options, std::shared_ptr<const Analysis> analysis);
  [[nodiscard]] EigenvalueCount at(double lambda, Inertia& workspace) const;

  const Pencil& pencil_;
  CountOptions options_;
  double scale_ = 0;
  std::shared_ptr<const Analysis> analysis_;
  std::shared_ptr<const LowerPencil> lower_;
  std::shared_ptr<const Block> probes_;                                      ///< B, in the order of the analysis
  std::shared_ptr<Buffer::Reuse> reuse_ = std::make_shared<Buffer::Reuse>(); ///< one count's memory is the next one's
};

/// N(λ) = #{k : λ_k ≤ λ} of a pencil. For several λ make an `EigenvalueCounter`.
EigenvalueCount count_below(const Pencil& pencil, double lambda, const CountOptions& options = {});

/// s = (tr K/tr M)·n^{−2/max(d, 2)}: invariant under relabelling, scales as λ does. tr K/tr M is of the order of the
/// largest eigenvalue, and Weyl's law leads from it, the n-th, down to the first positive one, which in dimension d is
/// n^{2/d} times smaller: what is small beside s is 0. For d = 1 that would be less than what rounding leaves of a
/// factorization, u·growth·tr K/(n·tr M), so that n stands there as for d = 2.
double spectral_scale(const Pencil& pencil);

} // namespace weyl
