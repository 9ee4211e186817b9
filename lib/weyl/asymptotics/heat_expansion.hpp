// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The smooth law of a space in three guises: heat trace, counting function, Riesz means.

#include <vector>

#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// Z(t) ~ Σ_j c_j t^{−(d−j)/2} for t → 0 (Minakshisundaram–Pleijel 1949; McKean–Singer 1967):
///     c_0 = V/(4π)^{d/2},   c_1 = ±¼|∂M|/(4π)^{(d−1)/2} (+ Neumann, − Dirichlet),   c_2 as below.
/// Only even j occur where there is no boundary.
///
/// Term by term, λ^p/Γ(p+1) of the counting function is t^{−p} of the heat trace and Γ(γ+1)/Γ(γ+p+1) Λ^{γ+p} of the
/// Riesz mean R_γ: the three say the same.
struct HeatExpansion {
  double dimension = 2;                  ///< d
  std::vector<double> coefficients = {}; ///< c_0, c_1, …, unit length^{d−j}
};

/// The expansion that a geometry knows: c_0 and c_1, and c_2 = `constant` unless it is zero.
HeatExpansion heat_expansion(const Geometry& geometry, double constant = 0);

/// Σ_j c_j t^{−(d−j)/2}, t > 0.
double heat_trace(const HeatExpansion& expansion, double t);

/// N̄(λ) = Σ_j c_j λ^{(d−j)/2}/Γ((d−j)/2 + 1), λ > 0: Weyl's law with all the terms that are given.
double smooth_count(const HeatExpansion& expansion, double lambda);

/// Σ_j c_j Γ(γ+1)/Γ(γ+1+(d−j)/2) Λ^{γ+(d−j)/2}, Λ > 0, γ ≥ 0; γ = 0 is `smooth_count`.
double riesz_mean(const HeatExpansion& expansion, double gamma, double lambda);

/// The constants that make up c_2 of a surface: ∫K dA/12π + ∮κ_g ds/12π + Σ corners + Σ cone points. By Gauss–Bonnet
/// the first two are χ/6 where the surface is smooth.
double curvature_constant(double gauss, double geodesic);

/// A corner of interior angle α with the same condition on both sides: (π² − α²)/(24πα) (Kac 1966; Ray).
double corner_constant(double angle);
/// A corner where Dirichlet meets Neumann conditions: −(π² + 2α²)/(48πα).
double mixed_corner_constant(double angle);
/// A cone point of total angle β: (2π/β − β/2π)/12 (Cheeger 1983); (m² − 1)/12m for an orbifold point of order m.
double cone_constant(double angle);

} // namespace weyl
