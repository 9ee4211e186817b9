// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// M/H for every subgroup H of G, one of each class of conjugates.

#include <string>
#include <vector>

#include "common/learning_spaces.hpp"

namespace weyl::tool {

struct SubgroupModes {
  std::string name;
  int order = 1;
  Modes modes = {};
  Group group = {}; ///< as it acts on the mesh; without permutations where there is none
};

/// On a mesh from one computation of all isotypic blocks: each eigenvalue of type ρ is one of M/H as often as ρ has
/// H-invariant vectors (Frobenius reciprocity). On `sphere:2` by a point group from the exact spectra.
/// \throws InputError for other spaces, whose groups are not listed.
std::vector<SubgroupModes> subgroup_modes(const LearningSpaces& spaces, const SpaceOptions& options);

} // namespace weyl::tool
