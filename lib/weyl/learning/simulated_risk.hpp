// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A risk that was measured.

#include <cmath>

#include <Eigen/Core>

namespace weyl {

/// A mean over trials and its standard error.
struct TrialMean {
  double value = 0;          ///< the mean
  double standard_error = 0; ///< of it
};

/// Of one value a trial.
inline TrialMean mean_of(const Eigen::ArrayXd& x) {
  const auto n = static_cast<double>(x.size());
  return {x.mean(), x.size() > 1 ? std::sqrt((x - x.mean()).square().sum() / (n * (n - 1))) : 0.0};
}

/// The excess risk E‖f̂ − f‖², as real regressions had it.
struct SimulatedRisk {
  TrialMean risk = {};     ///< bias + variance
  TrialMean bias = {};     ///< without noise
  TrialMean variance = {}; ///< what the noise adds
};

} // namespace weyl
