// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/blas.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <cblas.h>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"

extern "C" void
openblas_set_num_threads(int threads); // NOLINT(readability-redundant-declaration): not in netlib's cblas.h

extern "C" void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
                        double* work, const int* lwork, int* iwork, const int* liwork, int* info);

namespace weyl::blas {

namespace {

int rows_of(const ConstMatrix& a) { return static_cast<int>(a.rows()); }
int columns_of(const ConstMatrix& a) { return static_cast<int>(a.cols()); }
int stride_of(const ConstMatrix& a) { return static_cast<int>(a.outerStride()); }

/// Rows of a tall matrix that are multiplied at a time, so that they stay in the cache: OpenBLAS copies its operands
/// before it multiplies, which in one call on all rows costs more than the product.
constexpr Eigen::Index piece = 1024;

/// C ← C + alpha·A B by pieces of rows.
void add_product(Eigen::MatrixXd& c, double alpha, const ConstMatrix& a, const ConstMatrix& b, int threads) {
  if (c.cols() == 0 || b.rows() == 0) {
    return;
  }
  use_one_thread();
  const auto pieces = static_cast<std::size_t>((c.rows() + piece - 1) / piece);
  parallel_tasks(pieces, threads, [&](std::size_t p) {
    const Eigen::Index first = static_cast<Eigen::Index>(p) * piece;
    cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(std::min(piece, c.rows() - first)),
                columns_of(b), rows_of(b), alpha, a.data() + first, stride_of(a), b.data(), stride_of(b), 1.0,
                c.data() + first, stride_of(c));
  });
}

} // namespace

void use_one_thread() { openblas_set_num_threads(1); }

Eigen::MatrixXd transposed_product(const ConstMatrix& a, const ConstMatrix& b, int threads) {
  Eigen::MatrixXd c = Eigen::MatrixXd::Zero(a.cols(), b.cols());
  if (c.size() == 0) {
    return c;
  }
  // One sum per range of rows, the ranges as many as threads: the result does not depend on who finishes first.
  const auto ranges = static_cast<std::size_t>(thread_count(threads));
  std::vector<Eigen::MatrixXd> sums(ranges, c);
  use_one_thread();
  parallel_tasks(ranges, threads, [&](std::size_t range) {
    const Eigen::Index end = a.rows() * static_cast<Eigen::Index>(range + 1) / static_cast<Eigen::Index>(ranges);
    for (Eigen::Index first = a.rows() * static_cast<Eigen::Index>(range) / static_cast<Eigen::Index>(ranges);
         first < end; first += piece) {
      cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, columns_of(a), columns_of(b),
                  static_cast<int>(std::min(piece, end - first)), 1.0, a.data() + first, stride_of(a), b.data() + first,
                  stride_of(b), 1.0, sums[range].data(), columns_of(a));
    }
  });
  for (const Eigen::MatrixXd& sum : sums) {
    c += sum;
  }
  return c;
}

Eigen::MatrixXd product(const ConstMatrix& a, const ConstMatrix& b, int threads) {
  Eigen::MatrixXd c = Eigen::MatrixXd::Zero(a.rows(), b.cols());
  add_product(c, 1, a, b, threads);
  return c;
}

void subtract_product(Eigen::MatrixXd& c, const ConstMatrix& a, const ConstMatrix& b, int threads) {
  add_product(c, -1, a, b, threads);
}

Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a) {
  const auto n = static_cast<int>(a.rows());
  Eigen::VectorXd values(n);
  if (n == 0) {
    return values;
  }
  int info = 0;
  int integer_size = 0;
  double size = 0;
  const int query = -1;
  dsyevd_("V", "U", &n, a.data(), &n, values.data(), &size, &query, &integer_size, &query, &info);
  const int work_size = static_cast<int>(size);
  std::vector<double> work(static_cast<std::size_t>(work_size));
  std::vector<int> integers(static_cast<std::size_t>(integer_size));
  dsyevd_("V", "U", &n, a.data(), &n, values.data(), work.data(), &work_size, integers.data(), &integer_size, &info);
  if (info != 0) {
    throw NumericalError("LAPACK's dsyevd did not converge on a matrix of order " + std::to_string(n));
  }
  return values;
}

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
