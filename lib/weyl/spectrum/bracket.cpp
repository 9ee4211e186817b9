// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/bracket.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "weyl/eigen/eigenpairs.hpp"

namespace weyl {

namespace {

/// How far a λ is moved when nothing can be proved at it, relative.
constexpr std::array<double, 5> nudges{0, 1e-12, 1e-10, 1e-8, 1e-6};

/// How far from a computed eigenvalue its proof is tried, relative to it: brackets are wider than the first of these.
constexpr std::array<double, 5> margins{1e-8, 1e-7, 1e-6, 1e-5, 1e-4};

/// K and M of a form K − λM that is linear up to some λ.
Pencil pencil(const std::function<EnclosedMatrix(double)>& form, double lambda) {
  const SparseMatrix stiffness = form(0).matrix;
  const SparseMatrix mass = (stiffness - form(lambda).matrix) / lambda;
  return {stiffness, mass};
}

std::vector<double> smallest(const Pencil& pencil, std::int64_t count, int threads) {
  if (pencil.size() == 0) {
    return {};
  }
  const Eigen::VectorXd values = eigenpairs(pencil, {.count = std::min<std::int64_t>(count, pencil.size()),
                                                     .vectors = false,
                                                     .tolerance = 1e-5, // they say where to look, not what is true
                                                     .threads = threads})
                                     .values;
  return {values.begin(), values.end()};
}

} // namespace

BracketCounter::BracketCounter(BracketingForms forms, int threads)
    : forms_(std::move(forms)), lower_(forms_.lower(0).matrix, threads), upper_(forms_.upper(0).matrix, threads),
      threads_(threads) {}

std::int64_t BracketCounter::at_least(double lambda) {
  for (const double nudge : nudges) {
    if (const auto count = lower_.at_least(forms_.lower(lambda * (1 - nudge)))) {
      return *count;
    }
  }
  return 0;
}

std::optional<std::int64_t> BracketCounter::at_most(double lambda) {
  for (const double nudge : nudges) {
    const double outside = lambda * (1 + nudge);
    if (!(outside <= forms_.highest)) {
      return std::nullopt;
    }
    if (const auto count = upper_.at_most(forms_.upper(outside))) {
      return count;
    }
  }
  return std::nullopt;
}

CountBracket BracketCounter::at(double lambda) { return {.lower = at_least(lambda), .upper = at_most(lambda)}; }

std::vector<double> BracketCounter::conforming_eigenvalues(std::int64_t count) const {
  return smallest(pencil(forms_.lower, forms_.highest), count, threads_);
}

/// Fixed points ν_k(λ) = λ, ν_k(λ) the eigenvalues of the pencil (K, M̃_λ), by a secant through two values of λ.
std::vector<double> BracketCounter::nonconforming_eigenvalues(std::int64_t count, double top) const {
  const double b = std::min(top, forms_.highest);
  const double a = b / 8;
  std::vector<double> at_a = smallest(pencil(forms_.upper, a), count, threads_);
  const std::vector<double> at_b = smallest(pencil(forms_.upper, b), count, threads_);
  for (std::size_t k = 0; k < at_a.size(); ++k) {
    const double slope = (at_b[k] - at_a[k]) / (b - a);
    at_a[k] = (at_a[k] - slope * a) / (1 - slope);
  }
  return at_a;
}

std::vector<EigenvalueBracket> BracketCounter::eigenvalues(std::int64_t count) {
  std::vector<EigenvalueBracket> result(static_cast<std::size_t>(count));
  const std::vector<double> above = conforming_eigenvalues(count);
  const double scale = static_cast<std::int64_t>(above.size()) == count ? std::ranges::max(above) : forms_.highest;
  for (std::size_t k = 0; k < above.size(); ++k) {
    const auto proves = [&](double lambda) { return at_least(lambda) > static_cast<std::int64_t>(k); };
    if (k + 1 < above.size() && above[k + 1] <= above[k] * (1 + margins[0])) {
      continue; // proved together with the next one
    }
    for (const double margin : margins) {
      const double lambda = above[k] + margin * std::max(above[k], 1e-3 * scale);
      if (proves(lambda)) {
        for (std::size_t j = 0; j <= k; ++j) {
          result[j].upper = std::min(result[j].upper.value_or(lambda), lambda);
        }
        break;
      }
    }
  }
  const std::vector<double> below = nonconforming_eigenvalues(count, scale);
  const auto learn = [&](double lambda) { // λ_k ≥ λ for every k ≥ N(λ)
    const auto most = at_most(lambda);
    for (auto k = static_cast<std::size_t>(most.value_or(count)); k < result.size(); ++k) {
      result[k].lower = std::max(result[k].lower, lambda);
    }
  };
  for (std::size_t k = 0; k < below.size(); ++k) {
    for (const double margin : margins) {
      const double lambda = std::min(below[k], forms_.highest) * (1 - margin);
      if (lambda <= 1e-9 * scale || result[k].lower >= lambda) {
        break;
      }
      learn(lambda);
    }
  }
  return result;
}

} // namespace weyl
