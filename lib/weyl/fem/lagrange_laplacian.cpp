// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/lagrange_laplacian.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/fem/local_forms.hpp"

namespace weyl {

namespace {

/// Chooses the unknowns: nodes of cells with a positive volume, less those on a Dirichlet boundary.
void number_unknowns(const RiemannianMesh& space, Boundary boundary, LagrangeLaplacian& result) {
  const NodeNumbers& nodes = result.nodes;
  std::vector<char> used(static_cast<std::size_t>(nodes.count), 0);
  for (std::size_t c = 0; c < space.mesh.cell_count(); ++c) {
    if (space.metric || cell_volume(space.mesh, c) > 0) {
      for (const int node : nodes.cell(c)) {
        used[static_cast<std::size_t>(node)] = 1;
      }
    }
  }
  result.dof_of_node.assign(used.size(), -1);
  for (std::size_t node = 0; node < used.size(); ++node) {
    if (used[node] != 0 && (boundary == Boundary::neumann || nodes.on_boundary[node] == 0)) {
      result.dof_of_node[node] = static_cast<int>(result.node_of_dof.size());
      result.node_of_dof.push_back(static_cast<int>(node));
    }
  }
  if (result.node_of_dof.empty()) {
    throw InputError("the mesh", boundary == Boundary::dirichlet
                                     ? "every node lies on the Dirichlet boundary, no unknown is left; refine the "
                                       "mesh or use Neumann conditions"
                                     : "no cell has a positive volume");
  }
}

/// The common pattern of K and M: compressed columns, ascending, as of a symmetric matrix rows and columns alike.
struct Pattern {
  std::vector<std::int64_t> first;
  std::vector<int> columns;
};

Pattern pattern(const LagrangeLaplacian& laplacian, std::size_t cells, int threads) {
  const NodeNumbers& nodes = laplacian.nodes;
  // Cells around each unknown.
  const std::size_t n = laplacian.node_of_dof.size();
  std::vector<std::size_t> begin;
  begin.assign(n + 1, 0);
  const auto dof = [&](int node) { return laplacian.dof_of_node[static_cast<std::size_t>(node)]; };
  for (const int node : nodes.of_cell) {
    if (dof(node) >= 0) {
      ++begin[static_cast<std::size_t>(dof(node)) + 1];
    }
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::size_t> around(begin.back());
  std::vector<std::size_t> next = begin;
  for (std::size_t c = 0; c < cells; ++c) {
    for (const int node : nodes.cell(c)) {
      if (dof(node) >= 0) {
        around[next[static_cast<std::size_t>(dof(node))]++] = c;
      }
    }
  }
  // Pieces of rows in parallel, then side by side.
  const auto pieces = static_cast<std::size_t>(thread_count(threads));
  std::vector<std::vector<int>> columns(pieces);
  Pattern result;
  result.first.assign(n + 1, 0);
  parallel_tasks(pieces, threads, [&](std::size_t piece) {
    std::vector<int> seen(n, -1); // the last row in which a column was met
    for (std::size_t row = n * piece / pieces; row < n * (piece + 1) / pieces; ++row) {
      const auto start = static_cast<std::ptrdiff_t>(columns[piece].size());
      for (std::size_t k = begin[row]; k < begin[row + 1]; ++k) {
        for (const int node : nodes.cell(around[k])) {
          if (const int column = dof(node);
              column >= 0 && seen[static_cast<std::size_t>(column)] != static_cast<int>(row)) {
            seen[static_cast<std::size_t>(column)] = static_cast<int>(row);
            columns[piece].push_back(column);
          }
        }
      }
      std::sort(columns[piece].begin() + start, columns[piece].end());
      result.first[row + 1] = static_cast<std::int64_t>(columns[piece].size()) - start;
    }
  });
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  if (result.first.back() > std::numeric_limits<int>::max()) {
    throw InputError("the mesh",
                     "its matrices have " + std::to_string(result.first.back()) + " entries, more than 2^31 - 1");
  }
  result.columns.reserve(static_cast<std::size_t>(result.first.back()));
  for (std::vector<int>& piece : columns) {
    result.columns.insert(result.columns.end(), piece.begin(), piece.end());
    piece = {};
  }
  return result;
}

SparseMatrix zero_matrix(const Pattern& pattern) {
  const auto n = static_cast<Eigen::Index>(pattern.first.size()) - 1;
  SparseMatrix matrix(n, n);
  matrix.resizeNonZeros(pattern.first.back());
  std::ranges::copy(pattern.first, matrix.outerIndexPtr());
  std::ranges::copy(pattern.columns, matrix.innerIndexPtr());
  std::fill_n(matrix.valuePtr(), pattern.first.back(), 0.0);
  return matrix;
}

/// Adds the forms of a cell to the rows from `begin` to `end`.
void scatter(const LocalForms& forms, std::span<const int> dofs, int begin, int end, Pencil& pencil) {
  // Columns of the cell, ascending: a row's columns are walked through once.
  std::vector<int> order(dofs.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](int a) { return dofs[static_cast<std::size_t>(a)]; });
  for (const int a : order) {
    const int row = dofs[static_cast<std::size_t>(a)];
    if (row < begin || row >= end) {
      continue;
    }
    const int* at = pencil.stiffness.innerIndexPtr() + pencil.stiffness.outerIndexPtr()[row];
    const int* const last = pencil.stiffness.innerIndexPtr() + pencil.stiffness.outerIndexPtr()[row + 1];
    for (const int b : order) {
      const int column = dofs[static_cast<std::size_t>(b)];
      if (column < 0) {
        continue;
      }
      at = std::lower_bound(at, last, column);
      const auto entry = at - pencil.stiffness.innerIndexPtr();
      pencil.stiffness.valuePtr()[entry] += forms.stiffness(a, b);
      pencil.mass.valuePtr()[entry] += forms.mass(a, b);
    }
  }
}

/// P1 on flat cells has an assembly of its own.
LagrangeLaplacian linear(const Mesh& mesh, const LagrangeOptions& options) {
  LagrangeLaplacian result;
  result.nodes = number_nodes(mesh, 1);
  Laplacian p1 = laplacian(
      mesh, {.boundary = options.boundary, .dirichlet_vertices = result.nodes.on_boundary, .threads = options.threads});
  result.pencil = std::move(p1.pencil);
  result.node_of_dof = std::move(p1.vertex_of_dof);
  result.dof_of_node.assign(static_cast<std::size_t>(mesh.vertex_count), -1);
  for (std::size_t dof = 0; dof < result.node_of_dof.size(); ++dof) {
    result.dof_of_node[static_cast<std::size_t>(result.node_of_dof[dof])] = static_cast<int>(dof);
  }
  return result;
}

} // namespace

LagrangeLaplacian lagrange_laplacian(const RiemannianMesh& space, const LagrangeOptions& options) {
  if (options.order == 1 && !space.metric && !space.weight && !options.potential) {
    return linear(space.mesh, options);
  }
  LagrangeLaplacian result;
  result.nodes = number_nodes(space.mesh, options.order);
  number_unknowns(space, options.boundary, result);
  const std::size_t cells = space.mesh.cell_count();
  {
    const Pattern common = pattern(result, cells, options.threads);
    result.pencil = {zero_matrix(common), zero_matrix(common), space.mesh.dimension};
  }
  const LocalIntegrator integrator(space, options.potential, options.order, options.extra_degree);

  // Batches of cells: their forms in parallel, then their sums, each thread in rows of its own and all in the order of
  // cells, so that the result does not depend on the number of threads.
  const auto pieces = static_cast<std::size_t>(thread_count(options.threads));
  const auto n = static_cast<std::size_t>(result.pencil.size());
  const auto per_cell = static_cast<std::size_t>(result.nodes.per_cell);
  const std::size_t batch = std::clamp<std::size_t>((std::size_t{1} << 21) / (per_cell * per_cell), 16, 8192);
  std::vector<LocalForms> forms(std::min(batch, cells));
  std::vector<int> dofs(forms.size() * per_cell);
  for (std::size_t first = 0; first < cells; first += batch) {
    const std::size_t count = std::min(batch, cells - first);
    constexpr std::size_t grain = 16;
    parallel_tasks((count + grain - 1) / grain, options.threads, [&](std::size_t task) {
      for (std::size_t i = task * grain; i < std::min(count, (task + 1) * grain); ++i) {
        integrator.integrate(first + i, forms[i]);
        std::ranges::transform(result.nodes.cell(first + i), dofs.begin() + static_cast<std::ptrdiff_t>(i * per_cell),
                               [&](int node) { return result.dof_of_node[static_cast<std::size_t>(node)]; });
      }
    });
    parallel_tasks(pieces, options.threads, [&](std::size_t piece) {
      for (std::size_t i = 0; i < count; ++i) {
        scatter(forms[i], {dofs.data() + i * per_cell, per_cell}, static_cast<int>(n * piece / pieces),
                static_cast<int>(n * (piece + 1) / pieces), result.pencil);
      }
    });
  }
  return result;
}

SparseMatrix lumped(const SparseMatrix& mass) {
  SparseMatrix result = mass;
  result.coeffs().setZero();
  result.diagonal() = mass * Eigen::VectorXd::Ones(mass.cols());
  return result;
}

LagrangeLaplacian lagrange_laplacian(const Mesh& mesh, const LagrangeOptions& options) {
  return lagrange_laplacian(RiemannianMesh{.mesh = mesh}, options);
}

} // namespace weyl
