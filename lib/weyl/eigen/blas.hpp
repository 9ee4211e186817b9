// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file What is taken from LAPACK.

#include <Eigen/Core>

namespace weyl::blas {

/// Our own threads each work on a problem of their own; BLAS threads inside them would only compete (OpenBLAS keeps one
/// pool a process). Sets OpenBLAS to one thread, process-wide.
void use_one_thread();

/// Ascending eigenvalues of a symmetric matrix, which becomes its eigenvectors (LAPACK's divide and conquer, dsyevd).
/// \throws NumericalError if it does not converge.
Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a);

} // namespace weyl::blas
