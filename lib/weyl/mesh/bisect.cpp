// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/bisect.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "weyl/core/error.hpp"
#include "weyl/mesh/edges.hpp"

namespace weyl {

namespace {

/// A triangle while it is cut: corners, the lengths of its edges 01, 02, 12 (of intrinsic meshes), the vertices in the
/// middle of those of its edges that are to be cut, −1 for the others.
struct Piece {
  std::array<int, 3> corner;
  std::array<double, 3> length;
  std::array<int, 3> middle;
};

/// Length of the median to edge 01 (Apollonius).
double median(const std::array<double, 3>& l) {
  return std::sqrt(std::max(0.0, (2 * l[1] * l[1] + 2 * l[2] * l[2] - l[0] * l[0]) / 4));
}

/// Cuts a piece and its children as their marks ask; edge 01 of `piece` is marked if any is.
void cut(const Piece& piece, bool intrinsic, Mesh& result) {
  const auto [corner, l, middle] = piece;
  if (middle[0] < 0) {
    result.cells.insert(result.cells.end(), corner.begin(), corner.end());
    if (intrinsic) {
      result.edge_lengths.insert(result.edge_lengths.end(), l.begin(), l.end());
    }
    return;
  }
  const double half = l[0] / 2;
  const double new_edge = intrinsic ? median(l) : 0;
  // (c, a, m) with edges ca, cm, am; (b, c, m) with edges bc, bm, cm.
  cut({{corner[2], corner[0], middle[0]}, {l[1], new_edge, half}, {middle[1], -1, -1}}, intrinsic, result);
  cut({{corner[1], corner[2], middle[0]}, {l[2], half, new_edge}, {middle[2], -1, -1}}, intrinsic, result);
}

void require_triangles(const Mesh& mesh) {
  if (mesh.dimension != 2) {
    throw InputError("bisection", "is for triangles");
  }
}

} // namespace

Mesh longest_edge_first(Mesh mesh) {
  require_triangles(mesh);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto l2 = edge_lengths_squared(mesh, c);
    const auto first = mesh.cells.begin() + static_cast<std::ptrdiff_t>(3 * c);
    // Edge 12 becomes 01 by (1, 2, 0), edge 02, which is 20, by (2, 0, 1).
    const int turn = l2[0] >= l2[1] && l2[0] >= l2[2] ? 0 : (l2[2] >= l2[1] ? 1 : 2);
    std::rotate(first, first + turn, first + 3);
    if (mesh.is_intrinsic()) {
      const auto l = mesh.edge_lengths.begin() + static_cast<std::ptrdiff_t>(3 * c);
      const std::array<double, 3> old{l[0], l[1], l[2]}; // 01, 02, 12
      const std::array<std::array<std::size_t, 3>, 3> from{{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}}};
      std::ranges::transform(from[static_cast<std::size_t>(turn)], l, [&](std::size_t e) { return old[e]; });
    }
  }
  return mesh;
}

Mesh bisect(const Mesh& mesh, const std::vector<char>& marked) {
  require_triangles(mesh);
  const EdgeNumbers edges = number_edges(mesh);
  std::vector<char> cut_edge(static_cast<std::size_t>(edges.count), 0);
  const auto of = [&](std::size_t c, std::size_t e) -> char& {
    return cut_edge[static_cast<std::size_t>(edges.of_cell[3 * c + e])];
  };
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    of(c, 0) = static_cast<char>(of(c, 0) != 0 || marked[c] != 0);
  }
  for (bool changed = true; changed;) { // closure: no edge of a triangle is cut before its own
    changed = false;
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      if (of(c, 0) == 0 && (of(c, 1) != 0 || of(c, 2) != 0)) {
        of(c, 0) = 1;
        changed = true;
      }
    }
  }

  Mesh result{.dimension = 2,
              .ambient_dimension = mesh.ambient_dimension,
              .vertex_count = mesh.vertex_count,
              .positions = mesh.positions};
  const auto n = static_cast<std::size_t>(mesh.ambient_dimension);
  std::vector<int> middle(cut_edge.size(), -1);
  for (std::size_t slot = 0; slot < edges.of_cell.size(); ++slot) {
    const auto edge = static_cast<std::size_t>(edges.of_cell[slot]);
    if (cut_edge[edge] == 0 || middle[edge] >= 0) {
      continue;
    }
    if (result.vertex_count == std::numeric_limits<int>::max()) {
      throw InputError("bisection", "the mesh would have more than 2^31 - 1 vertices");
    }
    middle[edge] = result.vertex_count++;
    if (!mesh.positions.empty()) {
      const auto a = mesh.position(mesh.cell(slot / 3)[static_cast<std::size_t>(simplex_edges[slot % 3][0])]);
      const auto b = mesh.position(mesh.cell(slot / 3)[static_cast<std::size_t>(simplex_edges[slot % 3][1])]);
      for (std::size_t x = 0; x < n; ++x) {
        result.positions.push_back(a[x] / 2 + b[x] / 2);
      }
    }
  }
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    Piece piece{};
    for (std::size_t i = 0; i < 3; ++i) {
      piece.corner[i] = mesh.cells[3 * c + i];
      piece.middle[i] = middle[static_cast<std::size_t>(edges.of_cell[3 * c + i])];
      piece.length[i] = mesh.is_intrinsic() ? mesh.edge_lengths[3 * c + i] : 0;
    }
    cut(piece, mesh.is_intrinsic(), result);
  }
  return result;
}

} // namespace weyl
