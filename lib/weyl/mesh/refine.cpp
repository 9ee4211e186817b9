// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/refine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/edges.hpp"

namespace weyl {
namespace {

// Vertices of the children, one child a row: 0 to d are the cell's own, d + 1 + e is the midpoint of its edge e in
// `simplex_edges`.
// clang-format off
constexpr std::array segment_children{
    0, 2,
    2, 1};
constexpr std::array triangle_children{
    0, 3, 4,
    3, 1, 5,
    4, 5, 2,
    3, 5, 4};
// Bey 1995, with 4 = 01, 5 = 02, 6 = 12, 7 = 03, 8 = 13, 9 = 23. The sixth and the eighth child are listed with two
// vertices exchanged: they keep their inner diagonal, which depends on the pairs {0,2} and {1,3} alone, and get the
// orientation of the others.
constexpr std::array tetrahedron_children{
    0, 4, 5, 7,
    4, 1, 6, 8,
    5, 6, 2, 9,
    7, 8, 9, 3,
    4, 5, 7, 8,
    6, 5, 4, 8,
    5, 7, 8, 9,
    8, 6, 5, 9};
// clang-format on

std::span<const int> children(int dimension) {
  switch (dimension) {
  case 1:
    return segment_children;
  case 2:
    return triangle_children;
  default:
    return tetrahedron_children;
  }
}

/// Distance of two points of a flat cell with the given edge lengths, each a vertex or a midpoint numbered as above.
///
/// With barycentric coordinates w of the difference (they add up to 0), |Σ w_i x_i|² = −Σ_{i<j} w_i w_j |x_i − x_j|².
double distance(int dimension, std::span<const double> lengths, int p, int q) {
  std::array<double, 4> w{};
  const auto add = [&](int point, double weight) {
    if (point <= dimension) {
      w[static_cast<std::size_t>(point)] += 2 * weight;
    } else {
      for (const int end : simplex_edges[static_cast<std::size_t>(point - dimension - 1)]) {
        w[static_cast<std::size_t>(end)] += weight;
      }
    }
  };
  add(p, 0.5);
  add(q, -0.5);
  double squared = 0;
  double only = 0; // the length itself where the difference is half an edge, to be exact there
  int terms = 0;
  for (std::size_t e = 0; e < lengths.size(); ++e) {
    const double product =
        w[static_cast<std::size_t>(simplex_edges[e][0])] * w[static_cast<std::size_t>(simplex_edges[e][1])];
    if (product != 0) {
      squared -= product * lengths[e] * lengths[e];
      only = lengths[e] / 2;
      ++terms;
    }
  }
  return terms == 1 ? only : std::sqrt(std::max(0.0, squared));
}

void append_midpoints(Mesh& fine, const Mesh& mesh, const EdgeNumbers& edges) {
  const auto n = static_cast<std::size_t>(mesh.ambient_dimension);
  const auto edges_per_cell = static_cast<std::size_t>(simplex_edge_count(mesh.dimension));
  fine.positions = mesh.positions;
  fine.positions.resize(static_cast<std::size_t>(fine.vertex_count) * n);
  for (std::size_t slot = 0; slot < edges.of_cell.size(); ++slot) {
    const auto cell = mesh.cell(slot / edges_per_cell);
    const auto& local = simplex_edges[slot % edges_per_cell];
    const auto a = mesh.position(cell[static_cast<std::size_t>(local[0])]);
    const auto b = mesh.position(cell[static_cast<std::size_t>(local[1])]);
    const auto midpoint = static_cast<std::size_t>(mesh.vertex_count) + static_cast<std::size_t>(edges.of_cell[slot]);
    for (std::size_t i = 0; i < n; ++i) {
      fine.positions[midpoint * n + i] = a[i] / 2 + b[i] / 2;
    }
  }
}

Mesh refine_once(const Mesh& mesh) {
  const int d = mesh.dimension;
  const auto corners = static_cast<std::size_t>(d) + 1;
  const auto edges_per_cell = static_cast<std::size_t>(simplex_edge_count(d));
  const std::span<const int> pattern = children(d);
  const EdgeNumbers edges = number_edges(mesh);
  if (edges.count > std::numeric_limits<int>::max() - mesh.vertex_count) {
    throw InputError("refine", "the refined mesh would have more than 2^31 - 1 vertices");
  }

  Mesh fine;
  fine.dimension = d;
  fine.ambient_dimension = mesh.ambient_dimension;
  fine.vertex_count = mesh.vertex_count + edges.count;
  if (!mesh.positions.empty()) {
    append_midpoints(fine, mesh, edges);
  }
  fine.cells.reserve(mesh.cell_count() * pattern.size());
  std::array<int, 10> vertices{};
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto cell = mesh.cell(c);
    std::copy(cell.begin(), cell.end(), vertices.begin());
    for (std::size_t e = 0; e < edges_per_cell; ++e) {
      vertices[corners + e] = mesh.vertex_count + edges.of_cell[c * edges_per_cell + e];
    }
    for (const int point : pattern) {
      fine.cells.push_back(vertices[static_cast<std::size_t>(point)]);
    }
  }
  if (mesh.is_intrinsic()) {
    fine.edge_lengths.reserve(mesh.edge_lengths.size() * (pattern.size() / corners));
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      const std::span lengths(mesh.edge_lengths.data() + c * edges_per_cell, edges_per_cell);
      for (std::size_t child = 0; child < pattern.size(); child += corners) {
        for (std::size_t e = 0; e < edges_per_cell; ++e) {
          fine.edge_lengths.push_back(distance(d, lengths,
                                               pattern[child + static_cast<std::size_t>(simplex_edges[e][0])],
                                               pattern[child + static_cast<std::size_t>(simplex_edges[e][1])]));
        }
      }
    }
  }
  return fine;
}

} // namespace

Mesh refine(const Mesh& mesh, int levels) {
  if (levels < 0) {
    throw InputError("refine", fmt::format("the number of levels must not be negative, but is {}", levels));
  }
  const double cells = static_cast<double>(mesh.cell_count()) * std::ldexp(1.0, mesh.dimension * std::min(levels, 99));
  if (levels > 0 && cells > most_cells) {
    throw InputError("refine",
                     fmt::format("{} levels would make {:.3g} cells, more than {:.0e}", levels, cells, most_cells));
  }
  Mesh fine = mesh;
  for (int level = 0; level < levels; ++level) {
    fine = refine_once(fine);
  }
  return fine;
}

std::array<std::array<int, 4>, 4> child_corners(int dimension, int levels, std::size_t child) {
  const auto corners = static_cast<std::size_t>(dimension) + 1;
  const std::span<const int> pattern = children(dimension);
  std::array<std::array<int, 4>, 4> result{};
  for (std::size_t i = 0; i < corners; ++i) {
    result[i][i] = 1;
  }
  for (int level = levels - 1; level >= 0; --level) { // the first refinement is the highest digit of `child`
    std::array<std::array<int, 4>, 10> points{};
    for (std::size_t m = 0; m < corners; ++m) {
      for (std::size_t i = 0; i < corners; ++i) {
        points[i][m] = 2 * result[i][m];
      }
      for (std::size_t e = 0; e < static_cast<std::size_t>(simplex_edge_count(dimension)); ++e) {
        points[corners + e][m] = result[static_cast<std::size_t>(simplex_edges[e][0])][m] +
                                 result[static_cast<std::size_t>(simplex_edges[e][1])][m];
      }
    }
    const std::size_t digit = (child >> (dimension * level)) % (std::size_t{1} << dimension);
    for (std::size_t i = 0; i < corners; ++i) {
      result[i] = points[static_cast<std::size_t>(pattern[digit * corners + i])];
    }
  }
  return result;
}

} // namespace weyl
