// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/nodes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange.hpp"
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

/// Place of (i_0, i_1, i_2), all positive with the sum p, among such triples.
int triple_number(int order, int i1, int i2) { return (i2 - 1) * (order - 2) - (i2 - 1) * (i2 - 2) / 2 + i1 - 1; }

/// The corners of a cell with a positive index, ascending by their vertices, and their indices.
struct Support {
  std::array<int, 4> corners{};
  std::array<int, 4> index{};
  int size = 0;
};

Support support(const MultiIndex& index, std::span<const int> cell) {
  Support result;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (index[i] > 0) {
      auto at = static_cast<std::size_t>(result.size++);
      for (; at > 0 && cell[static_cast<std::size_t>(result.corners[at - 1])] > cell[i]; --at) {
        result.corners[at] = result.corners[at - 1];
        result.index[at] = result.index[at - 1];
      }
      result.corners[at] = static_cast<int>(i);
      result.index[at] = index[i];
    }
  }
  return result;
}

/// Index of the local edge between corners i and j in `simplex_edges`.
constexpr int local_edge(int i, int j) { return std::min(i, j) + std::max(i, j) * (std::max(i, j) - 1) / 2; }

} // namespace

std::vector<std::size_t> boundary_sides(const Mesh& mesh) {
  std::vector<std::size_t> sides;
  if (mesh.dimension == 2) {
    const EdgeNumbers edges = number_edges(mesh);
    std::vector<int> valence(static_cast<std::size_t>(edges.count), 0);
    for (const int e : edges.of_cell) {
      ++valence[static_cast<std::size_t>(e)];
    }
    for (std::size_t slot = 0; slot < edges.of_cell.size(); ++slot) {
      if (valence[static_cast<std::size_t>(edges.of_cell[slot])] == 1) {
        sides.push_back(slot / 3 * 3 + (2 - slot % 3)); // edges 01, 02, 12 are opposite to 2, 1, 0
      }
    }
    return sides;
  }
  const Facets all = facets(mesh);
  for (std::size_t f = 0; f < all.count(); ++f) {
    if (all.valence(f) == 1) {
      sides.push_back(all.sides[all.first_side[f]]);
    }
  }
  return sides;
}

NodeNumbers number_nodes(const Mesh& mesh, int order) {
  const int d = mesh.dimension;
  const auto corners = static_cast<std::size_t>(d) + 1;
  const LagrangeElement element(d, order);
  const EdgeNumbers edges = number_edges(mesh);
  std::vector<int> face_of_side;
  std::int64_t face_count = 0;
  if (d == 3 && order > 2) {
    const Facets faces = facets(mesh);
    face_of_side.assign(mesh.cells.size(), 0);
    for (std::size_t f = 0; f < faces.count(); ++f) {
      for (std::size_t s = faces.first_side[f]; s < faces.first_side[f + 1]; ++s) {
        face_of_side[faces.sides[s]] = static_cast<int>(f);
      }
    }
    face_count = static_cast<std::int64_t>(faces.count());
  }
  // What lies inside an edge, a face of a tetrahedron, a cell.
  const std::int64_t per_edge = order - 1;
  const std::int64_t per_face = d == 3 ? (order - 1) * (order - 2) / 2 : 0;
  const std::int64_t edge_base = mesh.vertex_count;
  const std::int64_t face_base = edge_base + per_edge * edges.count;
  const std::int64_t cell_base = face_base + per_face * face_count;
  const auto inside = std::ranges::count_if(element.indices(), [&](const MultiIndex& i) {
    return d > 1 && std::all_of(i.begin(), i.begin() + d + 1, [](int k) { return k > 0; });
  });
  const std::int64_t count = cell_base + inside * static_cast<std::int64_t>(mesh.cell_count());
  if (count > std::numeric_limits<int>::max()) {
    throw InputError("the mesh", "elements of order " + std::to_string(order) + " have " + std::to_string(count) +
                                     " nodes, more than 2^31 - 1");
  }

  NodeNumbers nodes{
      .order = order, .count = static_cast<int>(count), .per_cell = element.size(), .of_cell = {}, .on_boundary = {}};
  nodes.of_cell.assign(mesh.cell_count() * static_cast<std::size_t>(element.size()), 0);
  std::size_t slot = 0;
  const auto edges_per_cell = static_cast<std::size_t>(simplex_edge_count(d));
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto cell = mesh.cell(c);
    std::int64_t next_inside = cell_base + inside * static_cast<std::int64_t>(c);
    for (const MultiIndex& index : element.indices()) {
      const Support s = support(index, cell);
      std::int64_t node = 0;
      if (s.size == 1) {
        node = cell[static_cast<std::size_t>(s.corners[0])];
      } else if (s.size == 2) {
        if (order > 2 && cell[static_cast<std::size_t>(s.corners[0])] == cell[static_cast<std::size_t>(s.corners[1])]) {
          throw InputError("the mesh", "an edge joins vertex " + std::to_string(cell[0]) +
                                           " to itself, which elements of order 3 and more cannot tell from its "
                                           "reverse; refine it once");
        }
        const auto edge = static_cast<std::size_t>(local_edge(s.corners[0], s.corners[1]));
        node = edge_base + per_edge * edges.of_cell[c * edges_per_cell + edge] + s.index[1] - 1;
      } else if (s.size == 3 && d == 3) {
        const auto opposite = static_cast<std::size_t>(6 - s.corners[0] - s.corners[1] - s.corners[2]);
        node =
            face_base + per_face * face_of_side[c * corners + opposite] + triple_number(order, s.index[1], s.index[2]);
      } else {
        node = next_inside++;
      }
      nodes.of_cell[slot++] = static_cast<int>(node);
    }
  }

  nodes.on_boundary.assign(static_cast<std::size_t>(count), 0);
  for (const std::size_t side : boundary_sides(mesh)) {
    for (std::size_t a = 0; a < element.indices().size(); ++a) {
      if (element.indices()[a][side % corners] == 0) {
        nodes.on_boundary[static_cast<std::size_t>(nodes.cell(side / corners)[a])] = 1;
      }
    }
  }
  return nodes;
}

} // namespace weyl
