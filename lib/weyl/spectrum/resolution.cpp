// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/resolution.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace weyl {

namespace {

/// Σ (N_more − N_less) / Σ d·λ·N_less over several λ: the ratio of sums is the estimate that weighs each λ by its
/// count.
double difference_slope(const PairCounter& counts, int dimension, const std::vector<double>& lambdas) {
  const auto [more, less] = counts(lambdas);
  double difference = 0.5; // half a count, the resolution of a count: never a slope of zero
  double weight = 0;
  for (std::size_t i = 0; i < lambdas.size(); ++i) {
    difference += static_cast<double>(more[i] - less[i]);
    weight += dimension * lambdas[i] * static_cast<double>(std::max<std::int64_t>(1, less[i]));
  }
  return std::max(difference, 0.5) / weight;
}

} // namespace

Resolution resolution(const PairCounter& counts, int dimension, double start, const ResolutionOptions& options) {
  Resolution result{.tolerance = options.tolerance};
  const auto estimate = [&](const std::vector<double>& lambdas) {
    result.slope = std::max(options.least_slope, difference_slope(counts, dimension, lambdas));
    result.counts += 2 * static_cast<int>(lambdas.size());
  };
  estimate({start});
  // Never far beyond the start: there the law e = slope·λ no longer holds.
  estimate({std::min(result.resolved_up_to(), 2 * start)});
  const double top = std::min(result.resolved_up_to(), 4 * start);
  std::vector<double> lambdas;
  lambdas.reserve(static_cast<std::size_t>(options.samples));
  for (int i = 0; i < options.samples; ++i) {
    lambdas.push_back(top * (options.samples - 0.5 * i) / options.samples);
  }
  estimate(lambdas);
  return result;
}

Resolution resolution_of_orders(const PairCounter& counts, int order, int dimension, double start,
                                const ResolutionOptions& options) {
  Resolution result{.tolerance = options.tolerance};
  double lambda = start;
  for (int round = 0; round < 6; ++round) {
    const double error = 2 * lambda * difference_slope(counts, dimension, {lambda});
    result.counts += 2;
    const double factor = std::clamp(std::pow(options.tolerance / error, 1.0 / (order - 1)), 0.25, 2.0);
    lambda *= factor;
    if (std::abs(std::log(factor)) < 0.05) {
      break;
    }
  }
  result.slope = options.tolerance / lambda;
  return result;
}

} // namespace weyl
