// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Learning curves, and what symmetry saves.

#include <optional>
#include <span>
#include <vector>

#include "weyl/learning/bounds.hpp"
#include "weyl/learning/risk.hpp"
#include "weyl/learning/simulated_risk.hpp"

namespace weyl {

/// Risk and bounds at one number of samples. Bounds that are absent suppose what does not hold here.
struct CurvePoint {
  Risk risk;                                   ///< predicted
  std::optional<double> upper_bound = {};      ///< `upper_bound`: heuristic
  double lower_bound = 0;                      ///< `lower_bound`: guarantee
  std::optional<double> guaranteed_bound = {}; ///< `guaranteed_bound`: guarantee, at its own ridge or at the one given
  std::optional<double> minimax = {};          ///< `minimax_risk`: guarantee for the worst target of the class
  std::optional<SimulatedRisk> simulated = {}; ///< measured, where it was
  std::optional<SimulatedRisk> averaged = {};  ///< of Spec-Avg, measured
};

/// Where a curve is drawn, and what is computed beside the risk.
struct CurveOptions {
  std::vector<double> samples = {};            ///< n, each positive
  std::optional<double> ridge = {};            ///< δ; none: the best at each n
  std::optional<SourceClass> target = {};      ///< for the upper bound and the minimax risk
  std::optional<double> largest_diagonal = {}; ///< sup k(x, x), for the guarantee
};

/// Cost: that of `optimal_risk` and of the bounds per point.
std::vector<CurvePoint> learning_curve(const Learner& learner, const CurveOptions& options);

/// Samples that two learners need for the same risk, each at its best ridge.
struct Gain {
  double risk = 0;             ///< that both learners reach
  double samples_manifold = 0; ///< infinite where it is never reached
  double samples_quotient = 0; ///< samples on M/G

  [[nodiscard]] double ratio() const { return samples_manifold / samples_quotient; } ///< how many times fewer
};

/// At each risk, both learners at their best ridges.
std::vector<Gain> gains(const Learner& manifold, const Learner& quotient, std::span<const double> risks);

} // namespace weyl
