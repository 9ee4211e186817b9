// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file The few BLAS-3 kernels that the factorization is made of. All matrices are column-major.

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

} // namespace weyl::blas
