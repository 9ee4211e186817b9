// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A finite group as a value.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace weyl {

/// The image of every point 0 … n−1.
using Permutation = std::vector<int>;

/// A finite group: its multiplication table and, where it acts on something, how. Elements are numbered from 0, the
/// identity.
struct Group {
  std::string name = {};                      ///< Schoenflies symbol of a point group, or the structure
  std::vector<std::uint16_t> table = {0};     ///< order × order, row-major: table[g][h] = g·h, h acting first
  std::vector<int> inverse = {0};             ///< per element
  std::vector<int> generators = {};           ///< elements that generate the group; none for the trivial group
  std::vector<Permutation> permutations = {}; ///< per element, of the points it acts on; none for an abstract group
  std::vector<Eigen::MatrixXd> matrices = {}; ///< per element, orthogonal, about the centre; none where not known

  [[nodiscard]] int order() const { return static_cast<int>(inverse.size()); } ///< number of elements
  /// g·h: h first.
  [[nodiscard]] int times(int g, int h) const { return table[static_cast<std::size_t>(g) * inverse.size() + h]; }
};

/// The largest order of a group: a table of 50 MB.
inline constexpr int largest_group = 5000;

/// The group that permutations of the same n points generate (Dimino's algorithm; Butler, Fundamental Algorithms for
/// Permutation Groups, ch. 2), and its table. `place` is for messages.
/// \throws InputError if one is not a permutation, or the order would exceed `largest_group`.
/// Cost: |G| compositions of n points, and |G|² look-ups.
Group generate(std::span<const Permutation> generators, std::size_t points, const std::string& place = "the group");

/// The group of a multiplication table (order × order, row-major), which is checked: a Latin square, associative, 0
/// neutral. \throws InputError. Cost: |G|²·(number of generators).
Group from_table(std::vector<std::uint16_t> table);

/// The elements that `seeds` generate, ascending. Cost: |H|·(number of generators).
std::vector<int> closure(const Group& group, std::span<const int> seeds);

/// A subgroup as a group of its own, with the permutations and matrices of its elements. `members` ascend, as
/// `closure` gives them.
Group subgroup(const Group& group, std::span<const int> members);

/// Classes of conjugate elements, each ascending; the class of the identity first. Cost: |G|·(number of generators).
std::vector<std::vector<int>> conjugacy_classes(const Group& group);

/// The smallest k > 0 with gᵏ = 1. Cost: k.
int element_order(const Group& group, int g);

/// That of every element.
std::vector<int> element_orders(const Group& group);

/// What can be said of a group from its table: "Z12", "Z2xZ4" (abelian), "Dih5" (dihedral), else "order 512".
std::string structure(const Group& group);

} // namespace weyl
