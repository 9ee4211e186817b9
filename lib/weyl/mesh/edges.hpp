// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Which edges of a mesh's cells are the same edge.

#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Number of the edge between corners i and j of a simplex in `simplex_edges`.
constexpr int simplex_edge(int i, int j) {
  const int low = i < j ? i : j;
  const int high = i < j ? j : i;
  return low + high * (high - 1) / 2;
}

/// The edges of a mesh, numbered.
struct EdgeNumbers {
  int count = 0;            ///< number of edges
  std::vector<int> of_cell; ///< cell_count × d(d+1)/2 edge numbers, in the order of `simplex_edges`
};

/// Numbers the edges of a mesh, ascending by their lower vertex, then by their higher one.
///
/// In an embedded mesh of dimension 2 or 3 the edges with the same two ends are one edge. In an intrinsic mesh they are
/// one edge if their lengths also agree to a relative 1e-9: two edges with the same ends *and* the same length cannot
/// be told apart and count as one. In dimension 1 every cell is an edge of its own.
/// \throws NumericalError if there are more than 2^31 − 1 edges. Cost: O(n), but O(m log m) for m edges at one vertex.
EdgeNumbers number_edges(const Mesh& mesh);

} // namespace weyl
