// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/laplacian.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

/// What one cell adds: K_ij for the edges ij in the order of `simplex_edges` (diagonals follow from zero row sums), and
/// its volume, from which its mass matrix follows.
struct LocalMatrix {
  std::array<double, 6> stiffness{};
  double volume = 0;
};

LocalMatrix local_matrix(const Mesh& mesh, std::size_t c) {
  LocalMatrix local;
  const auto l2 = edge_lengths_squared(mesh, c);
  const double volume = local.volume = cell_volume(mesh, c);
  if (volume == 0) {
    return local;
  }
  if (mesh.dimension == 1) {
    local.stiffness[0] = -1 / volume;
  } else if (mesh.dimension == 2) {
    // K_ij = −cot(θ_k)/2, cot θ_k = (l_ik² + l_jk² − l_ij²) / 4|T|
    local.stiffness[0] = (l2[0] - l2[1] - l2[2]) / (8 * volume);
    local.stiffness[1] = (l2[1] - l2[0] - l2[2]) / (8 * volume);
    local.stiffness[2] = (l2[2] - l2[0] - l2[1]) / (8 * volume);
  } else {
    // G⁻¹ = cof(G)/det(G) with det(G) = (6|T|)²; gradients of corners 1, 2, 3, and minus their sum at corner 0.
    const double g12 = (l2[0] + l2[1] - l2[2]) / 2;
    const double g13 = (l2[0] + l2[3] - l2[4]) / 2;
    const double g23 = (l2[1] + l2[3] - l2[5]) / 2;
    const double scale = 1 / (36 * volume);
    const double k11 = scale * (l2[1] * l2[3] - g23 * g23);
    const double k22 = scale * (l2[0] * l2[3] - g13 * g13);
    const double k33 = scale * (l2[0] * l2[1] - g12 * g12);
    const double k12 = scale * (g13 * g23 - g12 * l2[3]);
    const double k13 = scale * (g12 * g23 - g13 * l2[1]);
    const double k23 = scale * (g12 * g13 - g23 * l2[0]);
    local.stiffness = {-(k11 + k12 + k13), -(k12 + k22 + k23), k12, -(k13 + k23 + k33), k13, k23};
  }
  return local;
}

std::vector<LocalMatrix> local_matrices(const Mesh& mesh, int threads) {
  std::vector<LocalMatrix> local(mesh.cell_count());
  parallel_ranges(local.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      local[c] = local_matrix(mesh, c);
    }
  });
  return local;
}

/// Sides (c, i) as c·(d+1) + i of the cells around each vertex: around[first[v] .. first[v+1]).
struct Stars {
  std::vector<std::size_t> first;
  std::vector<std::size_t> around;
};

Stars stars(const Mesh& mesh) {
  Stars result;
  result.first.assign(static_cast<std::size_t>(mesh.vertex_count) + 1, 0);
  for (const int v : mesh.cells) {
    ++result.first[v + 1];
  }
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  result.around.resize(mesh.cells.size());
  auto next = result.first;
  for (std::size_t side = 0; side < mesh.cells.size(); ++side) {
    result.around[next[mesh.cells[side]]++] = side;
  }
  return result;
}

/// Index of the local edge between corners i and j in `simplex_edges`.
constexpr int local_edge(int i, int j) { return std::min(i, j) + std::max(i, j) * (std::max(i, j) - 1) / 2; }

/// One row of K and M, gathered from the cells around a vertex.
struct Row {
  struct Entry {
    int column;
    double stiffness;
    double mass;
  };
  std::vector<Entry> entries;

  void add(int column, double stiffness, double mass) {
    const auto at = std::ranges::find(entries, column, &Entry::column);
    if (at == entries.end()) {
      entries.push_back({column, stiffness, mass});
    } else {
      at->stiffness += stiffness;
      at->mass += mass;
    }
  }
};

/// Assembles rows of the matrices over the unknowns.
class Assembler {
public:
  Assembler(const Mesh& mesh, const LaplacianOptions& options, const std::vector<LocalMatrix>& local,
            std::vector<int> dof_of_vertex)
      : mesh_(mesh), options_(options), local_(local), dof_of_vertex_(std::move(dof_of_vertex)), stars_(stars(mesh)) {}

  void gather(int vertex, Row& row) const {
    row.entries.clear();
    const int corners = mesh_.dimension + 1;
    const double off_diagonal_mass = 1.0 / (corners * (corners + 1));
    const bool lumped = options_.mass == Mass::lumped;
    const int diagonal = dof_of_vertex_[vertex];
    row.add(diagonal, 0, 0);
    for (std::size_t k = stars_.first[vertex]; k < stars_.first[vertex + 1]; ++k) {
      const std::size_t c = stars_.around[k] / static_cast<std::size_t>(corners);
      const int i = static_cast<int>(stars_.around[k] % static_cast<std::size_t>(corners));
      const LocalMatrix& local = local_[c];
      if (local.volume == 0) {
        continue;
      }
      row.add(diagonal, 0, local.volume * (lumped ? 1.0 / corners : 2 * off_diagonal_mass));
      for (int j = 0; j < corners; ++j) {
        if (j == i) {
          continue;
        }
        const double stiffness = local.stiffness[local_edge(i, j)];
        row.add(diagonal, -stiffness, 0);
        const int column = dof_of_vertex_[mesh_.cell(c)[j]];
        if (column >= 0) {
          row.add(column, stiffness, lumped ? 0.0 : local.volume * off_diagonal_mass);
        }
      }
    }
    std::ranges::sort(row.entries, {}, &Row::Entry::column);
  }

private:
  const Mesh& mesh_;
  const LaplacianOptions& options_;
  const std::vector<LocalMatrix>& local_;
  std::vector<int> dof_of_vertex_;
  Stars stars_;
};

/// The vertices that carry an unknown, in their own order.
std::vector<int> unknowns(const Mesh& mesh, const std::vector<LocalMatrix>& local, const LaplacianOptions& options) {
  std::vector<char> used(static_cast<std::size_t>(mesh.vertex_count), 0);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    if (local[c].volume > 0) {
      for (const int v : mesh.cell(c)) {
        used[v] = 1;
      }
    }
  }
  if (options.boundary == Boundary::dirichlet) {
    const auto eliminated =
        options.dirichlet_vertices.empty() ? topology(mesh).on_boundary : options.dirichlet_vertices;
    for (std::size_t v = 0; v < used.size(); ++v) {
      used[v] = used[v] != 0 && eliminated[v] == 0;
    }
  }
  std::vector<int> vertices;
  for (int v = 0; v < mesh.vertex_count; ++v) {
    if (used[v]) {
      vertices.push_back(v);
    }
  }
  return vertices;
}

} // namespace

Laplacian laplacian(const Mesh& mesh, const LaplacianOptions& options) {
  Laplacian result;
  const std::vector<LocalMatrix> local = local_matrices(mesh, options.threads);
  result.vertex_of_dof = unknowns(mesh, local, options);
  const auto n = static_cast<int>(result.vertex_of_dof.size());
  if (n == 0) {
    throw InputError("the mesh", options.boundary == Boundary::dirichlet
                                     ? "every vertex lies on the Dirichlet boundary, no unknown is left; refine the "
                                       "mesh or use Neumann conditions"
                                     : "no cell has a positive volume");
  }
  std::vector<int> dof_of_vertex(static_cast<std::size_t>(mesh.vertex_count), -1);
  for (int dof = 0; dof < n; ++dof) {
    dof_of_vertex[result.vertex_of_dof[dof]] = dof;
  }
  const Assembler assembler(mesh, options, local, std::move(dof_of_vertex));

  std::vector<std::int64_t> start(static_cast<std::size_t>(n) + 1, 0);
  const auto for_each_row = [&](auto&& use) {
    parallel_ranges(static_cast<std::size_t>(n), options.threads, [&](std::size_t begin, std::size_t end) {
      Row row;
      for (std::size_t dof = begin; dof < end; ++dof) {
        assembler.gather(result.vertex_of_dof[dof], row);
        use(dof, row);
      }
    });
  };
  for_each_row(
      [&](std::size_t dof, const Row& row) { start[dof + 1] = static_cast<std::int64_t>(row.entries.size()); });
  std::partial_sum(start.begin(), start.end(), start.begin());
  if (start.back() > std::numeric_limits<int>::max()) {
    throw InputError("the mesh", "its matrices have " + std::to_string(start.back()) + " entries, more than 2^31 - 1");
  }

  // K and M share one pattern, so that K − λM needs no merging. Lumped masses keep it with explicit zeros.
  auto& [stiffness, mass] = result.pencil;
  stiffness.resize(n, n);
  stiffness.resizeNonZeros(start.back());
  std::ranges::transform(start, stiffness.outerIndexPtr(), [](std::int64_t at) { return static_cast<int>(at); });
  mass = stiffness;
  for_each_row([&](std::size_t dof, const Row& row) {
    for (std::size_t k = 0; k < row.entries.size(); ++k) {
      const auto at = start[dof] + static_cast<std::int64_t>(k);
      stiffness.innerIndexPtr()[at] = mass.innerIndexPtr()[at] = row.entries[k].column;
      stiffness.valuePtr()[at] = row.entries[k].stiffness;
      mass.valuePtr()[at] = row.entries[k].mass;
    }
  });
  return result;
}

} // namespace weyl
