// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/laplacian.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

/// What one cell adds: K_ij for the edges ij in the order of `simplex_edges` (diagonals follow from zero row sums), and
/// its volume, from which its mass matrix follows.
struct LocalMatrix {
  std::array<double, 6> stiffness = {};
  double volume = 0;
};

LocalMatrix local_matrix(const Mesh& mesh, std::size_t c) {
  const auto [l2, volume] = cell_metric(mesh, c);
  LocalMatrix local{.volume = volume};
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

/// Consecutive rows of K and M, appended one entry after the other.
struct Rows {
  std::vector<int> lengths;
  std::vector<int> columns;
  std::vector<double> stiffness;
  std::vector<double> mass;

  void reserve(std::size_t entries) {
    columns.reserve(entries);
    stiffness.reserve(entries);
    mass.reserve(entries);
  }

  /// Adds to the entry of `column` in the row that begins at `begin`. Rows are short: a search beats any table.
  void add(std::size_t begin, int column, double k, double m) {
    std::size_t at = begin;
    while (at < columns.size() && columns[at] != column) {
      ++at;
    }
    if (at == columns.size()) {
      columns.push_back(column);
      stiffness.push_back(k);
      mass.push_back(m);
    } else {
      stiffness[at] += k;
      mass[at] += m;
    }
  }

  /// Ends the row that begins at `begin`, its columns ascending.
  void finish(std::size_t begin) {
    for (std::size_t i = begin + 1; i < columns.size(); ++i) {
      for (std::size_t j = i; j > begin && columns[j] < columns[j - 1]; --j) {
        std::swap(columns[j], columns[j - 1]);
        std::swap(stiffness[j], stiffness[j - 1]);
        std::swap(mass[j], mass[j - 1]);
      }
    }
    lengths.push_back(static_cast<int>(columns.size() - begin));
  }
};

/// Assembles rows of the matrices over the unknowns.
class Assembler {
public:
  Assembler(const Mesh& mesh, const LaplacianOptions& options, const std::vector<LocalMatrix>& local,
            std::vector<int> dof_of_vertex)
      : mesh_(mesh), options_(options), local_(local), dof_of_vertex_(std::move(dof_of_vertex)), stars_(stars(mesh)) {}

  /// Appends the row of the unknown at `vertex`.
  void append(int vertex, Rows& rows) const {
    const int corners = mesh_.dimension + 1;
    const double off_diagonal_mass = 1.0 / (corners * (corners + 1));
    const bool lumped = options_.mass == Mass::lumped;
    const std::size_t diagonal = rows.columns.size();
    rows.add(diagonal, dof_of_vertex_[vertex], 0, 0);
    for (std::size_t k = stars_.first[vertex]; k < stars_.first[vertex + 1]; ++k) {
      const std::size_t c = stars_.around[k] / static_cast<std::size_t>(corners);
      const int i = static_cast<int>(stars_.around[k] % static_cast<std::size_t>(corners));
      const LocalMatrix& local = local_[c];
      if (local.volume == 0) {
        continue;
      }
      rows.mass[diagonal] += local.volume * (lumped ? 1.0 / corners : 2 * off_diagonal_mass);
      const int* cell = mesh_.cells.data() + c * static_cast<std::size_t>(corners);
      for (int j = 0; j < corners; ++j) {
        if (j == i) {
          continue;
        }
        const double stiffness = local.stiffness[simplex_edge(i, j)];
        rows.stiffness[diagonal] -= stiffness;
        if (const int column = dof_of_vertex_[cell[j]]; column >= 0) {
          rows.add(diagonal, column, stiffness, lumped ? 0.0 : local.volume * off_diagonal_mass);
        }
      }
    }
    rows.finish(diagonal);
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

  // Pieces of rows in parallel, then side by side.
  const auto pieces = static_cast<std::size_t>(thread_count(options.threads));
  std::vector<Rows> rows(pieces);
  const auto first_of = [&](std::size_t p) { return static_cast<std::size_t>(n) * p / pieces; };
  parallel_tasks(pieces, options.threads, [&](std::size_t p) {
    // About as many entries as edges at both ends, and the diagonal: 7 a vertex on surfaces, 15 in solids.
    rows[p].reserve((first_of(p + 1) - first_of(p)) * (mesh.dimension == 3 ? 16 : 7));
    for (std::size_t dof = first_of(p); dof < first_of(p + 1); ++dof) {
      assembler.append(result.vertex_of_dof[dof], rows[p]);
    }
  });
  std::vector<std::int64_t> piece_start(pieces + 1, 0);
  for (std::size_t p = 0; p < pieces; ++p) {
    piece_start[p + 1] = piece_start[p] + static_cast<std::int64_t>(rows[p].columns.size());
  }
  if (piece_start.back() > std::numeric_limits<int>::max()) {
    throw InputError("the mesh",
                     "its matrices have " + std::to_string(piece_start.back()) + " entries, more than 2^31 - 1");
  }

  // K and M share one pattern, so that K − λM needs no merging. Lumped masses keep it with explicit zeros.
  SparseMatrix& stiffness = result.pencil.stiffness;
  SparseMatrix& mass = result.pencil.mass;
  stiffness.resize(n, n);
  stiffness.resizeNonZeros(piece_start.back());
  mass.resize(n, n);
  mass.resizeNonZeros(piece_start.back());
  parallel_tasks(pieces, options.threads, [&](std::size_t p) {
    std::ranges::copy(rows[p].columns, stiffness.innerIndexPtr() + piece_start[p]);
    std::ranges::copy(rows[p].columns, mass.innerIndexPtr() + piece_start[p]);
    std::ranges::copy(rows[p].stiffness, stiffness.valuePtr() + piece_start[p]);
    std::ranges::copy(rows[p].mass, mass.valuePtr() + piece_start[p]);
    auto at = static_cast<int>(piece_start[p]);
    for (std::size_t i = 0; i < rows[p].lengths.size(); ++i) {
      stiffness.outerIndexPtr()[first_of(p) + i] = mass.outerIndexPtr()[first_of(p) + i] = at;
      at += rows[p].lengths[i];
    }
    rows[p] = {};
  });
  stiffness.outerIndexPtr()[n] = mass.outerIndexPtr()[n] = static_cast<int>(piece_start.back());
  result.pencil.dimension = mesh.dimension;
  return result;
}

double mass_slope(const Mesh& mesh) {
  double volume = 0;
  double moment = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const CellMetric cell = cell_metric(mesh, c);
    volume += cell.volume;
    moment += cell.volume * std::accumulate(cell.edges_squared.begin(), cell.edges_squared.end(), 0.0);
  }
  const double d = mesh.dimension;
  return moment / (2 * d * (d + 1) * (d + 2) * volume);
}

} // namespace weyl
