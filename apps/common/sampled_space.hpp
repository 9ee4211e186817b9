// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A space of the command line as one that points can be drawn from.

#include <vector>

#include "common/learning_spaces.hpp"
#include "weyl/learning/feature_space.hpp"

namespace weyl::tool {

/// M with its eigenfunctions, and isometries that generate the group, or a dense subgroup of it.
struct SampledSpace {
  FeatureSpace space;
  std::vector<Motion> generators;
};

/// The functions up to the eigenvalue `cutoff`, which should lie between two eigenvalues.
/// \throws InputError for what is neither a sphere, a torus nor a mesh with linear elements and consistent mass, for
/// Dirichlet conditions on walls, and for a group that has no matrices here.
SampledSpace sampled_space(const LearningSpaces& spaces, const SpaceOptions& options, double cutoff);

} // namespace weyl::tool
