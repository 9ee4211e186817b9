// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The waves of a flat torus (internal).

#include <vector>

#include <Eigen/Core>

namespace weyl {

/// One of m and −m, by which e^{2πi m·u} has the eigenvalue λ = |2π B⁻¹ m|².
struct Frequency {
  double lambda = 0;
  Eigen::VectorXi m;
};

/// Those up to λ, ascending, m = 0 first; of a pair ±m that whose first nonzero entry is positive. The rows of `basis`
/// are those of B. |m_i| = |ξ·b_i|/2π ≤ |b_i|√λ/2π bounds the search. \throws InputError where it would be too long.
std::vector<Frequency> frequencies(const Eigen::MatrixXd& basis, double lambda);

} // namespace weyl
