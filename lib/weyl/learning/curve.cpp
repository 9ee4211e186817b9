// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/curve.hpp"

namespace weyl {

std::vector<CurvePoint> learning_curve(const Learner& learner, const CurveOptions& options) {
  std::vector<CurvePoint> curve;
  for (const double n : options.samples) {
    CurvePoint& point = curve.emplace_back();
    point.risk = options.ridge ? risk(learner, n, *options.ridge) : optimal_risk(learner, n);
    point.lower_bound = lower_bound(learner, n);
    if (options.target) {
      point.upper_bound = upper_bound(learner, *options.target, n, options.ridge);
      point.minimax = minimax_risk(learner.kernel, *options.target, learner.noise, n) + learner.violation;
    }
    if (options.largest_diagonal && learner.violation == 0) {
      point.guaranteed_bound = guaranteed_bound(learner, *options.largest_diagonal, n, options.ridge);
    }
  }
  return curve;
}

std::vector<Gain> gains(const Learner& manifold, const Learner& quotient, std::span<const double> risks) {
  std::vector<Gain> result;
  for (const double risk : risks) {
    result.push_back({risk, samples_for(manifold, risk), samples_for(quotient, risk)});
  }
  return result;
}

} // namespace weyl
