// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/edges.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

#include "weyl/core/error.hpp"

namespace weyl {
namespace {

constexpr double same_length = 1e-9; // relative

/// An edge of a cell as its lower vertex lists it.
struct Incidence {
  int higher;
  double length; ///< 0 in embedded meshes
  std::size_t slot;
};

} // namespace

EdgeNumbers number_edges(const Mesh& mesh) {
  const auto edges_per_cell = static_cast<std::size_t>(simplex_edge_count(mesh.dimension));
  const std::size_t slots = mesh.cell_count() * edges_per_cell;
  EdgeNumbers numbers;
  numbers.of_cell.resize(slots);
  if (mesh.dimension == 1) {
    std::iota(numbers.of_cell.begin(), numbers.of_cell.end(), 0);
    numbers.count = static_cast<int>(slots);
    return numbers;
  }

  const auto ends = [&](std::size_t slot) {
    const auto cell = mesh.cell(slot / edges_per_cell);
    const auto& local = simplex_edges[slot % edges_per_cell];
    return std::minmax({cell[static_cast<std::size_t>(local[0])], cell[static_cast<std::size_t>(local[1])]});
  };
  std::vector<std::size_t> first(static_cast<std::size_t>(mesh.vertex_count) + 1);
  for (std::size_t slot = 0; slot < slots; ++slot) {
    ++first[static_cast<std::size_t>(ends(slot).first) + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<Incidence> incidences(slots);
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const auto [lower, higher] = ends(slot);
    incidences[next[static_cast<std::size_t>(lower)]++] = {higher, mesh.is_intrinsic() ? mesh.edge_lengths[slot] : 0.0,
                                                           slot};
  }

  std::size_t count = 0;
  for (std::size_t v = 0; v + 1 < first.size(); ++v) {
    const auto begin = incidences.begin() + static_cast<std::ptrdiff_t>(first[v]);
    const auto end = incidences.begin() + static_cast<std::ptrdiff_t>(first[v + 1]);
    std::sort(begin, end, [](const Incidence& a, const Incidence& b) {
      return a.higher != b.higher ? a.higher < b.higher : a.length < b.length;
    });
    for (auto at = begin; at != end; ++at) {
      const bool same =
          at != begin && at->higher == (at - 1)->higher && at->length - (at - 1)->length <= same_length * at->length;
      count += same ? 0 : 1;
      if (count > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        throw NumericalError("the mesh has more than 2^31 - 1 edges");
      }
      numbers.of_cell[at->slot] = static_cast<int>(count) - 1;
    }
  }
  numbers.count = static_cast<int>(count);
  return numbers;
}

} // namespace weyl
