// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/richardson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

Extrapolation richardson(const std::array<std::vector<double>, 3>& levels, double q, const RichardsonOptions& options) {
  const auto& [coarse, middle, fine] = levels;
  if (coarse.size() != middle.size() || middle.size() != fine.size()) {
    throw InputError("richardson", fmt::format("the levels have {}, {} and {} eigenvalues, not the same number",
                                               coarse.size(), middle.size(), fine.size()));
  }
  Extrapolation result;
  const double factor = std::exp2(q) - 1;
  for (std::size_t k = 0; k < fine.size(); ++k) {
    const double first = coarse[k] - middle[k];
    const double second = middle[k] - fine[k];
    const double noise = options.rounding * std::max(1.0, std::abs(fine[k]));
    if (std::abs(second) <= noise) {
      result.values.push_back(fine[k]);
      result.errors.push_back(std::max(noise, std::abs(second)));
      result.orders.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const double order = std::log2(first / second);
    // Noise in the differences shifts the observed order by at most this.
    const double uncertain = 2 * noise / (std::numbers::ln2 * std::abs(second));
    if (!(std::abs(order - q) <= options.tolerance * q + uncertain)) {
      throw NumericalError(fmt::format("extrapolation: eigenvalue {} ({:.9g}) converges with order {:.2f}, not {:.2f}; "
                                       "refine further, or do not extrapolate where eigenfunctions are not smooth",
                                       k, fine[k], order, q));
    }
    const double value = fine[k] - second / factor;
    result.values.push_back(value);
    result.errors.push_back(std::abs(value - (middle[k] - first / factor)) / factor + noise);
    result.orders.push_back(order);
  }
  return result;
}

} // namespace weyl
