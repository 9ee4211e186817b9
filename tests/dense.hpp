// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Eigenvalues>

#include "weyl/core/pencil.hpp"

namespace weyl::test {

/// All eigenvalues of a small pencil, ascending, by LAPACK's method for dense matrices.
inline Eigen::VectorXd dense_eigenvalues(const Pencil& pencil) {
  return Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd>(Eigen::MatrixXd(pencil.stiffness),
                                                                   Eigen::MatrixXd(pencil.mass), Eigen::EigenvaluesOnly)
      .eigenvalues();
}

} // namespace weyl::test
