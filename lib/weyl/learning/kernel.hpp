// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Kernels that are functions of the Laplacian, k(x, y) = Σ_k μ(λ_k) φ_k(x) φ_k(y).

#include <functional>
#include <string>

namespace weyl {

/// A kernel by its spectrum. The φ_k are orthonormal for the uniform probability measure, so that on a homogeneous
/// space k(x, x) = Σ_k μ(λ_k), and the eigenvalues μ(λ_k) of the integral operator of that measure have no unit.
struct Kernel {
  std::string name;                         ///< as `read_kernel` takes it
  std::function<double(double)> eigenvalue; ///< μ(λ) ≥ 0, does not grow
  double smoothness = 0;                    ///< s where μ ~ λ^(−s); infinite where μ falls faster
};

/// μ = (1 + ℓ²λ)^(−s): the reproducing kernel of the Sobolev space H^s with length scale ℓ.
/// \throws InputError unless s > 0 and ℓ > 0 are finite.
Kernel sobolev_kernel(double s, double length = 1.0);

/// μ = exp(−tλ), t > 0 in length². \throws InputError
Kernel heat_kernel(double t);

/// μ = 1 up to the eigenvalue `cutoff` ≥ 0, and 0 beyond. \throws InputError
Kernel band_limited_kernel(double cutoff);

/// `sobolev:S`, `sobolev:S,LENGTH`, `heat:T` or `band:CUTOFF`. \throws InputError that says what is possible.
Kernel read_kernel(const std::string& text);

} // namespace weyl
