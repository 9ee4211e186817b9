// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A list of eigenvalues that knows whose they are and how far they can be trusted.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "weyl/core/boundary.hpp"

namespace weyl {

/// What Weyl's law reads of a space.
struct Geometry {
  int dimension = 2;                     ///< d
  double volume = 0;                     ///< length^d
  double boundary_volume = 0;            ///< length^(d−1); the number of end points for d = 1; 0 for a closed space
  Boundary boundary = Boundary::neumann; ///< the condition there
};

/// Eigenvalues of −div grad, ascending, with multiplicity, from the smallest on without a gap.
struct Spectrum {
  std::vector<double> eigenvalues;                                ///< λ_0 ≤ λ_1 ≤ …, unit 1/length²
  Geometry geometry = {};                                         ///< whose they are
  double trusted_up_to = std::numeric_limits<double>::infinity(); ///< beyond, the discretization says little
  std::string trust = {};                                         ///< why: where the limit comes from
  std::string origin = {};                                        ///< where the eigenvalues come from
};

/// N(λ) = #{k : λ_k ≤ λ} of a list of ascending eigenvalues. Cost: logarithmic.
std::int64_t count(const Spectrum& spectrum, double lambda);

} // namespace weyl
