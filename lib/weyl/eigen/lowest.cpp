// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/lowest.hpp"

#include <algorithm>
#include <cmath>

#include "weyl/eigen/search.hpp"
#include "weyl/eigen/slicing.hpp"

namespace weyl {

namespace {

/// Moves the search, whose shift is slice.high/2, to where half of the last eigenvalue of the slice is; false if no
/// shift there is accurate enough. N grows like λ^{d/2}.
bool settle(Search& search, const Pencil& pencil, Slice slice) {
  const double power = std::max(2, pencil.dimension) / 2.0;
  const double aim = static_cast<double>(slice.count) * std::pow(0.5, power);
  constexpr int trials = 4;
  for (int trial = 1; trial <= trials; ++trial) {
    const auto below = static_cast<double>(search.below_shift());
    const bool in_place = below > 0.3 * aim && below < 0.8 * static_cast<double>(slice.count);
    if (in_place && search.accurate()) {
      return true;
    }
    slice.high *= in_place ? 0.97 : std::pow(aim / std::max(0.5, below), 1 / power);
    search.restrict_to(slice);
    search.move(slice.high / 2);
  }
  return false;
}

/// A count in the widest gap beyond the `least` smallest values; just beyond all of them if there is none.
EigenvalueCount count_beyond(const EigenvalueCounter& counter, const Eigen::VectorXd& values, std::int64_t least) {
  double cut = values.tail(1)[0];
  double widest = 1e-7 * cut;
  for (Eigen::Index k = least; k < values.size(); ++k) {
    if (const double gap = values[k] - values[k - 1]; gap > widest) {
      widest = gap;
      cut = values[k] - gap / 2;
    }
  }
  EigenvalueCount result = counter.at(cut);
  for (double away = 4; result.at_eigenvalue; away *= 16) {
    result = counter.at(cut + away * counter.rounding(cut));
  }
  return result;
}

} // namespace

std::optional<LowestPairs> solve_lowest(const SliceProblem& problem, const EigenvalueCounter& counter,
                                        std::int64_t count, const SliceOptions& options) {
  const std::int64_t more = std::max<std::int64_t>(8, count / 16); // among which a gap is looked for
  const double high = expected_eigenvalue(problem.pencil, static_cast<double>(count + more));
  const Slice expected{-problem.scale, high, 0, count + more};
  Search search(problem, expected, high / 2, options);
  if (!settle(search, problem.pencil, expected)) {
    return std::nullopt;
  }
  Found found = search.lowest(expected.count);
  if (found.values.size() < expected.count) {
    return std::nullopt;
  }
  const EigenvalueCount confirmed = count_beyond(counter, found.values, count);
  LowestPairs result{.slice = {expected.low, confirmed.lambda, 0, confirmed.count}, .pairs = {}};
  search.restrict_to(result.slice);
  found = merged({}, std::move(found), result.slice, options.threads);
  result.pairs.recovered = search.complete(found);
  if (found.values.size() != confirmed.count || !(found.residuals.maxCoeff() <= options.tolerance)) {
    return std::nullopt;
  }
  result.pairs.solves = search.solves;
  result.pairs.values = std::move(found.values);
  result.pairs.residuals = std::move(found.residuals);
  result.pairs.vectors = std::move(found.vectors);
  return result;
}

} // namespace weyl
