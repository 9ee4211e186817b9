// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces made of spaces whose spectra are known, whatever they came from (`listed_space` takes a mesh's).

#include <vector>

#include "weyl/model/model_space.hpp"

namespace weyl::model {

/// A × B × …: eigenvalues are sums. Over a common unit by power series (a power by Miller's recurrence: Knuth, TAOCP 2,
/// 4.7), else by recursion over the levels of all factors but the last, of which only N is asked.
ModelSpace product(const std::vector<ModelSpace>& factors);

/// M^n/S_n (symmetric functions), or its Dirichlet problem (`antisymmetric`): multisets, or sets, of n modes. The
/// generating function Π_j (1 − y q^{λ_j})^{−m_j} or Π_j (1 + y q^{λ_j})^{m_j} by dynamic programming over (number of
/// modes above the lowest level, Σ λ).
ModelSpace symmetric_power(const ModelSpace& space, int n, bool antisymmetric = false);

/// M^n/A_n: symmetric and antisymmetric functions together.
ModelSpace alternating_power(const ModelSpace& space, int n);

/// M^n/C_n, cyclic shifts, by Burnside's lemma: N(λ) = (1/n) Σ_{e | n} φ(e) N(λ/e; M^{n/e}).
ModelSpace cyclic_power(const ModelSpace& space, int n);

} // namespace weyl::model
