// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Weyl's law: the smooth part of the counting function.

#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// C_d = ω_d/(2π)^d = 1/((4π)^{d/2} Γ(1 + d/2)) for real d ≥ 0: C_1 = 1/π, C_2 = 1/4π, C_3 = 1/6π².
double weyl_constant(double d);

/// One term: N(λ) ~ C_d V λ^{d/2} (Weyl 1911).
double weyl_count(const Geometry& geometry, double lambda);

/// Second term alone: ±¼ C_{d−1} |∂M| λ^{(d−1)/2}, + for Neumann and − for Dirichlet (Weyl's conjecture; Ivrii 1980
/// where periodic billiard trajectories have measure zero).
double weyl_boundary_term(const Geometry& geometry, double lambda);

/// Both terms.
double weyl_count_two_term(const Geometry& geometry, double lambda);

/// The λ at which the one-term law reaches `count`.
double weyl_lambda(const Geometry& geometry, double count);

/// The λ at which the two-term law reaches `count` for the last time. Cost: a bisection.
double weyl_lambda_two_term(const Geometry& geometry, double count);

} // namespace weyl
