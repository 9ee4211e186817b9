// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Which nodes of a mesh's Lagrange elements are the same node.

#include <cstddef>
#include <span>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// The nodes of elements of one order on all cells, numbered: vertices first (node v is vertex v), then those inside
/// edges, faces, cells.
struct NodeNumbers {
  int order = 1;                 ///< p
  int count = 0;                 ///< number of nodes
  int per_cell = 0;              ///< (p+d choose d)
  std::vector<int> of_cell;      ///< cell_count × per_cell, a cell's nodes in the order of `LagrangeElement::indices`
  std::vector<char> on_boundary; ///< per node: lies in a facet of exactly one cell

  /// The nodes of cell c, in the order of the element.
  [[nodiscard]] std::span<const int> cell(std::size_t c) const {
    return {of_cell.data() + c * static_cast<std::size_t>(per_cell), static_cast<std::size_t>(per_cell)};
  }
};

/// Numbers the nodes of order 1 to `largest_order`. Edges are told apart as `number_edges` does, faces of tetrahedra by
/// their vertices; on what cells share, nodes are counted from the lower vertex to the higher ones. \throws InputError
/// for an order above 2 if an edge joins a vertex to itself (refine the mesh), or if there are more
///   than 2^31 − 1 nodes. Cost: linear.
NodeNumbers number_nodes(const Mesh& mesh, int order);

/// Sides (c, i), as c·(d+1) + i, whose facet no other cell has; facets are told apart as in `number_nodes`.
std::vector<std::size_t> boundary_sides(const Mesh& mesh);

} // namespace weyl
