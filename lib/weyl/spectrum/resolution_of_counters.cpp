// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>

#include "weyl/core/memory.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/spectrum/resolution.hpp"

namespace weyl {

namespace {

std::vector<std::int64_t> counts(const EigenvalueCounter& counter, const std::vector<double>& lambdas) {
  std::vector<std::int64_t> result;
  std::ranges::transform(counter.at(lambdas), std::back_inserter(result), &EigenvalueCount::count);
  return result;
}

/// Both at a time where memory allows.
PairCounter pair_counter(const EigenvalueCounter& more, const EigenvalueCounter& less, int threads) {
  return [&more, &less, threads](const std::vector<double>& lambdas) {
    const bool both_fit = more.shared_analysis()->bytes() + less.shared_analysis()->bytes() < 0.8 * available_memory();
    CountPairs result;
    parallel_tasks(2, both_fit ? threads : 1, [&](std::size_t i) {
      (i == 0 ? result.less : result.more) = counts(i == 0 ? less : more, lambdas);
    });
    return result;
  };
}

} // namespace

Resolution resolution(const EigenvalueCounter& consistent, const EigenvalueCounter& lumped, int dimension, double start,
                      const ResolutionOptions& options) {
  return resolution(pair_counter(lumped, consistent, options.threads), dimension, start, options);
}

Resolution resolution_of_orders(const EigenvalueCounter& higher, const EigenvalueCounter& lower, int order,
                                int dimension, double start, const ResolutionOptions& options) {
  return resolution_of_orders(pair_counter(higher, lower, options.threads), order, dimension, start, options);
}

} // namespace weyl
