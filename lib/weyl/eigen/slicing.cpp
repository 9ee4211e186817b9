// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/slicing.hpp"

#include <algorithm>
#include <cmath>

namespace weyl {

namespace {

/// What has been counted, ascending in λ; no λ is an eigenvalue to rounding.
class Staircase {
public:
  explicit Staircase(const EigenvalueCounter& counter) : counter_(counter) {}

  /// Counts at these λ; one that is an eigenvalue is moved up a little, beyond its multiplet.
  void count(const std::vector<double>& lambdas) {
    for (const EigenvalueCount& result : counter_.at(lambdas)) {
      EigenvalueCount step = result;
      for (double away = 4; step.at_eigenvalue; away *= 16) {
        step = counter_.at(result.lambda + away * counter_.rounding(result.lambda));
      }
      steps_.push_back(step);
    }
    std::ranges::sort(steps_, {}, &EigenvalueCount::lambda);
  }

  [[nodiscard]] const std::vector<EigenvalueCount>& steps() const { return steps_; }

  /// The first step with N ≥ target; the one past the last if there is none.
  [[nodiscard]] std::size_t reaching(std::int64_t target) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(steps_, target, {}, &EigenvalueCount::count) -
                                    steps_.begin());
  }

  /// A λ where N should be `target`: between two steps N is taken for a power of λ, below the first positive one and
  /// beyond the last for the power 1 (a surface).
  [[nodiscard]] double guess(double target) const {
    const std::size_t above = std::min(reaching(static_cast<std::int64_t>(std::ceil(target))), steps_.size() - 1);
    const EigenvalueCount& high = steps_[above];
    const auto high_count = static_cast<double>(std::max<std::int64_t>(high.count, 1));
    if (above == 0 || high.count <= target) {
      return high.lambda * target / high_count;
    }
    const EigenvalueCount& low = steps_[above - 1];
    if (low.lambda <= 0 || low.count <= 0) {
      const double start = std::max(low.lambda, 0.0);
      return start + (high.lambda - start) * target / high_count;
    }
    const auto low_count = static_cast<double>(low.count);
    const double inverse_power = std::log(high.lambda / low.lambda) / std::log(high_count / low_count);
    return low.lambda * std::exp(inverse_power * std::log(target / low_count));
  }

private:
  const EigenvalueCounter& counter_;
  std::vector<EigenvalueCount> steps_;
};

/// Neighbours put together as long as they hold little more than `size`: the search leaves steps that are no good cuts.
std::vector<Slice> joined(const std::vector<Slice>& slices, std::int64_t size) {
  std::vector<Slice> result;
  for (const Slice& slice : slices) {
    if (!result.empty() && 4 * (result.back().count + slice.count) <= 5 * size) {
      result.back().high = slice.high;
      result.back().count += slice.count;
    } else {
      result.push_back(slice);
    }
  }
  return result;
}

/// Slices between the steps `low` and `high`, those with more than 1.4·size eigenvalues split again.
std::vector<Slice> slices_between(Staircase& stairs, double low, double high, std::int64_t size) {
  constexpr int rounds = 6;
  for (int round = 0;; ++round) {
    std::vector<Slice> slices;
    std::vector<double> cuts;
    for (std::size_t i = 1; i < stairs.steps().size(); ++i) {
      const EigenvalueCount& below = stairs.steps()[i - 1];
      const EigenvalueCount& above = stairs.steps()[i];
      const std::int64_t inside = above.count - below.count;
      if (below.lambda < low || above.lambda > high || inside == 0) {
        continue;
      }
      slices.push_back({below.lambda, above.lambda, below.count, inside});
      const auto parts = (inside + size - 1) / size;
      if (round < rounds && 5 * inside > 7 * size && above.lambda - below.lambda > 1e-5 * std::abs(above.lambda)) {
        for (std::int64_t part = 1; part < parts; ++part) {
          const double share = static_cast<double>(part) / static_cast<double>(parts);
          const double target = static_cast<double>(below.count) + share * static_cast<double>(inside);
          // A multiplet defeats interpolation: then halve.
          cuts.push_back(round < rounds / 2 ? stairs.guess(target)
                                            : below.lambda + share * (above.lambda - below.lambda));
        }
      }
    }
    if (cuts.empty()) {
      return joined(slices, size);
    }
    stairs.count(cuts);
  }
}

} // namespace

double expected_eigenvalue(const Pencil& pencil, double count) {
  const int dimension = std::max(2, pencil.dimension);
  const double factor = dimension == 2 ? 1.8 : 1.0;
  return factor * spectral_scale(pencil) * std::pow(count, 2.0 / dimension);
}

std::vector<Slice> slices_for_count(const EigenvalueCounter& counter, std::int64_t count, std::int64_t size) {
  const double scale = spectral_scale(counter.pencil());
  const std::int64_t slack = std::max<std::int64_t>(16, count / 16);
  const double target = static_cast<double>(count) + 0.4 * static_cast<double>(slack);
  Staircase stairs(counter);
  // Nothing is below −s (K is semidefinite; if it is not, go down).
  stairs.count({-scale, expected_eigenvalue(counter.pencil(), target)});
  while (stairs.steps().front().count > 0) {
    stairs.count({8 * std::min(stairs.steps().front().lambda, -scale)});
  }
  while (stairs.steps().back().count < count) {
    const EigenvalueCount& last = stairs.steps().back();
    const double power_law = stairs.guess(target);
    stairs.count({std::clamp(power_law, 1.01 * last.lambda, 16 * last.lambda)});
  }
  // Then a cut little above the count-th eigenvalue, the cuts below it at once. The longer the search the more
  // eigenvalues too many are accepted: a count costs as much as some pairs, and a tight cluster is better not cut.
  const auto parts = std::max<std::int64_t>(1, (count + size - 1) / size);
  for (int step = 0;; ++step) {
    const std::size_t above = stairs.reaching(count);
    const EigenvalueCount high = stairs.steps()[above];
    const double low = stairs.steps()[above - 1].lambda;
    const double width = high.lambda - low;
    if (high.count <= count + slack * (1 + step) || width <= 1e-7 * high.lambda) {
      return slices_between(stairs, stairs.steps().front().lambda, high.lambda, size);
    }
    const double guess = step % 3 == 2 ? low + width / 2 : stairs.guess(target);
    std::vector<double> lambdas{std::clamp(guess, low + 0.01 * width, high.lambda - 0.01 * width)};
    for (std::int64_t part = 1; step == 0 && part < parts; ++part) {
      lambdas.push_back(stairs.guess(target * static_cast<double>(part) / static_cast<double>(parts)));
    }
    stairs.count(lambdas);
  }
}

std::vector<Slice> slices_for_interval(const EigenvalueCounter& counter, double a, double b, std::int64_t size) {
  const double scale = spectral_scale(counter.pencil());
  const double margin = 0.02 * std::max(b - a, 1e-4 * std::max({std::abs(a), std::abs(b), scale}));
  Staircase stairs(counter);
  stairs.count({a - margin, b + margin});
  return slices_between(stairs, stairs.steps().front().lambda, stairs.steps().back().lambda, size);
}

} // namespace weyl
