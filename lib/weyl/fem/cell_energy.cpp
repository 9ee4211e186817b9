// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/cell_energy.hpp"

#include <algorithm>
#include <vector>

#include "weyl/core/parallel.hpp"
#include "weyl/fem/local_forms.hpp"

namespace weyl {

namespace {

/// u ↦ u − I u at the nodes of order p, I the interpolation at the nodes of order p − 1; of order 1, u − its mean.
Eigen::MatrixXd remainder(const LagrangeElement& element) {
  const auto n = static_cast<Eigen::Index>(element.size());
  if (element.order() == 1) {
    return Eigen::MatrixXd::Identity(n, n).array() - 1.0 / static_cast<double>(n);
  }
  const LagrangeElement lower(element.dimension(), element.order() - 1);
  return Eigen::MatrixXd::Identity(n, n) -
         lower.at(element.nodes()).values.transpose() * element.at(lower.nodes()).values.transpose();
}

} // namespace

CellEnergies cell_energies(const RiemannianMesh& space, const LagrangeLaplacian& laplacian,
                           const Eigen::MatrixXd& vectors, int threads) {
  const NodeNumbers& nodes = laplacian.nodes;
  const CellFunction no_potential;
  const LocalIntegrator integrator(space, no_potential, nodes.order, 4);
  const Eigen::MatrixXd high_part = remainder(integrator.element());
  const std::size_t cells = space.mesh.cell_count();
  const Eigen::Index k = vectors.cols();
  CellEnergies result{.quotients = {}, .indicators = Eigen::MatrixXd(static_cast<Eigen::Index>(cells), k)};
  const auto pieces = static_cast<std::size_t>(thread_count(threads));
  Eigen::MatrixXd energy = Eigen::MatrixXd::Zero(k, static_cast<Eigen::Index>(pieces));
  Eigen::MatrixXd mass = energy;
  parallel_tasks(pieces, threads, [&](std::size_t piece) {
    LocalForms forms;
    Eigen::MatrixXd u(nodes.per_cell, k);
    const auto column = static_cast<Eigen::Index>(piece);
    for (std::size_t c = cells * piece / pieces; c < cells * (piece + 1) / pieces; ++c) {
      integrator.integrate(c, forms);
      const auto cell = nodes.cell(c);
      for (Eigen::Index a = 0; a < nodes.per_cell; ++a) {
        const int dof = laplacian.dof_of_node[static_cast<std::size_t>(cell[static_cast<std::size_t>(a)])];
        if (dof >= 0) {
          u.row(a) = vectors.row(dof);
        } else {
          u.row(a).setZero();
        }
      }
      mass.col(column) += (u.cwiseProduct(forms.mass * u)).colwise().sum().transpose();
      u.rowwise() -= u.row(0).eval();
      energy.col(column) += (u.cwiseProduct(forms.stiffness * u)).colwise().sum().transpose();
      const Eigen::MatrixXd high = high_part * u;
      result.indicators.row(static_cast<Eigen::Index>(c)) = (high.cwiseProduct(forms.stiffness * high)).colwise().sum();
    }
  });
  const Eigen::ArrayXd total = mass.rowwise().sum().array();
  result.quotients = energy.rowwise().sum().array() / total;
  result.indicators = result.indicators.array().rowwise() / total.transpose();
  return result;
}

} // namespace weyl
