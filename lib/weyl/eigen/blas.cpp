// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/blas.hpp"

#include <string>
#include <vector>

#include "weyl/core/error.hpp"

extern "C" void
openblas_set_num_threads(int threads); // NOLINT(readability-redundant-declaration): not in netlib's cblas.h

extern "C" void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
                        double* work, const int* lwork, int* iwork, const int* liwork, int* info);

namespace weyl::blas {

Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a) {
  const auto n = static_cast<int>(a.rows());
  Eigen::VectorXd values(n);
  if (n == 0) {
    return values;
  }
  openblas_set_num_threads(1);
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

} // namespace weyl::blas
