// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Gauss quadrature on simplices.

#include <Eigen/Core>

namespace weyl {

/// ∫ f over the reference simplex {λ ≥ 0, Σ λ_i = 1}, measured so that it has the volume 1/d!, is about Σ w_q f(λ_q).
struct Quadrature {
  Eigen::MatrixXd points;  ///< (d+1) × n barycentric coordinates, a point a column; all of them inside
  Eigen::VectorXd weights; ///< n, positive, with the sum 1/d!
};

/// Gauss–Jacobi quadrature on [0, 1] for the weight t^power: n points, ascending, and weights, exact to degree 2n − 1.
/// From the eigenvalues of the Jacobi matrix (Golub & Welsch, Math. Comp. 23, 1969).
struct GaussRule {
  Eigen::VectorXd points;  ///< n, in (0, 1)
  Eigen::VectorXd weights; ///< n, positive
};
GaussRule gauss_jacobi(int n, int power); ///< `n` points for the weight t^power.

/// A rule on the simplex of dimension d = 0 to 3 that is exact for polynomials of the given degree: Gauss–Jacobi rules
/// in collapsed coordinates (Stroud, Approximate Calculation of Multiple Integrals, 1971, §2.5; "conical product"),
/// with (degree/2 + 1)^d points.
Quadrature simplex_quadrature(int dimension, int degree);

} // namespace weyl
