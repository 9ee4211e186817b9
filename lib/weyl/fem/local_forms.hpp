// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Stiffness and mass matrix of one cell.

#include <array>
#include <cstddef>

#include <Eigen/Core>

#include "weyl/fem/lagrange.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/fem/quadrature.hpp"

namespace weyl {

/// K and M of a cell, nodes × nodes, exactly symmetric. Without volume both are zero.
struct LocalForms {
  Eigen::MatrixXd stiffness;
  Eigen::MatrixXd mass;
};

/// Integrates over one cell after the other. Flat cells combine matrices of the reference simplex.
class LocalIntegrator {
public:
  LocalIntegrator(const RiemannianMesh& space, const CellFunction& potential, int order, int extra_degree);

  [[nodiscard]] const LagrangeElement& element() const { return element_; }
  /// Overwrites `forms`. \throws InputError if the metric is not positive definite.
  void integrate(std::size_t cell, LocalForms& forms) const;

private:
  void integrate_flat(std::size_t cell, LocalForms& forms) const;
  void integrate_curved(std::size_t cell, LocalForms& forms) const;

  const RiemannianMesh& space_;
  const CellFunction& potential_;
  LagrangeElement element_;
  Metric metric_; ///< empty where flat cells are integrated exactly
  Quadrature rule_;
  ShapeValues shapes_;                         ///< at the points of `rule_`
  Eigen::MatrixXd mass_;                       ///< ∫ φ_a φ_b over the reference simplex
  std::array<Eigen::MatrixXd, 6> derivatives_; ///< ∫ ∂_i φ_a ∂_j φ_b (+ i ↔ j where i ≠ j), i + j(j+1)/2, i ≤ j
};

} // namespace weyl
