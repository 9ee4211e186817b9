// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Intrinsic dimension and volume of a sampled space.

#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/points/neighbours.hpp"

namespace weyl {

/// What the sample says at one scale.
struct ScaleEstimate {
  int neighbours = 0;          ///< k
  double radius = 0;           ///< root mean square distance to the k-th neighbour, length
  double dimension = 0;        ///< by nearest neighbours, at this scale
  double kernel_dimension = 0; ///< by the slope of the kernel sum, at this scale
  double volume = 0;           ///< by nearest neighbours, of `SampledGeometry::integer_dimension`, length^d
};

/// Dimension and volume of a sample, and how they depend on the scale at which one looks.
struct SampledGeometry {
  std::vector<ScaleEstimate> scales = {}; ///< k = 4, 8, 16, 32, as far as there are points
  Estimate dimension;                     ///< by nearest neighbours, extrapolated to scale 0
  Estimate kernel_dimension;              ///< by the kernel sum, extrapolated to scale 0
  int integer_dimension = 0;              ///< the one used: given, or the integer nearest to `dimension`
  Estimate volume;                        ///< of M, or of M/G with a group; extrapolated to scale 0, length^d
  std::vector<std::string> findings = {}; ///< where the answers disagree or the sample is too small, a sentence each
};

/// How a sample is measured.
struct SampledGeometryOptions {
  std::optional<int> dimension = {};       ///< d, where it is known
  std::vector<Eigen::MatrixXd> group = {}; ///< as `NeighbourOptions` has it
  unsigned seed = 1;                       ///< of the subsamples
  int threads = 0;                         ///< 0: one per hardware thread
};

/// Dimension and volume from distances r_j to the j-th nearest neighbour.
/// - Dimension: 1/d is the mean of log(r_k/r_j) over j < k and the points (E. Levina & P. Bickel, NIPS 2004, in the
///   form of D. MacKay & Z. Ghahramani 2005, which averages 1/d).
/// - As a check: the slope of the kernel sum, d = 2 dlog S/dlog s, S(s) = Σ exp(−r²/4s) (R. Coifman, Y. Shkolnisky,
///   F. Sigworth & A. Singer, IEEE Trans. Image Process. 17, 2008), with s_i = r_k(x_i)²/4L, and what the sum misses
///   beyond the k-th neighbour taken into account.
/// - Volume: the mean of 1/p, where p(x) = (k/n)/(ω_d r_k^d) is the density at x, so that V = Σ ω_d r_k^d / k; this
///   is unbiased where p is constant and M is flat within r_k.
///
/// Curvature and changes of density act like r², a boundary like r; from k = 8 and 32 the values are extrapolated to
/// r = 0, in r² as a rule, in r where neighbours lie to one side of their points (`one_sidedness`) more than chance has
/// it in one of a thousand samples, and fall off slower than r²; a finding says so.
///
/// The 95 % intervals combine in quadrature: the scatter of the same numbers over 16 disjoint subsamples, of which each
/// is a sample of the space (D. Politis, J. Romano & M. Wolf, Subsampling, 1999; standard errors go like n^(−1/2));
/// and half of the extrapolation in r², or what the one in r differs from it. Below 1024 points there is no interval:
/// it is [0, ∞), and a finding says so. Where the extrapolated volume is not positive, the one from k = 8 is given, in
/// [0, ∞), and a finding says so; another one where the 8th neighbour is more than half as far away as a point at
/// random.
///
/// \param points D × n, n ≥ 16. Cost: two searches for 32 neighbours, and two tangent planes a point.
SampledGeometry sampled_geometry(const Eigen::MatrixXd& points, const SampledGeometryOptions& options = {});

/// ω_d, the volume of the unit ball of R^d.
double unit_ball_volume(int dimension);

} // namespace weyl
