// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Surfaces that a group of three involutions glues from copies of one triangle.

#include <array>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl {

/// One triangle per element g, its side i glued to side i of the triangle g·s_i; corner i lies opposite side i. The
/// group acts by left multiplication, freely on triangles, each reflection fixing sides. Given by edge lengths alone:
/// `sides[i]` is the length of side i. Corner i has the total angle |⟨s_j, s_k⟩| times the triangle's angle there.
/// \param involutions  three elements of order 2 that generate the group
/// \throws InputError if they are not, if sides violate the triangle inequality, or if two sides would have the same
/// ends
///   (some ⟨s_i, s_j⟩ ∩ ⟨s_i, s_k⟩ is larger than ⟨s_i⟩). Cost: O(|G|).
Mesh cayley_surface(const Group& group, const std::array<int, 3>& involutions, const std::array<double, 3>& sides);

/// The surface of 168 triangles on which PSL(3, 2) acts. Its subgroups of order 24 that fix a point or a line of the
/// Fano plane are almost conjugate, so that the two quotients by them, seven triangles each, have the same spectrum
/// (Sunada 1985); for right isosceles triangles they are the drums of Gordon, Webb & Wolpert (1992), with the
/// involutions of Buser, Conway, Doyle & Semmler (1994). For three different sides they are not isometric.
Mesh sunada_surface(const std::array<double, 3>& sides = {1, 1.2, 1.5});

} // namespace weyl
