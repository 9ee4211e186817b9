// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Roots that are eigenvalues, and what the lists of consecutive orders owe each other (internal).

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/math/tools/roots.hpp>

#include "weyl/core/error.hpp"

namespace weyl::model {

/// The root of f between two points where its signs differ, to `bits` bits.
template <class Real, class Function>
Real root(const Function& f, Real low, Real high, int bits = 52) {
  std::uintmax_t iterations = 200;
  const auto [a, b] =
      boost::math::tools::toms748_solve(f, low, high, boost::math::tools::eps_tolerance<Real>(bits), iterations);
  return a + (b - a) / 2;
}

/// lower_k < upper_k < lower_{k+1}: a root that was left out or given twice in one of them breaks it.
/// \param slack  relative, for the second inequality
/// \throws NumericalError that names `what`.
inline void check_interlacing(const std::vector<double>& lower, const std::vector<double>& upper,
                              const std::string& what, double slack = 0) {
  for (std::size_t k = 0; k < upper.size(); ++k) {
    const bool above = k < lower.size() && lower[k] < upper[k];
    const bool below = k + 1 >= lower.size() || upper[k] < lower[k + 1] * (1 + slack);
    if (!above || !below) {
      throw NumericalError(what + " do not interlace");
    }
  }
}

} // namespace weyl::model
