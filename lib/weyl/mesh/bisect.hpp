// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Local refinement of triangle meshes by newest-vertex bisection.

#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Turns every triangle so that its longest edge joins its corners 0 and 1: the first edges to be bisected. Orientation
/// is kept.
Mesh longest_edge_first(Mesh mesh);

/// A triangle (a, b, c) is cut from the middle m of its edge ab into (c, a, m) and (b, c, m), whose newest vertex is
/// the last again (Mitchell, ACM Trans. Math. Softw. 15, 1989). Every marked triangle is cut, and others until no
/// vertex lies inside of an edge: where an edge is cut, the triangles that have it are cut from their own edge first.
/// Angles stay bounded below for ever, positions and edge lengths are those of flat triangles, vertices keep their
/// numbers, orientations are kept. Surfaces need not be manifold.
///
/// \param marked  per cell: nonzero to cut it
/// \throws InputError for another dimension than 2, or beyond 2^31 − 1 vertices. Cost: linear in the mesh.
Mesh bisect(const Mesh& mesh, const std::vector<char>& marked);

} // namespace weyl
