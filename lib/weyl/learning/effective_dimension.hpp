// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How many functions a kernel can tell apart at a ridge.

#include "weyl/learning/kernel_spectrum.hpp"

namespace weyl {

/// The first two of Σ_k (μ_k/(μ_k + η))^p, and how far each may be off because of the tail that Weyl's law stands for.
struct DegreesOfFreedom {
  double d_eff = 0;       ///< p = 1: the effective dimension (Zhang 2005; Caponnetto & De Vito 2007)
  double d_2 = 0;         ///< p = 2: what the noise sees
  double d_eff_error = 0; ///< of d_eff, by the tail
  double d_2_error = 0;   ///< of d_2, by the tail
};

/// At η > 0, in the unit of μ (none): the ridge of the objective (1/n) Σ (f(x_i) − y_i)² + η‖f‖².
/// Cost: linear in the number of levels.
DegreesOfFreedom degrees_of_freedom(const KernelSpectrum& kernel, double eta);

/// What both become as η → 0 for μ ~ (ℓ²λ)^(−s): with a = d/2s, W = C_d vol,
///     d_eff ~ W ℓ^(−d) η^(−a) πa/sin πa,   d_2 ~ (1 − a) d_eff,
/// and the same for Weyl's boundary term, d − 1 in place of d. \throws InputError unless s > d/2.
DegreesOfFreedom asymptotic_degrees_of_freedom(const Geometry& geometry, double s, double eta, double length = 1.0);

} // namespace weyl
