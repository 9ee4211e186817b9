// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/blas.hpp"

#include <condition_variable>
#include <limits>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "weyl/core/error.hpp"

extern "C" void
openblas_set_num_threads(int threads); // NOLINT(readability-redundant-declaration): not in netlib's cblas.h

extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w, double* work,
             const int* lwork, int* iwork, const int* liwork, int* info);
void dsyrk_(const char* uplo, const char* trans, const int* n, const int* k, const double* alpha, const double* a,
            const int* lda, const double* beta, double* c, const int* ldc);
void dgemm_(const char* trans_a, const char* trans_b, const int* m, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* b, const int* ldb, const double* beta, double* c,
            const int* ldc);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dpotrs_(const char* uplo, const int* n, const int* columns, const double* a, const int* lda, double* b,
             const int* ldb, int* info);
void dpotri_(const char* uplo, const int* n, double* a, const int* lda, int* info);
}

namespace weyl::blas {

namespace {

std::mutex guard;
std::condition_variable changed;
int buffers = 0;       ///< that OpenBLAS has; it keeps them
int running = 0;       ///< calls in them
bool claiming = false; ///< a call is making one more

} // namespace

Call::Call() {
  openblas_set_num_threads(1);
  std::unique_lock lock(guard);
  changed.wait(lock, [] { return running < buffers || !claiming; });
  claims_ = running == buffers;
  if (claims_) {
    ::operator delete(::operator new(static_cast<std::size_t>(buffer_bytes)));
    claiming = true;
  } else {
    ++running;
  }
}

Call::~Call() {
  {
    const std::scoped_lock lock(guard);
    if (claims_) {
      claiming = false;
      ++buffers;
    } else {
      --running;
    }
  }
  changed.notify_all();
}

namespace {

Eigen::MatrixXd gram(const Eigen::MatrixXd& a, double shift, bool columns) {
  const Call call;
  const auto rows = static_cast<int>(a.rows());
  const auto n = static_cast<int>(columns ? a.cols() : a.rows());
  const auto k = static_cast<int>(columns ? a.rows() : a.cols());
  Eigen::MatrixXd c = shift * Eigen::MatrixXd::Identity(n, n);
  const double one = 1;
  if (n > 0 && k > 0) {
    dsyrk_("L", columns ? "T" : "N", &n, &k, &one, a.data(), &rows, &one, c.data(), &n);
  }
  return c;
}

} // namespace

Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a) {
  const auto n = static_cast<int>(a.rows());
  Eigen::VectorXd values(n);
  if (n == 0) {
    return values;
  }
  const Call call;
  int info = 0;
  int integer_size = 0;
  double size = 0;
  const int query = -1;
  dsyevd_("V", "U", &n, a.data(), &n, values.data(), &size, &query, &integer_size, &query, &info);
  if (size > std::numeric_limits<int>::max()) {
    throw NumericalError("a dense matrix of order " + std::to_string(n) + " is too large for LAPACK's dsyevd");
  }
  const int work_size = static_cast<int>(size);
  std::vector<double> work(static_cast<std::size_t>(work_size));
  std::vector<int> integers(static_cast<std::size_t>(integer_size));
  dsyevd_("V", "U", &n, a.data(), &n, values.data(), work.data(), &work_size, integers.data(), &integer_size, &info);
  if (info != 0) {
    throw NumericalError("LAPACK's dsyevd did not converge on a matrix of order " + std::to_string(n));
  }
  return values;
}

Eigen::MatrixXd gram_of_rows(const Eigen::MatrixXd& a, double shift) { return gram(a, shift, false); }

Eigen::MatrixXd gram_of_columns(const Eigen::MatrixXd& a, double shift) { return gram(a, shift, true); }

void multiply_transposed(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::MatrixXd& b, Eigen::MatrixXd& c) {
  const Call call;
  const auto d = static_cast<int>(a.rows());
  const auto n = static_cast<int>(a.cols());
  const auto k = static_cast<int>(b.cols());
  const auto stride = static_cast<int>(a.outerStride());
  const double one = 1;
  const double zero = 0;
  c.resize(n, k);
  dgemm_("T", "N", &n, &k, &d, &one, a.data(), &stride, b.data(), &d, &zero, c.data(), &n);
}

void cholesky(Eigen::MatrixXd& a) {
  const Call call;
  const auto n = static_cast<int>(a.rows());
  int info = 0;
  dpotrf_("L", &n, a.data(), &n, &info);
  if (info != 0) {
    throw NumericalError("a matrix of order " + std::to_string(n) +
                         " is not positive definite to rounding; use a larger ridge");
  }
}

void cholesky_solve(const Eigen::MatrixXd& l, Eigen::Ref<Eigen::MatrixXd> b) {
  const Call call;
  const auto n = static_cast<int>(l.rows());
  const auto columns = static_cast<int>(b.cols());
  const auto stride = static_cast<int>(b.outerStride());
  int info = 0;
  dpotrs_("L", &n, &columns, l.data(), &n, b.data(), &stride, &info);
}

void cholesky_inverse(Eigen::MatrixXd& l) {
  const Call call;
  const auto n = static_cast<int>(l.rows());
  int info = 0;
  dpotri_("L", &n, l.data(), &n, &info);
}

} // namespace weyl::blas
