// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/resolution.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "weyl/core/memory.hpp"
#include "weyl/core/parallel.hpp"

namespace weyl {

namespace {

/// Σ (N_more − N_less) / Σ d·λ·N_less over several λ: the ratio of sums is the estimate that weighs each λ by its
/// count.
double difference_slope(const EigenvalueCounter& more, const EigenvalueCounter& less, int dimension,
                        const std::vector<double>& lambdas, int threads) {
  std::vector<EigenvalueCount> high;
  std::vector<EigenvalueCount> low;
  const bool both_fit = more.shared_analysis()->bytes() + less.shared_analysis()->bytes() < 0.8 * available_memory();
  parallel_tasks(2, both_fit ? threads : 1,
                 [&](std::size_t i) { (i == 0 ? low : high) = (i == 0 ? less : more).at(lambdas); });
  double difference = 0.5; // half a count, the resolution of a count: never a slope of zero
  double weight = 0;
  for (std::size_t i = 0; i < lambdas.size(); ++i) {
    difference += static_cast<double>(high[i].count - low[i].count);
    weight += dimension * lambdas[i] * static_cast<double>(std::max<std::int64_t>(1, low[i].count));
  }
  return std::max(difference, 0.5) / weight;
}

} // namespace

Resolution resolution(const EigenvalueCounter& consistent, const EigenvalueCounter& lumped, int dimension, double start,
                      const ResolutionOptions& options) {
  Resolution result{.tolerance = options.tolerance};
  const auto estimate = [&](const std::vector<double>& lambdas) {
    // Consistent masses make eigenvalues high and counts low.
    result.slope = difference_slope(lumped, consistent, dimension, lambdas, options.threads);
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

Resolution resolution_of_orders(const EigenvalueCounter& higher, const EigenvalueCounter& lower, int order,
                                int dimension, double start, const ResolutionOptions& options) {
  Resolution result{.tolerance = options.tolerance};
  double lambda = start;
  for (int round = 0; round < 6; ++round) {
    const double error = 2 * lambda * difference_slope(higher, lower, dimension, {lambda}, options.threads);
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
