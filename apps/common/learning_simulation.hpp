// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Real regressions beside the predictions of a learning report.

#include <string>

#include "common/learning_spaces.hpp"
#include "weyl/learning/risk.hpp"
#include "weyl/report/learning_report.hpp"

namespace weyl::tool {

/// What was predicted, and is to be measured.
struct SimulationTask {
  const LearningSpaces& spaces;
  const Learner& plain;
  const Learner& invariant;
  const Kernel& kernel;
  const Target& target;
  std::string vertex_file = {}; ///< where the target is given by its values; else its directions are drawn
  int trials = 0;
};

/// Adds to every point of both curves what it may cost that samples miss a part of the space. For meshes, with linear
/// elements and their eigenvectors. Cost: functions at 4096 points, twice.
void add_missed_risks(LearningReport& report, const SpaceOptions& options, const SimulationTask& task);

/// Adds to every point of both curves the same and the mean risk of `trials` regressions at the point's ridge, and
/// Spec-Avg to those of M/G. Kernel and target beyond the functions held act like a ridge and like noise (said where it
/// matters). \throws InputError for a space that cannot be sampled here (spheres, tori, lattices, circles and meshes
/// with linear elements can), or for too many samples.
void add_simulation(LearningReport& report, const CLI::App& app, const SpaceOptions& options,
                    const SimulationTask& task, const Output& output);

} // namespace weyl::tool
