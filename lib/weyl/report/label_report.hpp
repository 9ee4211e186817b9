// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What labels on a sample of points say, with and without the symmetry.

#include <cstdint>
#include <optional>
#include <vector>

#include "weyl/learning/labelled.hpp"
#include "weyl/points/invariance.hpp"

namespace weyl {

/// Mean square error on a new label, noise included, of one learner at its best ridge.
struct LabelError {
  bool near_interpolation = false;        ///< `Risk::near_interpolation`
  double predicted = 0;                   ///< risk and noise
  std::optional<TrialMean> measured = {}; ///< on labels that were held out
};

/// At one number of samples.
struct LabelPoint {
  double samples = 0;        ///< n
  LabelError plain = {};     ///< the symmetry ignored
  LabelError invariant = {}; ///< the symmetry built in
};

/// What is printed of labels.
struct LabelReport {
  std::int64_t labels = 0;                        ///< on the points that the kernel is made of
  std::int64_t looked_at = 0;                     ///< of which target and noise are estimated; never tested on
  LabelEstimate plain = {};                       ///< with the kernel of M
  LabelEstimate invariant = {};                   ///< with that of M/G
  std::optional<LabelInvariance> invariance = {}; ///< with a group
  std::vector<LabelPoint> curve = {};             ///< ascending
  int trials = 0;                                 ///< regressions a point; 0: none
};

} // namespace weyl
