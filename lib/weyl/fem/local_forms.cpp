// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/local_forms.hpp"

#include <cmath>
#include <functional>

#include <Eigen/Cholesky>
#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// BᵀB, exactly symmetric.
void gram(const Eigen::MatrixXd& b, Eigen::MatrixXd& result) {
  result.setZero(b.cols(), b.cols());
  result.selfadjointView<Eigen::Lower>().rankUpdate(b.transpose());
  result.triangularView<Eigen::StrictlyUpper>() = result.transpose();
}

/// Makes rows sum to zero, as the gradient of constants does, by the diagonal.
void clear_row_sums(Eigen::MatrixXd& stiffness) {
  stiffness.diagonal().setZero();
  stiffness.diagonal() = -stiffness.rowwise().sum();
}

} // namespace

LocalIntegrator::LocalIntegrator(const RiemannianMesh& space, const CellFunction& potential, int order,
                                 int extra_degree)
    : space_(space), potential_(potential), element_(space.mesh.dimension, order) {
  const bool flat = !space.metric && !space.weight && !potential;
  const int d = space.mesh.dimension;
  rule_ = simplex_quadrature(d, 2 * order + (flat ? 0 : extra_degree));
  shapes_ = element_.at(rule_.points);
  if (!flat) {
    metric_ = space.metric ? Metric(std::cref(space.metric)) : flat_metric(space.mesh);
    return;
  }
  const auto weights = rule_.weights.asDiagonal();
  gram((shapes_.values * rule_.weights.cwiseSqrt().asDiagonal()).transpose(), mass_);
  for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
    for (std::size_t i = 0; i <= j; ++i) {
      const Eigen::MatrixXd product = shapes_.gradient[i] * weights * shapes_.gradient[j].transpose();
      derivatives_[i + j * (j + 1) / 2] = (i == j ? 0.5 : 1.0) * (product + product.transpose());
    }
  }
}

void LocalIntegrator::integrate(std::size_t cell, LocalForms& forms) const {
  if (metric_) {
    integrate_curved(cell, forms);
  } else {
    integrate_flat(cell, forms);
  }
}

void LocalIntegrator::integrate_flat(std::size_t cell, LocalForms& forms) const {
  const auto [l2, volume] = cell_metric(space_.mesh, cell);
  forms.stiffness.setZero(element_.size(), element_.size());
  forms.mass.setZero(element_.size(), element_.size());
  if (volume == 0) {
    return;
  }
  // √det G·G⁻¹ = cof(G)/√det G, √det G = d!·|T|; lengths as in `laplacian`.
  std::array<double, 6> c{};
  double root = volume;
  if (space_.mesh.dimension == 1) {
    c[0] = 1 / volume;
  } else if (space_.mesh.dimension == 2) {
    root = 2 * volume;
    c = {l2[1] / root, (l2[2] - l2[0] - l2[1]) / (2 * root), l2[0] / root};
  } else {
    root = 6 * volume;
    const double g12 = (l2[0] + l2[1] - l2[2]) / 2;
    const double g13 = (l2[0] + l2[3] - l2[4]) / 2;
    const double g23 = (l2[1] + l2[3] - l2[5]) / 2;
    c = {(l2[1] * l2[3] - g23 * g23) / root, (g13 * g23 - g12 * l2[3]) / root, (l2[0] * l2[3] - g13 * g13) / root,
         (g12 * g23 - g13 * l2[1]) / root,   (g12 * g13 - g23 * l2[0]) / root, (l2[0] * l2[1] - g12 * g12) / root};
  }
  forms.mass = root * mass_;
  for (std::size_t k = 0; k < static_cast<std::size_t>(simplex_edge_count(space_.mesh.dimension)); ++k) {
    forms.stiffness += c[k] * derivatives_[k];
  }
  clear_row_sums(forms.stiffness);
}

void LocalIntegrator::integrate_curved(std::size_t cell, LocalForms& forms) const {
  const Eigen::Index d = space_.mesh.dimension;
  const Eigen::Index points = rule_.weights.size();
  const Eigen::MatrixXd grams = metric_(cell, rule_.points);
  const Eigen::VectorXd weight = space_.weight ? space_.weight(cell, rule_.points) : Eigen::VectorXd::Ones(points);
  // G = L Lᵀ: K = Σ_q (dV L⁻¹∂φ)ᵀ(L⁻¹∂φ), M = Σ_q dV φφᵀ, dV = w·weight·Π L_ii.
  Eigen::MatrixXd gradients(points * d, element_.size());
  Eigen::VectorXd volumes(points);
  ChartMatrix inverse(d, d);
  for (Eigen::Index q = 0; q < points; ++q) {
    const Eigen::LLT<ChartMatrix> cholesky{ChartMatrix(grams.middleCols(q * d, d))};
    if (cholesky.info() != Eigen::Success) {
      throw InputError("the mesh",
                       fmt::format("the metric of cell {} is not positive definite; use smaller cells", cell));
    }
    inverse.setIdentity(d, d);
    cholesky.matrixL().solveInPlace(inverse);
    volumes[q] = rule_.weights[q] * weight[q] / inverse.diagonal().prod();
    if (!(volumes[q] >= 0 && std::isfinite(volumes[q]))) {
      throw InputError("the mesh", fmt::format("the weight in cell {} is not a number from 0 on", cell));
    }
    const double root = std::sqrt(volumes[q]);
    for (Eigen::Index i = 0; i < d; ++i) {
      auto row = gradients.row(q * d + i);
      row = root * inverse(i, 0) * shapes_.gradient[0].col(q).transpose();
      for (Eigen::Index j = 1; j <= i; ++j) {
        row += root * inverse(i, j) * shapes_.gradient[static_cast<std::size_t>(j)].col(q).transpose();
      }
    }
  }
  gram(gradients, forms.stiffness);
  clear_row_sums(forms.stiffness);
  gram((shapes_.values * volumes.cwiseSqrt().asDiagonal()).transpose(), forms.mass);
  if (potential_) {
    const Eigen::VectorXd q = potential_(cell, rule_.points);
    const Eigen::MatrixXd product = shapes_.values * volumes.cwiseProduct(q).asDiagonal() * shapes_.values.transpose();
    forms.stiffness += (product + product.transpose()) / 2;
  }
}

} // namespace weyl
