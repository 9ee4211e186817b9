// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The search for eigenpairs around one shift.

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "weyl/eigen/block_lanczos.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/slice.hpp"

namespace weyl {

/// Eigenpairs in the making, as in `SlicePairs`.
struct Found {
  Eigen::VectorXd values = Eigen::VectorXd(0);
  Eigen::VectorXd residuals = Eigen::VectorXd(0);
  std::vector<Block> vectors = {};
};

/// Both together, ascending, without what lies outside of the slice.
Found merged(Found a, Found b, const Slice& slice, int threads);

/// A factorization of K − σM, and what is found with it of the pairs in a slice.
class Search {
public:
  Search(const SliceProblem& problem, const Slice& slice, double shift, const SliceOptions& options);

  /// Factors at another shift.
  void move(double shift);

  /// Whether the factorization is accurate enough. Its backward error u·growth·max|A| mixes eigenvectors that are a
  /// slice apart, which moves residuals by about 3.5e-17·√n·growth·|λ_i − λ_j|/(|λ_i| + s) (measured on spheres); that
  /// has to stay below a tenth of the tolerance.
  [[nodiscard]] bool accurate() const;

  /// N(σ) by the factorization at hand.
  [[nodiscard]] std::int64_t below_shift() const { return factor_.negative_pivots(); }

  /// What is searched for from now on.
  void restrict_to(const Slice& slice) { slice_ = slice; }

  /// Searches on in the complement of what was found, until that is the whole slice or nothing more is to be seen.
  /// Returns how many pairs an earlier search had missed.
  std::int64_t complete(Found& found);

  /// The `count` lowest pairs above the lower end of the slice, or fewer.
  Found lowest(std::int64_t count);

  std::int64_t solves = 0; ///< right-hand sides so far

private:
  RitzPairs lanczos(const Wanted& wanted, const std::vector<Block>& known);
  Found refined(std::vector<Block> vectors, Eigen::Index count);
  void measure_all(Found& found) const;
  Block iterated(const Block& x);
  Block solved(const Block& b);
  void rayleigh_ritz(Found& found) const;

  const SliceProblem& problem_;
  Slice slice_;
  double shift_;
  Ldlt factor_;
  SliceOptions options_;
  unsigned seed_;
};

} // namespace weyl
