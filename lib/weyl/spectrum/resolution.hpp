// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Up to which λ a pencil of finite elements says something about the space it discretizes.

#include <cstdint>
#include <functional>
#include <vector>

#include "weyl/eigen/count.hpp"

namespace weyl {

/// The discretization error of eigenvalues, estimated as e(λ) = slope·λ relative to λ.
struct Resolution {
  double slope = 0;     ///< relative error per λ, unit length²
  double tolerance = 0; ///< the relative error accepted
  int counts = 0;       ///< inertia counts spent

  /// Estimated relative error of an eigenvalue near λ.
  [[nodiscard]] double error(double lambda) const { return slope * lambda; }
  /// The λ up to which the error stays within the tolerance.
  [[nodiscard]] double resolved_up_to() const { return tolerance / slope; }
};

/// What is called resolved.
struct ResolutionOptions {
  double tolerance = 0.05; ///< relative error of an eigenvalue up to which it counts as resolved
  int threads = 0;         ///< 0: one per hardware thread
  int samples = 2;         ///< values of λ at which both pencils are counted, after two to find the range
  double least_slope = 0;  ///< what the slope is at least (`mass_slope`), length²: where eigenvalues come in large
                           ///< multiplets few counts may all miss the gaps between those of the two pencils
};

/// N at several λ of two pencils on the same cells, `more` of the one whose eigenvalues are lower.
struct CountPairs {
  std::vector<std::int64_t> more; ///< by the form that counts more
  std::vector<std::int64_t> less; ///< by the form that counts less
};

/// Counts both pencils, wherever they are, at the λ given.
using PairCounter = std::function<CountPairs(const std::vector<double>& lambdas)>;

/// Estimates the error of linear elements from two mass matrices. With exact integration (consistent mass) eigenvalues
/// come out too large, with the lumped mass too small, both by O(h²λ) relative; on uniform meshes by the same amount
/// (±λh²/12 in one dimension, ±λh²/16 on equilateral triangles, from the dispersion relations of the two stencils). So
/// half of their distance estimates either error. In terms of counts: N ∝ λ^{d/2}, hence
///     N_lumped(λ) − N_consistent(λ) ≈ d·e(λ)·N(λ),   e(λ) = slope·λ.
/// Meshes with very flat or very unequal cells have a large slope, which is what they deserve.
///
/// \param counts     of the two pencils of one mesh (either may be the one that is used); lumped masses count more
/// \param dimension  d
/// \param start      a λ where N is a few percent of the number of unknowns
/// Cost: 2·(samples + 2) counts.
Resolution resolution(const PairCounter& counts, int dimension, double start, const ResolutionOptions& options = {});

/// The same of two counters.
Resolution resolution(const EigenvalueCounter& consistent, const EigenvalueCounter& lumped, int dimension, double start,
                      const ResolutionOptions& options = {});

/// The same for elements of order p ≥ 2, from those of order p − 1 on the same cells. By min–max the lower order has
/// the larger error e(λ), about c·λ^(p−1) relative where eigenfunctions are smooth, and
///     N_p(λ) − N_{p−1}(λ) ≈ (d/2)·e(λ)·N(λ).
/// The λ where e reaches the tolerance is searched for; there the higher order is below it (also at corners and cone
/// points, whose singularities it resolves by less than half of the error at orders up to 4). Below, slope·λ is larger
/// than e.
/// Cost: 2 counts at each of up to 6 λ.
Resolution resolution_of_orders(const PairCounter& counts, int order, int dimension, double start,
                                const ResolutionOptions& options = {});

/// The same of elements of two orders.
Resolution resolution_of_orders(const EigenvalueCounter& higher, const EigenvalueCounter& lower, int order,
                                int dimension, double start, const ResolutionOptions& options = {});

} // namespace weyl
