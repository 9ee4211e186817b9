// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/level_spacing.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// sup |F_n − F| of a sample in ascending order.
double kolmogorov_distance(const std::vector<double>& sorted, const std::function<double(double)>& distribution) {
  double worst = 0;
  const auto n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double f = distribution(sorted[i]);
    const auto rank = static_cast<double>(i);
    worst = std::max({worst, f - rank / n, (rank + 1) / n - f});
  }
  return worst;
}

/// Mean of min/max over neighbouring spacings, and its standard error; equal levels (0/0) have no ratio but 0.
void set_ratio(LevelSpacing& result) {
  double sum = 0;
  double squares = 0;
  const auto n = static_cast<double>(result.spacings.size() - 1);
  for (std::size_t i = 1; i < result.spacings.size(); ++i) {
    const auto [low, high] = std::minmax(result.spacings[i - 1], result.spacings[i]);
    const double r = high > 0 ? low / high : 0.0;
    sum += r;
    squares += r * r;
  }
  result.ratio = sum / n;
  result.ratio_deviation = std::sqrt(std::max(0.0, squares / n - result.ratio * result.ratio) / n);
}

} // namespace

LevelSpacing level_spacing(const Spectrum& spectrum, const HeatExpansion& law, std::size_t first) {
  const auto& values = spectrum.eigenvalues;
  while (first < values.size() && !(values[first] > 0)) {
    ++first;
  }
  if (values.size() < first + 4) {
    throw InputError("level spacings", "need at least four positive eigenvalues");
  }
  LevelSpacing result;
  for (std::size_t k = first + 1; k < values.size(); ++k) {
    result.spacings.push_back(std::max(0.0, smooth_count(law, values[k]) - smooth_count(law, values[k - 1])));
  }
  double mean = 0;
  for (const double s : result.spacings) {
    mean += s / static_cast<double>(result.spacings.size());
  }
  for (double& s : result.spacings) {
    s /= mean > 0 ? mean : 1.0;
  }
  set_ratio(result);
  std::vector<double> sorted = result.spacings;
  std::ranges::sort(sorted);
  result.poisson_distance = kolmogorov_distance(sorted, [](double s) { return 1 - std::exp(-s); });
  result.goe_distance =
      kolmogorov_distance(sorted, [](double s) { return 1 - std::exp(-std::numbers::pi * s * s / 4); });
  return result;
}

} // namespace weyl
