// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spectra the slow way, for tests of the fast one.

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "weyl/model/model_space.hpp"

namespace weyl::test {

/// Eigenvalue and multiplicity as integers, of spaces that have such.
using Multiplicities = std::map<std::int64_t, std::int64_t>;

inline Multiplicities multiplicities(const std::string& space, std::int64_t top,
                                     Boundary condition = Boundary::neumann) {
  Multiplicities result;
  for (const Level& level : model_space(space, condition).levels({Value(top)})) {
    result[static_cast<std::int64_t>(level.value.approximate() + 0.5)] = level.multiplicity.convert_to<std::int64_t>();
  }
  return result;
}

/// Visits Z^n with |k|² ≤ top.
inline void lattice_points(int n, std::int64_t top,
                           const std::function<void(const std::vector<int>&, std::int64_t)>& f) {
  std::vector<int> k(static_cast<std::size_t>(n), 0);
  const std::function<void(std::size_t, std::int64_t)> descend = [&](std::size_t i, std::int64_t sum) {
    if (i == k.size()) {
      f(k, sum);
      return;
    }
    for (int x = -100; x <= 100; ++x) {
      if (sum + x * x <= top) {
        k[i] = x;
        descend(i + 1, sum + x * x);
      }
    }
  };
  descend(0, 0);
}

} // namespace weyl::test
