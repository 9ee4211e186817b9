// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file The few BLAS-3 and LAPACK kernels that factorization and orthogonalization are made of. All matrices are
/// column-major.

#include <Eigen/Core>

namespace weyl::blas {

/// Our own threads each factor a matrix of their own; BLAS threads inside them would only compete (OpenBLAS keeps one
/// pool a process). Sets OpenBLAS to one thread, process-wide.
void use_one_thread();

/// C −= A Bᵀ with C m × n, A m × k, B n × k.
void subtract_product(double* c, int ldc, const double* a, int lda, const double* b, int ldb, int m, int n, int k);

/// C −= A B with C m × n, A m × k, B k × n.
void subtract_product_plain(double* c, int ldc, const double* a, int lda, const double* b, int ldb, int m, int n,
                            int k);

/// X ← X L⁻ᵀ with L unit lower triangular n × n, X m × n.
void solve_right_unit_lower_transposed(double* x, int ldx, const double* l, int ldl, int m, int n);

/// X ← X L⁻¹ with L unit lower triangular n × n, X m × n.
void solve_right_unit_lower(double* x, int ldx, const double* l, int ldl, int m, int n);

using ConstMatrix = Eigen::Ref<const Eigen::MatrixXd>;

/// Aᵀ B, in `threads` threads (0: one per hardware thread).
Eigen::MatrixXd transposed_product(const ConstMatrix& a, const ConstMatrix& b, int threads);

/// A B.
Eigen::MatrixXd product(const ConstMatrix& a, const ConstMatrix& b, int threads);

/// C −= A B.
void subtract_product(Eigen::MatrixXd& c, const ConstMatrix& a, const ConstMatrix& b, int threads);

/// Ascending eigenvalues of a symmetric matrix, which becomes its eigenvectors (LAPACK's divide and conquer, dsyevd).
/// \throws NumericalError if it does not converge.
Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a);

} // namespace weyl::blas
