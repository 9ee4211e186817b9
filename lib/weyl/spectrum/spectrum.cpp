// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/spectrum.hpp"

#include <algorithm>

namespace weyl {

std::int64_t count(const Spectrum& spectrum, double lambda) {
  return std::ranges::upper_bound(spectrum.eigenvalues, lambda) - spectrum.eigenvalues.begin();
}

} // namespace weyl
