// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces by name on which a group of rotations acts.

#include <optional>
#include <string>

#include "weyl/fem/revolution.hpp"

namespace weyl {

/// The space of an expression under SO(k), the rotations of k coordinates, which move it along spheres S^(k−1):
/// sphere:D, hemisphere:D, ball:D,R for k = D; disk:R, annulus:r,R, ellipsoid:a,a,c, revolution-torus:R,r for k = 2.
/// None for others.
/// \throws InputError if the parameters are not positive numbers as `make_space` wants them.
std::optional<Revolution> revolution_space(const std::string& expression, int k);

/// k of "SO:k"; none for other expressions. \throws InputError unless 2 ≤ k ≤ 100.
std::optional<int> rotations(const std::string& group);

} // namespace weyl
