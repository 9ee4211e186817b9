// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A group that grows generator by generator (internal).

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "weyl/symmetry/group.hpp"

namespace weyl::symmetry {

/// Permutations closed under composition.
class GrowingGroup {
public:
  GrowingGroup(std::size_t points, std::string place);

  /// Adds a permutation and all products. False if it was there. \throws InputError beyond `largest_group`.
  bool add(Permutation permutation);

  [[nodiscard]] const std::vector<Permutation>& elements() const { return elements_; }

  /// The table. Takes the elements.
  Group finish() &&;

private:
  void append(Permutation permutation);

  std::string place_;
  std::vector<Permutation> elements_;
  std::vector<int> generators_;
  std::unordered_set<std::uint64_t> hashes_; ///< of whole permutations; 64 bits tell 5000 elements apart
};

} // namespace weyl::symmetry
