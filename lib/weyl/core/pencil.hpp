// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The generalized eigenvalue problem K x = λ M x, handed from fem/ to eigen/.

#include <Eigen/SparseCore>

namespace weyl {

/// Compressed columns, 32-bit indices; symmetric matrices are stored whole (both triangles).
using SparseMatrix = Eigen::SparseMatrix<double>;

/// A symmetric pencil (K, M): K positive semidefinite, M positive definite, both n × n and stored whole.
/// K x = λ M x has n real eigenvalues λ ≥ 0; eigenvectors are M-orthonormal.
struct Pencil {
  SparseMatrix stiffness; ///< K, unit: length^(d−2)
  SparseMatrix mass;      ///< M, unit: length^d
  int dimension = 2;      ///< d of the space: eigenvalues grow like k^{2/d}

  /// Number of unknowns n.
  [[nodiscard]] Eigen::Index size() const { return stiffness.rows(); }
};

} // namespace weyl
