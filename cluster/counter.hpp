// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// N(λ) of a distributed pencil.

#include "cluster/pencil.hpp"
#include "weyl/eigen/count.hpp"

namespace weyl::cluster {

/// Counts by inertia of K − σM = L D Lᵀ with MUMPS over all processes, with 1×1 and 2×2 threshold pivoting. One
/// analysis serves all σ; the root front is factored by one process, so that its inertia is known.
class InertiaCounter {
public:
  /// The pencil is kept by reference. Collective, as everything here.
  explicit InertiaCounter(const DistributedPencil& pencil);

  /// #{k : λ_k < σ}. \throws NumericalError if the factor does not fit. Cost: a factorization.
  PetscInt below(double sigma);

  /// N(λ) from both sides of λ, at λ ± ρ(λ): `count` and `below` differ where λ is an eigenvalue to rounding.
  /// Cost: two factorizations.
  EigenvalueCount at(double lambda);

  /// ρ(λ) = 10⁻⁹·max(|λ|, s), as `EigenvalueCounter::rounding`.
  [[nodiscard]] double rounding(double lambda) const;

private:
  const DistributedPencil& pencil_;
  Matrix shifted_;
  Matrix factor_;
};

} // namespace weyl::cluster
