// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces to draw from, and their groups.

#include <vector>

#include "weyl/learning/feature_space.hpp"

namespace weyl::test {

/// The flat torus (R/Z)² as a mesh of 2n² triangles whose vertices are (i/n, j/n), with all eigenfunctions of linear
/// elements: n² of them. The vertex (i, j) has the number i + n·j.
FeatureSpace graph_of_squares(int n);

/// The point of that mesh at a vertex.
Points graph_point(int n, int i, int j);

/// x → −x of that mesh.
Motion graph_inversion(int n);

/// R³ → R³ by an angle in the plane of two coordinates.
Motion rotation(int i, int j, double angle);

/// Generators of the rotations of an icosahedron: twofold about z, threefold about (1, 1, 1), fivefold about (0, 1, φ).
std::vector<Motion> icosahedral_rotations();

} // namespace weyl::test
