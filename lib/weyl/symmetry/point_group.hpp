// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Finite groups of rotations and reflections of R^3 by their Schoenflies symbols.

#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/symmetry/group.hpp"

namespace weyl {

/// The Schoenflies symbol of a finite group of orthogonal 3 × 3 matrices, from the number of rotations, their largest
/// order, and the number of mirrors (matrices of determinant −1 and trace 1). Cost: O(|G|).
std::string schoenflies(const Group& group);

/// True if `symbol` is a Schoenflies symbol that `point_group` knows.
bool is_point_group(const std::string& symbol);

/// Generators of the point group of a Schoenflies symbol: C1 Cs Ci Cn Cnv Cnh Dn Dnh Dnd Sn (n even) T Td Th O Oh I Ih,
/// `antipodal` = Ci. The main axis is `axis`; mirrors of Cnv, Dnh contain `second` and twofold axes of Dn, Dnh, Dnd
/// lie along it (made orthogonal to `axis`). Cubic groups have their fourfold (T: twofold) axes along z = `axis` and x
/// = `second`; I has twofold axes there, and a fivefold one along (0, 1, φ), φ the golden ratio. \throws InputError for
/// a symbol that is none, or directions that are parallel or zero.
std::vector<Eigen::Matrix3d> point_group(const std::string& symbol, const Eigen::Vector3d& axis = {0, 0, 1},
                                         const Eigen::Vector3d& second = {1, 0, 0});

/// `second`, or another direction if it is parallel to the axis.
Eigen::Vector3d across(const Eigen::Vector3d& axis, const Eigen::Vector3d& second);

/// The group that orthogonal 3 × 3 matrices generate, with its table and `matrices`, named by `schoenflies`. It acts on
/// nothing: no permutations. \throws InputError with `place` if a matrix is not orthogonal to 1e-9 or there would be
/// more than `largest_group` elements. Cost: |G|²·(number of generators).
Group matrix_group(std::span<const Eigen::Matrix3d> generators, const std::string& place);

/// "a rotation of order 5", "a mirror", "the inversion", "a rotation-reflection of order 6" of an element, as far as a
/// matrix tells; "an element of order 5" where there is none.
std::string describe_element(const Group& group, int g);

} // namespace weyl
