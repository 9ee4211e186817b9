// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Means of a list of eigenvalues in which its staircase is smoothed: heat trace, Riesz means, spectral
/// dimension.

#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// Z(t) of a list that ends at Λ, and what the rest of the spectrum adds.
struct HeatTrace {
  double value = 0; ///< Σ_{λ_k ≤ Λ} e^{−tλ_k}
  double tail = 0;  ///< ∫_Λ^∞ e^{−tλ} dN̄ with Weyl's law, two terms; infinite where no volume is known
};

/// Cost: one exponential an eigenvalue. \param t > 0, unit length².
/// \throws InputError if the list is empty or t is not positive.
HeatTrace heat_trace(const Spectrum& spectrum, double t);

/// R_γ(Λ) = Σ_k (Λ − λ_k)_+^γ, γ ≥ 0, for Λ up to the end of the list; R_0 = N, R_1(Λ) = ∫_0^Λ N.
/// \throws InputError beyond the end of the list, where eigenvalues are not known.
double riesz_mean(const Spectrum& spectrum, double gamma, double lambda);

/// d_s(t) = −2 d log Z/d log t = 2t⟨λ⟩_t: the dimension that diffusion over the time t sees; it tends to d for t → 0
/// as long as tΛ is well above 1 (from tΛ = 25 on the end of the list no longer shows).
/// \throws InputError as heat_trace.
double spectral_dimension(const Spectrum& spectrum, double t);

} // namespace weyl
