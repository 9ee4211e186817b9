// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Volume, boundary and Euler characteristic from a list of eigenvalues: hearing the shape of a drum.

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// Whether the space has a boundary: `unknown` lets the list decide.
enum class Edge { unknown, closed, bounded };

/// What is supposed of the space.
struct HeatFitOptions {
  Edge edge = Edge::unknown; ///< boundary condition, which gives the second term its sign
  /// A further term λ^{d/2+1} of N takes up what a discretization does to eigenvalues, λ^h = λ(1 + slope·λ).
  bool discretized = false;
};

/// Coefficients of the heat trace and what they mean.
struct HeatFit {
  int dimension = 0;         ///< of the space, given
  Edge edge = Edge::unknown; ///< `closed` or `bounded`: given, or told by the list; `unknown`: bounded terms were used
  Estimate volume;           ///< length^d
  Estimate boundary;         ///< |∂_N| − |∂_D|, length^{d−1}: positive Neumann, negative Dirichlet
  Estimate constant;         ///< c_2, the coefficient of t^{−(d−2)/2}; on smooth closed surfaces χ/6
  Estimate error_slope;      ///< slope, zero unless `discretized`
  HeatExpansion expansion;   ///< c_0, c_1, c_2 as fitted
  std::size_t used = 0;      ///< eigenvalues below Λ, the end of the list or of what is trusted
  double start = 0;          ///< tΛ where the window of the regression begins; it ends at four times that
  int terms = 0;             ///< terms regressed on
};

/// Regression of the truncated heat trace F(t) = t ∫_0^Λ N e^{−tλ} dλ on the terms of the heat expansion, which F sees
/// exactly as far as the list goes; no tail has to be guessed. The oscillations of N, which come from periodic
/// geodesics of length ℓ, are damped like e^{−ℓ²/4t}, so that little but the neglected terms and the end of the list
/// disturbs. Window and number of terms are those where the volume moves least when either changes or the list is cut
/// to ¾. Half of each interval is that movement times 2 + 120 n^{−2/d}; docs/asymptotics.md says how such intervals
/// cover.
///
/// Where the list is too short for its dimension the intervals are wide; those of volumes begin at 0 at the least.
///
/// \param dimension  d; see `estimate_dimension`
/// \throws InputError for fewer than 20 eigenvalues up to `trusted_up_to`.
/// Cost: some 200 exponentials an eigenvalue and 2000 small regressions.
HeatFit fit_heat(const Spectrum& spectrum, int dimension, const HeatFitOptions& options = {});

/// The Euler characteristic 6 c_2 of a smooth closed surface, or of a smooth surface with smooth boundary. Corners and
/// cone points add to c_2, and cannot be told from topology: where the interval has no integer there are some.
Estimate euler_characteristic(const HeatFit& fit);

/// The dimension that the counts of a list grow by.
struct DimensionFit {
  Estimate dimension; ///< d as a real number
  int nearest = 0;    ///< the integer that fits
};

/// Dimension from the list alone: in the regression of `fit_heat` the exponents d/2, (d−1)/2, … are free to move
/// together, and d is where the residual is least; about each integer near the slope 2 d log N/d log λ, of which the
/// most stable wins. Interval and errors as `fit_heat`.
DimensionFit estimate_dimension(const Spectrum& spectrum);

} // namespace weyl
