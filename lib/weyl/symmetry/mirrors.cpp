// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/mirrors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

/// Volume of what a reflection fixes in a cell that it maps to itself by exchanging corners p and q: the simplex of the
/// other corners and the midpoint of pq, whose distances are medians, |am|² = (|ap|² + |aq|²)/2 − |pq|²/4.
double wall_in_cell(const Mesh& mesh, std::size_t c, int p, int q) {
  const auto l2 = edge_lengths_squared(mesh, c);
  const auto between = [&](int i, int j) { return l2[std::min(i, j) + std::max(i, j) * (std::max(i, j) - 1) / 2]; };
  std::array<int, 4> others{};
  for (int i = 0, count = 0; i <= mesh.dimension; ++i) {
    if (i != p && i != q) {
      others[count++] = i;
    }
  }
  const auto median = [&](int a) { return (between(a, p) + between(a, q)) / 2 - between(p, q) / 4; };
  switch (mesh.dimension) {
  case 1:
    return 1;
  case 2:
    return std::sqrt(median(others[0]));
  default:
    return simplex_volume(2, {between(others[0], others[1]), median(others[0]), median(others[1])});
  }
}

double facet_volume(const Mesh& mesh, std::size_t side) {
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  const auto l2 = edge_lengths_squared(mesh, side / corners);
  const auto apex = static_cast<int>(side % corners);
  std::array<double, 6> of_facet{};
  std::size_t count = 0;
  for (int e = 0; e < simplex_edge_count(mesh.dimension); ++e) {
    if (simplex_edges[e][0] != apex && simplex_edges[e][1] != apex) {
      of_facet[count++] = l2[e];
    }
  }
  return mesh.dimension == 1 ? 1 : simplex_volume(mesh.dimension - 1, of_facet);
}

} // namespace

std::vector<double> mirror_volumes(const Mesh& mesh, const Group& group) {
  std::vector<double> result(static_cast<std::size_t>(group.order()), 0);
  const Facets all = facets(mesh);
  for (int element = 1; element < group.order(); ++element) {
    if (group.times(element, element) != 0) {
      continue;
    }
    const Permutation& g = group.permutations[element];
    for (std::size_t f = 0; f < all.count(); ++f) {
      if (std::ranges::all_of(all.facet(f), [&](int v) { return g[v] == v; })) {
        result[element] += facet_volume(mesh, all.sides[all.first_side[f]]);
      }
    }
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      const std::span<const int> cell = mesh.cell(c);
      std::vector<int> exchanged;
      for (std::size_t i = 0; i < cell.size() && exchanged.size() < 3; ++i) {
        if (g[cell[i]] != cell[i]) {
          exchanged.push_back(static_cast<int>(i));
        }
      }
      if (exchanged.size() == 2 && g[cell[exchanged[0]]] == cell[exchanged[1]]) {
        result[element] += wall_in_cell(mesh, c, exchanged[0], exchanged[1]);
      }
    }
  }
  return result;
}

double mirror_boundary(const std::vector<double>& mirrors, const std::vector<double>& weights) {
  return 2 * std::inner_product(mirrors.begin(), mirrors.end(), weights.begin(), 0.0) /
         static_cast<double>(mirrors.size());
}

} // namespace weyl
