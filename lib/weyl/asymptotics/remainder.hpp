// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What Weyl's law leaves over: its growth, and the jumps that a wrong list shows.

#include <optional>

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// R(λ) = N(λ) − N̄(λ).
double weyl_remainder(const Spectrum& spectrum, const HeatExpansion& law, double lambda);

/// The exponent e of root mean square R ~ λ^e over the upper nine tenths of √λ, with a 95 % interval (Student's t of a
/// line through eight windows). Expected: (d−1)/4 on generic spaces; (d−1)/2, the most that Avakumović–Hörmander allow,
/// where all geodesics are periodic, as on spheres. \throws InputError for fewer than 50 eigenvalues.
Estimate remainder_exponent(const Spectrum& spectrum, const HeatExpansion& law);

/// A place where the mean of R jumps: eigenvalues that are missing from there on, or too many.
struct LevelDefect {
  double lambda = 0;       ///< about where
  double low = 0;          ///< the place lies between `low`
  double high = 0;         ///< and `high`
  double jump = 0;         ///< of the mean of R: about −1 for one missing eigenvalue, +1 for one too many
  double significance = 0; ///< jump over the scatter of such differences elsewhere in the list
};

/// The most significant jump, if one is found: the mean of R over [x, x+h] minus that over [x−h, x], x = √λ, with Hann
/// weights, which damp the oscillations of N; several h. The differences are fitted by what one jump leaves in them; it
/// counts if it exceeds 0.6 and six times the scatter that the fit leaves. Within h of either end nothing can be found,
/// the less the larger d and the multiplicities are. Weyl's law has been used for this since the first numerical
/// eigenvalues (Gordon, Webb and Wolpert's drums by Driscoll 1997; MPSpack by Barnett and Betcke).
std::optional<LevelDefect> level_defect(const Spectrum& spectrum, const HeatExpansion& law);

} // namespace weyl
