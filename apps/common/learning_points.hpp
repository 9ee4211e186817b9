// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// M and M/G for learning from a sample of points, and labels on it.

#include <string>
#include <vector>

#include "common/learning_spaces.hpp"
#include "common/points.hpp"
#include "weyl/learning/kernel.hpp"
#include "weyl/report/label_report.hpp"

namespace weyl::tool {

/// Eigenfunctions of a sample's pencil.
struct SampleModes {
  Eigen::VectorXd eigenvalues;
  Eigen::MatrixXd functions; ///< on the chosen points, of mean square 1 for the estimated volume
};

/// A sample, its quotient, and their modes.
struct SampledPair {
  PointCloud cloud;
  AmbientGroup group;
  Sample manifold;
  Sample quotient;
  SampleModes manifold_modes;
  SampleModes quotient_modes;
};

/// Reads SPACE and measures it with and without `--group`. Both pencils are of the same points and the same kind.
SampledPair sampled_pair(const CLI::App& app, const SpaceOptions& options, const PointOptions& points,
                         const Output& output);

/// Both spaces as learning sees them: the modes that the sample resolves, or the first 20 where those are fewer (said
/// among the warnings), with the volumes estimated.
LearningSpaces learning_spaces(const SampledPair& pair, std::vector<std::string>& warnings);

/// How labels are learned.
struct LabelOptions {
  std::string file = {};            ///< `read_labels`
  std::vector<double> samples = {}; ///< n of the curve
  std::optional<double> ridge = {}; ///< of K + δI; none: the best at each n
  int trials = 0;                   ///< of a validation; 0: none
};

/// Target, noise and violation from a quarter of the labels; the curve predicted from them, and measured on the others.
LabelReport study_labels(const SampledPair& pair, const SpaceOptions& options, const Kernel& kernel,
                         const LabelOptions& labels, const Output& output);

} // namespace weyl::tool
