// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/blas.hpp"

#include <cblas.h>

extern "C" void
openblas_set_num_threads(int threads); // NOLINT(readability-redundant-declaration): not in netlib's cblas.h

namespace weyl::blas {

void use_one_thread() { openblas_set_num_threads(1); }

void subtract_product(double* c, int ldc, const double* a, int lda, const double* b, int ldb, int m, int n, int k) {
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, m, n, k, -1.0, a, lda, b, ldb, 1.0, c, ldc);
}

void subtract_product_plain(double* c, int ldc, const double* a, int lda, const double* b, int ldb, int m, int n,
                            int k) {
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, k, -1.0, a, lda, b, ldb, 1.0, c, ldc);
}

void solve_right_unit_lower_transposed(double* x, int ldx, const double* l, int ldl, int m, int n) {
  cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasUnit, m, n, 1.0, l, ldl, x, ldx);
}

void solve_right_unit_lower(double* x, int ldx, const double* l, int ldl, int m, int n) {
  cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasUnit, m, n, 1.0, l, ldl, x, ldx);
}

} // namespace weyl::blas
