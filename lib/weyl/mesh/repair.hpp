// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// From a polygon soup to an oriented manifold surface.

#include "weyl/mesh/soup.hpp"

namespace weyl {

/// What is mended.
struct RepairOptions {
  /// Also remove needles (longest edge over 1000 times the shortest) and caps (an angle over 179°) by collapsing and
  /// flipping edges. This moves the surface slightly.
  bool remove_slivers = false;
};

/// Makes a manifold, consistently oriented triangle mesh of a soup's polygons, by CGAL's Polygon_mesh_processing.
///
/// In this order: points with equal coordinates are merged; polygons that occur twice or have fewer than three distinct
/// corners are removed; points that no polygon uses are dropped; polygons are turned to agree with their neighbours,
/// and where that is impossible (edges of more than two polygons, vertices of more than one fan, non-orientable
/// surfaces) the surface is cut by duplicating points; polygons are triangulated; triangles without area are removed
/// where the topology allows; borders that coincide are stitched; closed surfaces are turned to face outward. Every
/// step that changed something is said in a warning with its count.
///
/// Holes are not filled and self-intersections stay. Duplicated vertices coincide in space but are not glued: a
/// non-orientable surface comes out cut open, so do not repair one whose spectrum is wanted.
///
/// \throws InputError if the soup holds tetrahedra or nothing is left of it; NumericalError if CGAL gives up.
/// Cost: O(n log n).
CheckedMesh repair(Soup soup, const RepairOptions& options = {});

} // namespace weyl
