// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A risk that was measured.

namespace weyl {

/// A mean over trials and its standard error.
struct TrialMean {
  double value = 0;          ///< the mean
  double standard_error = 0; ///< of it
};

/// The excess risk E‖f̂ − f‖², as real regressions had it.
struct SimulatedRisk {
  TrialMean risk = {};     ///< bias + variance
  TrialMean bias = {};     ///< without noise
  TrialMean variance = {}; ///< what the noise adds
};

} // namespace weyl
