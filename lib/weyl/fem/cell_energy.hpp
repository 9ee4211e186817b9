// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Functions of a finite element space looked at cell by cell: energies, and where more unknowns would help.

#include <Eigen/Core>

#include "weyl/fem/lagrange_laplacian.hpp"

namespace weyl {

/// What k functions are in their cells.
struct CellEnergies {
  Eigen::VectorXd quotients;  ///< k Rayleigh quotients ∫|∇u|² / ∫u², length⁻²
  Eigen::MatrixXd indicators; ///< cells × k: ∫_T |∇(u − I u)|² / ∫u², I the interpolation by one order less
};

/// Looks at functions u = Σ x_dof φ_node, the columns of `vectors` (n × k), of a space of the given order.
///
/// Quotients are sums over cells of quadratic forms in differences u − u(corner 0). So they keep nearly all digits
/// where entries of K cancel against each other, as K − λM and its eigenvalues do not; and an error of an eigenvector
/// enters squared. Indicators say what the highest order adds in a cell.
/// Cost: 2·k·(p+d choose d)² a cell, in parallel.
CellEnergies cell_energies(const RiemannianMesh& space, const LagrangeLaplacian& laplacian,
                           const Eigen::MatrixXd& vectors, int threads = 0);

} // namespace weyl
