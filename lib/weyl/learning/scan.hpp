// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The minimum of a function over several decades (internal).

#include <cmath>
#include <cstdint>

#include <boost/math/tools/minima.hpp>

namespace weyl {

/// Where `function` is least in [low, high], 0 < low < high: a scan of four points a decade, then Brent's method
/// around the best of them, to about 1e-6 relative in x.
template <class Function>
double minimize_over_decades(const Function& function, double low, double high) {
  const int steps = 1 + static_cast<int>(4 * std::log10(high / low));
  const double step = std::log(high / low) / steps;
  const auto at = [&](double t) { return function(low * std::exp(t)); };
  int best = 0;
  double least = at(0);
  for (int i = 1; i <= steps; ++i) {
    if (const double value = at(i * step); value < least) {
      least = value;
      best = i;
    }
  }
  std::uintmax_t iterations = 40;
  const auto [t, value] = boost::math::tools::brent_find_minima(at, std::max(0, best - 1) * step,
                                                                std::min(steps, best + 1) * step, 20, iterations);
  return low * std::exp(value < least ? t : best * step);
}

} // namespace weyl
