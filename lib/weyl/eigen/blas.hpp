// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What is taken from LAPACK.

#include <Eigen/Core>

namespace weyl::blas {

/// Ascending eigenvalues of a symmetric matrix, which becomes its eigenvectors (LAPACK's divide and conquer, dsyevd).
/// Sets OpenBLAS to one thread, process-wide: ours each work on a problem of their own, and BLAS threads inside them
/// would only compete (OpenBLAS keeps one pool a process).
/// \throws NumericalError if it does not converge.
Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a);

} // namespace weyl::blas
