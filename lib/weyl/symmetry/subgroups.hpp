// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The subgroups of a finite group up to conjugacy.

#include <string>
#include <vector>

#include "weyl/symmetry/group.hpp"

namespace weyl {

/// A class of conjugate subgroups.
struct SubgroupClass {
  std::string name;         ///< Schoenflies symbol where matrices are known, else the structure
  std::vector<int> members; ///< elements of one of them, ascending
  int conjugates = 1;       ///< how many subgroups the class has
};

/// All classes, by ascending order; the trivial group first, the whole group last. Every subgroup is the join of its
/// cyclic subgroups of prime-power order, so joining these to representatives one by one reaches all of them (the
/// principle of cyclic extension, Neubüser 1960, without its restriction to normalizers: the groups are small).
/// \throws InputError if the group has more than `largest_listed` elements, or more than 20,000 subgroups.
/// Cost: (classes)·(cyclic subgroups)·|G|: milliseconds for I_h (22 classes of 164 subgroups).
std::vector<SubgroupClass> subgroup_classes(const Group& group);

/// The largest order of a group whose subgroups are listed.
inline constexpr int largest_listed = 480;

/// Two subgroups are almost conjugate if every conjugacy class of the group meets both in as many elements; then the
/// quotients of anything that the group acts on have the same spectrum (Sunada 1985).
bool almost_conjugate(const Group& group, const std::vector<int>& first, const std::vector<int>& second);

} // namespace weyl
