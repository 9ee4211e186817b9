// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/slice.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/search.hpp"

namespace weyl {

SliceProblem::SliceProblem(const EigenvalueCounter& counter)
    : pencil(counter.pencil()), analysis(counter.shared_analysis()), lower(counter.shared_lower()),
      ordered(reordered(pencil, *analysis)), scale(spectral_scale(pencil)) {}

namespace {

/// Solves the two halves of a slice that is too wide for one factorization to be accurate at its ends, cut at the
/// widest gap near the middle of its eigenvalues. `spent` is what was done in vain.
SlicePairs in_halves(const SliceProblem& problem, const Slice& slice, const Eigen::VectorXd& values,
                     const SliceOptions& options, const SlicePairs& spent) {
  Eigen::Index cut = slice.count / 2;
  for (Eigen::Index k = slice.count / 4 + 1; k < slice.count - slice.count / 4; ++k) {
    cut = values[k] - values[k - 1] > values[cut] - values[cut - 1] ? k : cut;
  }
  const double middle = (values[cut - 1] + values[cut]) / 2;
  SlicePairs low = solve_slice(problem, {slice.low, middle, slice.first, cut}, options);
  SlicePairs high = solve_slice(problem, {middle, slice.high, slice.first + cut, slice.count - cut}, options);
  Found both =
      merged({std::move(low.values), std::move(low.residuals), std::move(low.vectors)},
             {std::move(high.values), std::move(high.residuals), std::move(high.vectors)}, slice, options.threads);
  return {.values = std::move(both.values),
          .residuals = std::move(both.residuals),
          .vectors = std::move(both.vectors),
          .solves = spent.solves + low.solves + high.solves,
          .recovered = spent.recovered + low.recovered + high.recovered};
}

} // namespace

SlicePairs solve_slice(const SliceProblem& problem, const Slice& slice, const SliceOptions& options) {
  // Near the middle, but not in it, so that no symmetry of the slice puts the shift on an eigenvalue; later near the
  // ends, for a slice whose eigenvalues all lie at one end because its cut runs through a cluster: from the middle they
  // look alike to Lanczos.
  constexpr std::array places{0.49, 0.473, 0.91, 0.09, 0.456, 0.97, 0.03, 0.439};
  constexpr int shifts = places.size();
  const auto shift = [&](int trial) {
    return slice.low + places[static_cast<std::size_t>(trial)] * (slice.high - slice.low);
  };
  Found found;
  SlicePairs result;
  Search search(problem, slice, shift(0), options);
  for (int trial = 0; trial < shifts && found.values.size() < slice.count; ++trial) {
    if (trial > 0) {
      search.move(shift(trial));
    }
    if (!search.accurate() && trial + 1 < shifts) {
      continue;
    }
    result.recovered += search.complete(found);
  }
  if (found.values.size() != slice.count) {
    throw NumericalError(fmt::format("inertia counts {} eigenvalues in ({:.10g}, {:.10g}], but Lanczos found {}",
                                     slice.count, slice.low, slice.high, found.values.size()));
  }
  result.solves = search.solves;
  if (!(found.residuals.maxCoeff() <= options.tolerance) && slice.count / 2 >= Block::widest) {
    return in_halves(problem, slice, found.values, options, result);
  }
  result.values = std::move(found.values);
  result.residuals = std::move(found.residuals);
  result.vectors = std::move(found.vectors);
  return result;
}

} // namespace weyl
