// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Dimension and volume of a space from its counting function.

#include <span>

#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// A point of the counting function.
struct CountSample {
  double lambda = 0; ///< 1/length²
  double count = 0;  ///< N(λ), λ_0 included
};

/// An estimate with a 95 % interval.
struct Estimate {
  double value = 0; ///< the best guess
  double low = 0;   ///< lower end of the 95 % interval
  double high = 0;  ///< upper end of the 95 % interval
};

/// Dimension and volume by counts alone.
struct WeylFit {
  Estimate dimension;       ///< d as a real number, volume free
  Estimate volume;          ///< V with d fixed at `volume_dimension`, length^d
  int volume_dimension = 0; ///< the space's own if the interval of `dimension` admits it, else the nearest integer
  double scatter = 0;       ///< standard deviation of N about the fit, per (λ/λ_max)^{(d−1)/4}: the staircase
  std::size_t used = 0;     ///< number of samples
};

/// How the counts are weighed.
struct WeylFitOptions {
  double error_slope = 0; ///< estimated relative discretization error of an eigenvalue per λ (`Resolution::slope`)
};

/// Fits N(λ) = C_d V λ^{d/2} + B(λ) + c λ^p + noise, where B is the known boundary term of `known`. First d is found,
/// with p = 0; then V, with d an integer and p = (d−2)/2 (the term of curvature, corners and topology; none for d = 1).
///
/// N is a staircase: about the smooth law it scatters like λ^{(d−1)/4} (the mean square of the remainder on generic
/// spaces is of order λ^{(d−1)/2}), which weighs the samples; the size of the scatter is measured from the residuals,
/// so that spaces with high multiplicities get the wider intervals that they need. The 95 % intervals combine in
/// quadrature: Student's t with the remaining degrees of freedom (for d a profile: all d whose best fit is not
/// significantly worse); the change when only the upper two thirds of the samples are fitted, since thin parts of a
/// space reach the asymptotic regime late; and half of the correction for discretization, in which an eigenvalue λ of
/// the pencil stands for λ/(1 + e), e = error_slope·λ, of the space.
///
/// \param samples  at least 6, of positive λ, below the λ up to which the discretization is trusted
/// \param known    dimension, boundary volume and condition; its interior volume is not used
/// \throws InputError for fewer samples.
WeylFit fit_weyl(std::span<const CountSample> samples, const Geometry& known, const WeylFitOptions& options = {});

} // namespace weyl
