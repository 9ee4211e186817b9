// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/revolution.hpp"

#include <cmath>
#include <vector>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"

namespace weyl {

Pencil revolution_block(const Revolution& space, int m, const RevolutionOptions& options) {
  if (!(space.length > 0) || options.cells < 3 || space.fibre < 1 || m < 0) {
    throw InputError("a space of revolution", "expected a positive length, at least 3 cells, n ≥ 1 and m ≥ 0");
  }
  const double h = space.length / options.cells;
  RiemannianMesh profile{.mesh = {.dimension = 1, .ambient_dimension = 0}};
  for (int c = 0; c < options.cells; ++c) {
    profile.mesh.cells.insert(profile.mesh.cells.end(), {c, space.closed ? (c + 1) % options.cells : c + 1});
    profile.mesh.edge_lengths.push_back(h);
  }
  profile.mesh.vertex_count = options.cells + (space.closed ? 0 : 1);
  const auto radius = [&](std::size_t cell, const Eigen::MatrixXd& points) {
    const Eigen::VectorXd s = h * (points.row(1).transpose().array() + static_cast<double>(cell));
    return Eigen::VectorXd(s.unaryExpr([&](double at) { return space.radius(at); }));
  };
  profile.weight = [&](std::size_t cell, const Eigen::MatrixXd& points) {
    return Eigen::VectorXd(radius(cell, points).array().pow(space.fibre));
  };
  LagrangeOptions assembly{.order = options.order, .extra_degree = 16, .threads = 1};
  if (m > 0) {
    assembly.potential = [&](std::size_t cell, const Eigen::MatrixXd& points) {
      return Eigen::VectorXd(m * (m + space.fibre - 1.0) / radius(cell, points).array().square());
    };
  }
  LagrangeLaplacian whole = lagrange_laplacian(profile, assembly);
  // Without the unknowns at poles where u vanishes; nodes 0 … cells are the vertices.
  std::vector<Eigen::Triplet<double>> kept;
  int unknowns = 0;
  for (int dof = 0; dof < whole.pencil.size(); ++dof) {
    const int node = whole.node_of_dof[dof];
    const bool pole = (space.pole_at_start && node == 0) || (space.pole_at_end && node == options.cells);
    if (m == 0 || !pole) {
      kept.emplace_back(dof, unknowns++, 1.0);
    }
  }
  SparseMatrix keep(whole.pencil.size(), unknowns);
  keep.setFromTriplets(kept.begin(), kept.end());
  return {.stiffness = keep.transpose() * whole.pencil.stiffness * keep,
          .mass = keep.transpose() * whole.pencil.mass * keep,
          .dimension = whole.pencil.dimension};
}

} // namespace weyl
