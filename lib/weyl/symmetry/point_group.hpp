// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Finite groups of rotations and reflections of R^3 by their Schoenflies symbols.

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

} // namespace weyl
