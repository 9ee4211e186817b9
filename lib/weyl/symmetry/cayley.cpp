// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/cayley.hpp"

#include <algorithm>
#include <vector>

#include "weyl/core/error.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

Mesh cayley_surface(const Group& group, const std::array<int, 3>& involutions, const std::array<double, 3>& sides) {
  const std::string place = "the surface of three involutions";
  if (std::ranges::any_of(involutions, [&](int s) { return s <= 0 || s >= group.order() || group.times(s, s) != 0; }) ||
      static_cast<int>(closure(group, involutions).size()) != group.order()) {
    throw InputError(place, "expected three elements of order 2 that generate the group");
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (!(sides[i] > 0 && sides[i] < sides[(i + 1) % 3] + sides[(i + 2) % 3])) {
      throw InputError(place, "the sides violate the triangle inequality");
    }
  }
  Mesh mesh{.dimension = 2, .ambient_dimension = 0};
  mesh.cells.assign(3 * static_cast<std::size_t>(group.order()), -1);
  for (std::size_t corner = 0; corner < 3; ++corner) {
    // Corner i of g is the coset g⟨s_j, s_k⟩ of the other two.
    const std::vector<int> around =
        closure(group, std::array{involutions[(corner + 1) % 3], involutions[(corner + 2) % 3]});
    for (int g = 0; g < group.order(); ++g) {
      if (mesh.cells[3 * static_cast<std::size_t>(g) + corner] < 0) {
        for (const int h : around) {
          mesh.cells[3 * static_cast<std::size_t>(group.times(g, h)) + corner] = mesh.vertex_count;
        }
        ++mesh.vertex_count;
      }
    }
  }
  for (int g = 0; g < group.order(); ++g) {
    mesh.edge_lengths.insert(mesh.edge_lengths.end(), {sides[2], sides[1], sides[0]}); // edges 01, 02, 12
  }
  const Facets edges = facets(mesh);
  for (std::size_t e = 0; e < edges.count(); ++e) {
    if (edges.valence(e) != 2) {
      throw InputError(place, "two sides would have the same ends");
    }
  }
  return mesh;
}

Mesh sunada_surface(const std::array<double, 3>& sides) {
  // The points of the Fano plane with the lines 013 026 045 124 156 235 346.
  const std::vector<Permutation> involutions{{1, 0, 5, 3, 4, 2, 6}, {2, 1, 0, 4, 3, 5, 6}, {4, 6, 2, 3, 0, 5, 1}};
  const Group group = generate(involutions, 7);
  std::array<int, 3> elements{};
  for (std::size_t i = 0; i < 3; ++i) {
    elements[i] = static_cast<int>(std::ranges::find(group.permutations, involutions[i]) - group.permutations.begin());
  }
  return cayley_surface(group, elements, sides);
}

} // namespace weyl
