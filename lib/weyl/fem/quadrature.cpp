// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/quadrature.hpp"

#include <cmath>

#include <Eigen/Eigenvalues>

namespace weyl {

GaussRule gauss_jacobi(int n, int power) {
  // Monic Jacobi polynomials for (1 − x)^0 (1 + x)^b on [−1, 1], moved to [0, 1] by t = (1 + x)/2.
  const double b = power;
  Eigen::VectorXd diagonal(n);
  Eigen::VectorXd off_diagonal(n > 1 ? n - 1 : 0);
  for (int k = 0; k < n; ++k) {
    const double s = 2 * k + b;
    diagonal[k] = k == 0 ? b / (b + 2) : b * b / (s * (s + 2));
    if (k > 0) {
      off_diagonal[k - 1] = std::sqrt(4 * k * k * (k + b) * (k + b) / (s * s * (s + 1) * (s - 1)));
    }
  }
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, off_diagonal);
  return {(1 + solver.eigenvalues().array()) / 2,
          solver.eigenvectors().row(0).transpose().cwiseAbs2() / (b + 1)}; // ∫ t^b dt = 1/(b + 1)
}

Quadrature simplex_quadrature(int dimension, int degree) {
  // The point of the k-simplex is t·(point of the (k−1)-simplex) and 1 − t at the new corner; dV = t^(k−1) dt dV'.
  Quadrature rule{Eigen::MatrixXd::Ones(1, 1), Eigen::VectorXd::Ones(1)};
  for (int k = 1; k <= dimension; ++k) {
    const GaussRule line = gauss_jacobi(degree / 2 + 1, k - 1);
    const Eigen::Index inner = rule.weights.size();
    Quadrature next{Eigen::MatrixXd(k + 1, inner * line.points.size()), Eigen::VectorXd(inner * line.points.size())};
    for (Eigen::Index i = 0; i < line.points.size(); ++i) {
      next.points.block(0, i * inner, k, inner) = line.points[i] * rule.points;
      next.points.row(k).segment(i * inner, inner).setConstant(1 - line.points[i]);
      next.weights.segment(i * inner, inner) = line.weights[i] * rule.weights;
    }
    rule = std::move(next);
  }
  return rule;
}

} // namespace weyl
