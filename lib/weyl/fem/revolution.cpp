// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/revolution.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"

namespace weyl {

namespace {

/// |S^n| = 2π^{(n+1)/2}/Γ((n+1)/2).
double sphere_volume(int n) { return 2 * std::pow(std::numbers::pi, (n + 1) / 2.0) / std::tgamma((n + 1) / 2.0); }

/// ∫ g c ds along the profile.
double integral(const Revolution& space, int cells, const std::function<double(double)>& g) {
  const double h = space.length / cells;
  double sum = 0;
  for (int i = 0; i < cells; ++i) {
    sum += boost::math::quadrature::gauss<double, 15>::integrate(
        [&](double s) { return g(s) * (space.speed ? space.speed(s) : 1.0); }, i * h, (i + 1) * h);
  }
  return sum;
}

} // namespace

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
  const auto along = [h](const std::function<double(double)>& f, std::size_t cell, const Eigen::MatrixXd& points) {
    const Eigen::VectorXd s = h * (points.row(1).transpose().array() + static_cast<double>(cell));
    return Eigen::VectorXd(s.unaryExpr(f));
  };
  const auto radius = [&](std::size_t cell, const Eigen::MatrixXd& points) {
    return along(space.radius, cell, points);
  };
  if (space.speed) {
    profile.metric = [&](std::size_t cell, const Eigen::MatrixXd& points) {
      return Eigen::MatrixXd((h * along(space.speed, cell, points)).array().square().matrix().transpose());
    };
  }
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
  // Without the unknowns where u vanishes, at poles and at a Dirichlet boundary; nodes 0 … cells are the vertices.
  const auto vanishes = [&](bool pole) { return pole ? m > 0 : options.boundary == Boundary::dirichlet; };
  const bool at_start = !space.closed && vanishes(space.pole_at_start);
  const bool at_end = !space.closed && vanishes(space.pole_at_end);
  std::vector<Eigen::Triplet<double>> kept;
  int unknowns = 0;
  for (int dof = 0; dof < whole.pencil.size(); ++dof) {
    const int node = whole.node_of_dof[dof];
    if (!(at_start && node == 0) && !(at_end && node == options.cells)) {
      kept.emplace_back(dof, unknowns++, 1.0);
    }
  }
  SparseMatrix keep(whole.pencil.size(), unknowns);
  keep.setFromTriplets(kept.begin(), kept.end());
  return {.stiffness = keep.transpose() * whole.pencil.stiffness * keep,
          .mass = keep.transpose() * whole.pencil.mass * keep,
          .dimension = whole.pencil.dimension};
}

std::int64_t harmonics(int n, int m) {
  // dim H_m(S^n) = Σ of dim H_j(S^{n−1}), j = 0 … m; on S^0 degrees 0 and 1 have one each.
  std::vector<std::int64_t> dimensions(static_cast<std::size_t>(m) + 1, 0);
  std::fill_n(dimensions.begin(), std::min(m + 1, 2), 1);
  std::partial_sum(dimensions.begin(), dimensions.end(), dimensions.begin());
  for (int i = 1; i < n; ++i) {
    std::partial_sum(dimensions.begin(), dimensions.end(), dimensions.begin());
  }
  return dimensions.back();
}

double orbit_volume(const Revolution& space, double s) {
  return sphere_volume(space.fibre) * std::pow(space.radius(s), space.fibre);
}

double volume(const Revolution& space, int cells) {
  return integral(space, cells, [&](double s) { return orbit_volume(space, s); });
}

double profile_length(const Revolution& space, int cells) {
  return integral(space, cells, [](double) { return 1.0; });
}

} // namespace weyl
