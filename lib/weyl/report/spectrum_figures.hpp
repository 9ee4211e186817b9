// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The figures that a list of eigenvalues asks for: counting function, remainder, heat trace, level spacing.

#include <span>
#include <vector>

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/spectrum/bracket.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// A list of eigenvalues and the smooth law that it is drawn against.
struct SpectrumFigures {
  Spectrum spectrum;                                ///< `trusted_up_to` is drawn as a limit
  HeatExpansion law = {};                           ///< drawn with one term, and with all of them where there are more
  std::int64_t first = 0;                           ///< eigenvalues below the list; heat trace and spacings need 0
  std::span<const EigenvalueBracket> brackets = {}; ///< drawn as a band of N, if there are any
  bool fitted = false;                              ///< the law comes from the list itself
};

/// Which figures there are depends on the list: spacings need 20 eigenvalues that are trusted, the law a volume.
std::vector<Figure> figures(const SpectrumFigures& of);

/// The band in which bounds of the eigenvalues λ_first, λ_first+1, … hold N: #{upper ≤ λ} ≤ N(λ) ≤ #{lower ≤ λ}.
Curve certified_band(std::span<const EigenvalueBracket> brackets, double first);

/// The laws that a figure of N shows from 0 to `top`: one term, and all terms where there are more.
std::vector<Curve> law_curves(const HeatExpansion& law, double top, bool fitted = false);

} // namespace weyl
