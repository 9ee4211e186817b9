// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Statistics of the distances between neighbouring eigenvalues, against Poisson and GOE.

#include <vector>

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// ⟨r⟩ of independent levels: 2 log 2 − 1.
constexpr double poisson_ratio = 0.38629436111989062;
/// ⟨r⟩ of large matrices of the Gaussian orthogonal ensemble, numerically (Atas et al. 2013, Table I).
constexpr double goe_ratio = 0.5307;

/// Statistics of the unfolded spacings.
struct LevelSpacing {
  std::vector<double> spacings; ///< of N̄(λ_k), ascending in k, mean 1
  double ratio = 0;             ///< ⟨r⟩, r = min(s, s')/max(s, s') of neighbouring spacings; needs no unfolding
  double ratio_deviation = 0;   ///< standard error of `ratio`
  double poisson_distance = 0;  ///< Kolmogorov–Smirnov distance to 1 − e^{−s}
  double goe_distance = 0;      ///< … to Wigner's surmise 1 − e^{−πs²/4}
};

/// Spacings of the unfolded levels N̄(λ_k), k ≥ `first`. Generic integrable spaces follow Poisson (Berry–Tabor 1977),
/// chaotic ones GOE (Bohigas–Giannoni–Schmit 1984). Symmetries mix independent lists and hide GOE: take one isotypic
/// part at a time.
/// \param law    the smooth law, known or fitted
/// \param first  levels below, which the smooth law misses, are left out
/// \throws InputError where fewer than four levels are left.
LevelSpacing level_spacing(const Spectrum& spectrum, const HeatExpansion& law, std::size_t first = 0);

} // namespace weyl
