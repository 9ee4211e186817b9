// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What a mesh file holds before it is judged, and the judgement.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Points and cells as a file lists them: readers fill it, `to_mesh` judges it. Readers guarantee only that
/// coordinates are finite and indices are in range (they report the offending line otherwise).
struct Soup {
  std::string source;                    ///< file name, for messages
  std::vector<double> points;            ///< point_count × 3, row-major
  std::vector<int> segments;             ///< segment_count × 2
  std::vector<int> polygon_corners;      ///< corners of all polygons, one polygon after the other
  std::vector<std::size_t> polygon_ends; ///< polygon i ends before polygon_corners[polygon_ends[i]]
  std::vector<int> tetrahedra;           ///< tetrahedron_count × 4
  std::vector<std::string> warnings;     ///< what a reader skipped, one line each
  bool merge_points = false;             ///< points that coincide exactly are one vertex (STL)

  [[nodiscard]] std::size_t point_count() const { return points.size() / 3; }     ///< triples of coordinates
  [[nodiscard]] std::size_t polygon_count() const { return polygon_ends.size(); } ///< of any number of corners
  /// Appends a polygon (at least three corners).
  void add_polygon(std::span<const int> corners) {
    polygon_corners.insert(polygon_corners.end(), corners.begin(), corners.end());
    polygon_ends.push_back(polygon_corners.size());
  }
};

/// A mesh together with what was noticed while it was made.
struct CheckedMesh {
  Mesh mesh;                         ///< what is left of the soup
  std::vector<std::string> warnings; ///< one line each, without the file's name
};

/// Judges a soup and makes a mesh of its cells of the highest dimension (tetrahedra, else polygons, else segments).
///
/// Polygons are triangulated as fans from their first corner. Cells that repeat a vertex are dropped; cells without
/// volume are kept in the topology (they carry no metric and add nothing to a pencil); duplicate cells are kept, each
/// as a sheet of its own; points that no cell uses are dropped. Each of these is said in a warning with its count.
/// \throws InputError if there is no cell, if no cell has a positive volume, or if the size of the mesh is so large or
///   small that squared lengths would overflow or underflow.
/// Cost: O(n log n).
CheckedMesh to_mesh(Soup soup);

} // namespace weyl
