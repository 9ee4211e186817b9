// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenvalues of three refinements, extrapolated to the limit.

#include <array>
#include <vector>

namespace weyl {

/// Limits of sequences λ(h), λ(h/2), λ(h/4).
struct Extrapolation {
  std::vector<double> values; ///< λ(h/4) + (λ(h/4) − λ(h/2))/(2^q − 1)
  std::vector<double> errors; ///< estimated absolute errors of `values`
  std::vector<double> orders; ///< observed: log₂ (λ(h) − λ(h/2))/(λ(h/2) − λ(h/4)); NaN where rounding hides it
};

/// What is accepted.
struct RichardsonOptions {
  double tolerance = 0.15; ///< how far the observed order may be from the expected one, relative
  double rounding = 1e-11; ///< relative accuracy of the eigenvalues given; smaller differences are noise
};

/// Richardson's extrapolation of eigenvalues of three meshes, each made of the one before by halving every edge, for
/// elements whose eigenvalues converge as O(h^q): q = 2p at order p where eigenfunctions are smooth.
///
/// \param levels  ascending lists of the same length, coarse to fine
/// The error is estimated as |E − E'|/(2^q − 1), E' the extrapolation of the two coarser levels: four times too much if
/// the next term of the expansion is O(h^(q+2)). Where rounding hides the difference of the last two levels the finest
/// is returned with the larger of that difference and the rounding.
/// \throws InputError if lengths differ; NumericalError if an observed order is not q: the meshes are too coarse, or
/// the
///   eigenfunction is not smooth (corners), and the formula does not hold.
Extrapolation richardson(const std::array<std::vector<double>, 3>& levels, double q,
                         const RichardsonOptions& options = {});

} // namespace weyl
