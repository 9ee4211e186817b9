// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The spectral zeta function and the determinant of the Laplacian.

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// How far the list is trusted.
struct ZetaOptions {
  double split = 0; ///< T below; 0: 36/Λ, where the end of the list adds e^{−36}
};

/// A value, and how far it moves when the split T is doubled: what the missing terms of the expansion may do.
struct ZetaValue {
  double value = 0; ///< ζ(s), or log det
  double doubt = 0; ///< how far the value may be off
};

/// ζ(s) = Σ_{λ_k > 0} λ_k^{−s}, continued to all real s but its poles s = (d−j)/2 through the heat trace:
///     Γ(s) ζ(s) = ∫_0^T t^{s−1} (Σ_j c_j t^{−(d−j)/2} − n_0) dt + Σ_{λ_k > 0} λ_k^{−s} Γ(s, Tλ_k),
/// n_0 = dim ker (Minakshisundaram–Pleijel 1949; Seeley 1967). Exact up to the terms that `expansion` lacks, of order
/// T^{s+(j−d)/2}, and to the tail beyond the list. Cost: an incomplete gamma function an eigenvalue.
/// \param expansion  as many terms as are known, through t^0 at least
/// \throws InputError at a pole, or where the list has no positive eigenvalue.
ZetaValue spectral_zeta(const Spectrum& spectrum, const HeatExpansion& expansion, double s,
                        const ZetaOptions& options = {});

/// log det' Δ = −ζ'(0), the zeta-regularized determinant without the kernel (Ray–Singer 1971). A factor in the metric
/// shows: scaling lengths by a adds −2 ζ(0) log a. Parameters and errors as `spectral_zeta`.
ZetaValue log_determinant(const Spectrum& spectrum, const HeatExpansion& expansion, const ZetaOptions& options = {});

} // namespace weyl
