// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How the cells of a mesh are glued: facets, boundary, components, orientation.

#include <cstdint>
#include <span>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// A facet (vertex, edge, triangle for d = 1, 2, 3) and the cells that have it.
struct Facets {
  int corners = 0;                     ///< d vertices a facet
  std::vector<int> vertices;           ///< facet_count × corners, ascending within a facet
  std::vector<std::size_t> first_side; ///< sides of facet f: sides[first_side[f] .. first_side[f+1])
  std::vector<std::size_t> sides;      ///< a side (c, i): facet opposite corner i of cell c, as c·(d+1) + i

  [[nodiscard]] std::size_t count() const {
    return first_side.empty() ? 0 : first_side.size() - 1;
  } ///< of different facets
  /// Its vertices, ascending.
  [[nodiscard]] std::span<const int> facet(std::size_t f) const {
    return {vertices.data() + f * static_cast<std::size_t>(corners), static_cast<std::size_t>(corners)};
  }
  /// Number of cells that have facet `f`: 1 on the boundary, 2 inside, more where the mesh is not a manifold.
  [[nodiscard]] std::size_t valence(std::size_t f) const { return first_side[f + 1] - first_side[f]; }
};

/// All facets, identified by their vertices. Cost: O(n) time and memory.
Facets facets(const Mesh& mesh);

/// What a description of a mesh prints.
struct Topology {
  std::int64_t edges = 0;                ///< of all cells, each once
  std::int64_t faces = 0;                ///< triangles (of tetrahedra: all of them)
  std::int64_t euler_characteristic = 0; ///< V − E (+ F − T)
  int components = 0;                    ///< connected through shared vertices
  std::int64_t boundary_facets = 0;      ///< facets of exactly one cell
  int boundary_components = 0;           ///< of the boundary, connected through shared vertices ("loops" for surfaces)
  std::int64_t nonmanifold_facets = 0;   ///< facets of more than two cells
  std::int64_t inconsistent_facets = 0;  ///< shared by two cells whose given orientations disagree across it
  bool orientable = true;                ///< the cells can be turned so that none disagree (across facets of two cells)
  double boundary_volume = 0;            ///< number of points, length, area for d = 1, 2, 3

  std::vector<char> on_boundary; ///< per vertex: lies in a boundary facet
};

/// Topology from the cells alone; `boundary_volume` from the metric. Cost: O(n).
Topology topology(const Mesh& mesh);

} // namespace weyl
