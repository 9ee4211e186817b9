// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The heat trace of a list that ends, and regressions on it (internal).

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/error.hpp"

namespace weyl::truncated_heat {

/// F(t) = t ∫_0^Λ N(λ) e^{−tλ} dλ = Σ_{λ_k < Λ} (e^{−tλ_k} − e^{−tΛ}) at several t: a functional of the list below Λ
/// alone, to which t^{−q} of the heat trace contributes t^{−q} P(q+1, tΛ), P the regularized incomplete gamma function.
Eigen::VectorXd values(std::span<const double> eigenvalues, double end, const Eigen::VectorXd& times);

/// t^{−q} P(q+1, tΛ) at several t; t^{−q} for q ≤ −1, where the counting function has no such term.
Eigen::VectorXd term(double q, double end, const Eigen::VectorXd& times);

/// `count` times from start/Λ to 4·start/Λ in geometric progression.
Eigen::VectorXd times(double start, double end, int count = 12);

struct Regression {
  Eigen::VectorXd coefficients; ///< of t^{−q}, in the order of `powers`
  double squares = 0;           ///< of the residuals of F t^{`weight`}
};

/// Least squares of F on the terms t^{−q}, q ∈ powers, with weight t^weight.
Regression regress(const Eigen::VectorXd& values, double end, const Eigen::VectorXd& times,
                   const std::vector<double>& powers, double weight);

/// The choice of a window and a number of terms by stability. `estimate(end, start, terms)` is one regression.
struct Stable {
  Eigen::VectorXd value;
  Eigen::VectorXd doubt; ///< how far the estimate moves: with one term more + a neighbouring window + ¾ of the list
  int terms = 0;
  double start = 0;
};

/// Runs through all starts and numbers of terms 0 … terms−1 (terms itself serves as the neighbour of the last) and
/// keeps the one whose first entry has the least relative doubt.
/// \throws InputError if there is none with a finite one.
template <class Function>
Stable most_stable(const Function& estimate, double end, const std::vector<double>& starts, int terms) {
  const auto table = [&](double top) {
    std::vector<std::vector<Eigen::VectorXd>> result(static_cast<std::size_t>(terms) + 1);
    for (int m = 0; m <= terms; ++m) {
      for (const double start : starts) {
        result[static_cast<std::size_t>(m)].push_back(estimate(top, start, m));
      }
    }
    return result;
  };
  const auto whole = table(end);
  const auto part = table(0.75 * end);
  Stable best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < static_cast<std::size_t>(terms); ++m) {
    for (std::size_t i = 1; i + 1 < starts.size(); ++i) {
      const Eigen::VectorXd& value = whole[m][i];
      const Eigen::VectorXd windows =
          (whole[m][i - 1] - value).cwiseAbs().cwiseMax((whole[m][i + 1] - value).cwiseAbs());
      const Eigen::VectorXd doubt = (whole[m + 1][i] - value).cwiseAbs() + windows + (part[m][i] - value).cwiseAbs();
      const double relative = doubt[0] / std::abs(value[0]);
      if (relative < least) {
        least = relative;
        best = {value, doubt, static_cast<int>(m), starts[i]};
      }
    }
  }
  if (best.value.size() == 0) {
    throw InputError("the heat fit", "needs eigenvalues that are not all alike, and none beyond 1e100 or below 1e-100");
  }
  return best;
}

} // namespace weyl::truncated_heat
