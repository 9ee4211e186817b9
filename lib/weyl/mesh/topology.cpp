// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/topology.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "weyl/mesh/edges.hpp"

namespace weyl {

namespace {

/// Disjoint sets of 0 … n−1 with path halving.
class DisjointSets {
public:
  explicit DisjointSets(int n) : parent_(static_cast<std::size_t>(n)) { std::iota(parent_.begin(), parent_.end(), 0); }
  int find(int v) {
    while (parent_[v] != v) {
      v = parent_[v] = parent_[parent_[v]];
    }
    return v;
  }
  void join(int v, int w) { parent_[find(v)] = find(w); }

private:
  std::vector<int> parent_;
};

/// Vertices of a tuple, ascending, and the parity of the permutation that sorts them.
template <std::size_t N>
struct SortedTuple {
  std::array<int, N> vertices;
  bool odd = false;
};

template <std::size_t N>
SortedTuple<N> sorted(std::array<int, N> v) {
  bool odd = false;
  for (std::size_t i = 1; i < N; ++i) {
    for (std::size_t j = i; j > 0 && v[j] < v[j - 1]; --j) {
      std::swap(v[j], v[j - 1]);
      odd = !odd;
    }
  }
  return {v, odd};
}

/// Corners of the facet of `cell` opposite its corner `i`, in the cell's order.
template <std::size_t N>
std::array<int, N> opposite(std::span<const int> cell, std::size_t i) {
  std::array<int, N> facet{};
  std::copy_n(cell.begin(), i, facet.begin());
  std::copy(cell.begin() + static_cast<std::ptrdiff_t>(i) + 1, cell.end(),
            facet.begin() + static_cast<std::ptrdiff_t>(i));
  return facet;
}

/// Groups equal sorted tuples: a counting sort by the smallest vertex, then a sort of each (short) bucket.
template <std::size_t N>
struct Groups {
  struct Entry {
    std::array<int, N> vertices;
    std::size_t label;
    bool operator<(const Entry& other) const {
      return vertices != other.vertices ? vertices < other.vertices : label < other.label;
    }
  };
  std::vector<Entry> entries; ///< sorted

  /// `tuple(k)` gives the sorted vertices of entry k for k < count.
  template <class Tuple>
  Groups(int vertex_count, std::size_t count, Tuple tuple) : entries(count) {
    std::vector<std::size_t> begin(static_cast<std::size_t>(vertex_count) + 1, 0);
    for (std::size_t k = 0; k < count; ++k) {
      ++begin[tuple(k)[0] + 1];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    auto next = begin;
    for (std::size_t k = 0; k < count; ++k) {
      const auto vertices = tuple(k);
      entries[next[vertices[0]]++] = {vertices, k};
    }
    for (int v = 0; v < vertex_count; ++v) {
      std::sort(entries.begin() + static_cast<std::ptrdiff_t>(begin[v]),
                entries.begin() + static_cast<std::ptrdiff_t>(begin[v + 1]));
    }
  }
};

template <std::size_t N>
Facets facets_of(const Mesh& mesh) {
  const Groups<N> groups(mesh.vertex_count, mesh.cells.size(), [&](std::size_t side) {
    return sorted(opposite<N>(mesh.cell(side / (N + 1)), side % (N + 1))).vertices;
  });
  Facets result;
  result.corners = static_cast<int>(N);
  result.sides.reserve(groups.entries.size());
  for (std::size_t k = 0; k < groups.entries.size(); ++k) {
    const auto& entry = groups.entries[k];
    if (k == 0 || entry.vertices != groups.entries[k - 1].vertices) {
      result.first_side.push_back(k);
      result.vertices.insert(result.vertices.end(), entry.vertices.begin(), entry.vertices.end());
    }
    result.sides.push_back(entry.label);
  }
  result.first_side.push_back(result.sides.size());
  return result;
}

/// Orientation that cell `c` gives to its facet opposite corner `i`, relative to ascending vertex order:
/// (−1)^i times the parity of the facet's corners.
bool induced_orientation(const Mesh& mesh, std::size_t side) {
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  const std::size_t i = side % corners;
  const auto cell = mesh.cell(side / corners);
  bool odd = i % 2 == 1;
  if (mesh.dimension == 2) {
    odd ^= sorted(opposite<2>(cell, i)).odd;
  } else if (mesh.dimension == 3) {
    odd ^= sorted(opposite<3>(cell, i)).odd;
  }
  return odd;
}

/// Whether the cells can be oriented alike across all facets of two cells: two-colour the graph whose edges say
/// "same" or "turned".
bool is_orientable(const Mesh& mesh, const Facets& all, const std::vector<char>& disagrees) {
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  std::vector<std::size_t> facet_of_side(mesh.cells.size());
  for (std::size_t f = 0; f < all.count(); ++f) {
    for (std::size_t k = all.first_side[f]; k < all.first_side[f + 1]; ++k) {
      facet_of_side[all.sides[k]] = f;
    }
  }
  constexpr char unseen = 2;
  std::vector<char> turned(mesh.cell_count(), unseen);
  std::vector<std::size_t> stack;
  for (std::size_t root = 0; root < mesh.cell_count(); ++root) {
    if (turned[root] != unseen) {
      continue;
    }
    turned[root] = 0;
    stack.push_back(root);
    while (!stack.empty()) {
      const std::size_t c = stack.back();
      stack.pop_back();
      for (std::size_t i = 0; i < corners; ++i) {
        const std::size_t side = c * corners + i;
        const std::size_t f = facet_of_side[side];
        if (all.valence(f) != 2) {
          continue;
        }
        const std::size_t first = all.first_side[f];
        const std::size_t neighbour = (all.sides[first] == side ? all.sides[first + 1] : all.sides[first]) / corners;
        const char wanted = static_cast<char>(turned[c] ^ disagrees[f]);
        if (turned[neighbour] == unseen) {
          turned[neighbour] = wanted;
          stack.push_back(neighbour);
        } else if (turned[neighbour] != wanted) {
          return false;
        }
      }
    }
  }
  return true;
}

/// Measure of the facet opposite corner `i` of cell `c`: 1, a length, or an area.
double facet_volume(const Mesh& mesh, std::size_t side) {
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  const int omitted = static_cast<int>(side % corners);
  if (mesh.dimension == 1) {
    return 1;
  }
  const auto all = edge_lengths_squared(mesh, side / corners);
  std::array<double, 6> kept{};
  int count = 0;
  for (int e = 0; e < simplex_edge_count(mesh.dimension); ++e) {
    if (simplex_edges[e][0] != omitted && simplex_edges[e][1] != omitted) {
      kept[count++] = all[e];
    }
  }
  return simplex_volume(mesh.dimension - 1, kept);
}

int component_count(DisjointSets& sets, const std::vector<char>& member) {
  int roots = 0;
  for (int v = 0; v < static_cast<int>(member.size()); ++v) {
    roots += member[v] != 0 && sets.find(v) == v;
  }
  return roots;
}

} // namespace

Facets facets(const Mesh& mesh) {
  switch (mesh.dimension) {
  case 1:
    return facets_of<1>(mesh);
  case 2:
    return facets_of<2>(mesh);
  default:
    return facets_of<3>(mesh);
  }
}

Topology topology(const Mesh& mesh) {
  Topology result;
  const Facets all = facets(mesh);
  const auto cells = static_cast<std::int64_t>(mesh.cell_count());
  const auto facet_count = static_cast<std::int64_t>(all.count());
  result.edges = mesh.dimension == 1 ? cells : mesh.dimension == 2 ? facet_count : number_edges(mesh).count;
  result.faces = mesh.dimension == 1 ? 0 : mesh.dimension == 2 ? cells : facet_count;
  result.euler_characteristic = mesh.vertex_count - result.edges + result.faces - (mesh.dimension == 3 ? cells : 0);

  DisjointSets space(mesh.vertex_count);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    for (const int v : mesh.cell(c)) {
      space.join(mesh.cell(c)[0], v);
    }
  }
  result.components = component_count(space, std::vector<char>(static_cast<std::size_t>(mesh.vertex_count), 1));

  DisjointSets boundary(mesh.vertex_count);
  result.on_boundary.assign(static_cast<std::size_t>(mesh.vertex_count), 0);
  std::vector<char> disagrees(all.count(), 0);
  for (std::size_t f = 0; f < all.count(); ++f) {
    const std::size_t side = all.sides[all.first_side[f]];
    if (all.valence(f) == 1) {
      ++result.boundary_facets;
      result.boundary_volume += facet_volume(mesh, side);
      for (const int v : all.facet(f)) {
        result.on_boundary[v] = 1;
        boundary.join(all.facet(f)[0], v);
      }
    } else if (all.valence(f) == 2) {
      disagrees[f] = induced_orientation(mesh, side) == induced_orientation(mesh, all.sides[all.first_side[f] + 1]);
      result.inconsistent_facets += disagrees[f];
    } else {
      ++result.nonmanifold_facets;
    }
  }
  result.boundary_components = component_count(boundary, result.on_boundary);
  result.orientable = is_orientable(mesh, all, disagrees);
  return result;
}

} // namespace weyl
