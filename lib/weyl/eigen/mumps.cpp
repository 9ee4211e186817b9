// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/mumps.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include <dmumps_c.h>

#include "weyl/core/blas.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// A MUMPS instance, ended with the scope.
class Mumps {
public:
  Mumps() {
    id.job = -1;
    id.par = 1;
    id.sym = 2;                // symmetric indefinite
    id.comm_fortran = -987654; // MUMPS's name for MPI_COMM_WORLD
    call("initialization");
    for (const int stream : {1, 2, 3, 4}) {
      icntl(stream) = 0; // silent
    }
    icntl(6) = 0;   // no column permutation,
    icntl(8) = 0;   // no scaling: neither helps a pencil of finite elements
    icntl(7) = 1;   // the ordering is given
    icntl(13) = 1;  // the root front is factored sequentially, so that its inertia is known
    icntl(14) = 40; // percent of memory above the estimate, for delayed pivots
    icntl(31) = 1;  // the factors are dropped
  }
  ~Mumps() {
    id.job = -2;
    dmumps_c(&id);
  }
  Mumps(const Mumps&) = delete;
  Mumps& operator=(const Mumps&) = delete;

  int& icntl(int i) { return id.icntl[i - 1]; }
  [[nodiscard]] int infog(int i) const { return id.infog[i - 1]; }

  void call(const char* phase) {
    dmumps_c(&id);
    if (infog(1) < 0) {
      throw NumericalError(std::string("MUMPS failed in its ") + phase + ": INFOG(1) = " + std::to_string(infog(1)) +
                           ", INFOG(2) = " + std::to_string(infog(2)));
    }
  }

  DMUMPS_STRUC_C id{};
};

} // namespace

std::int64_t mumps_negative_eigenvalues(const SparseMatrix& matrix, const Analysis& analysis) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);

  std::vector<MUMPS_INT> rows;
  std::vector<MUMPS_INT> columns;
  std::vector<double> values;
  for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
    for (SparseMatrix::InnerIterator entry(matrix, j); entry; ++entry) {
      if (entry.row() >= j) {
        rows.push_back(static_cast<MUMPS_INT>(entry.row() + 1));
        columns.push_back(static_cast<MUMPS_INT>(j + 1));
        values.push_back(entry.value());
      }
    }
  }
  Mumps mumps;
  mumps.id.n = static_cast<MUMPS_INT>(matrix.rows());
  mumps.id.nnz = static_cast<MUMPS_INT8>(values.size());
  mumps.id.irn = rows.data();
  mumps.id.jcn = columns.data();
  mumps.id.a = values.data();
  std::vector<MUMPS_INT> position(analysis.inverse_permutation.begin(), analysis.inverse_permutation.end());
  std::ranges::transform(position, position.begin(), [](MUMPS_INT k) { return k + 1; });
  mumps.id.perm_in = position.data();
  const blas::Call call;
  mumps.id.job = 1;
  mumps.call("analysis");
  mumps.id.job = 2;
  for (int attempts = 0;; ++attempts) {
    try {
      mumps.call("factorization");
      return mumps.infog(12);
    } catch (const NumericalError&) {
      constexpr int workspace_too_small = -9;
      if ((mumps.infog(1) != workspace_too_small && mumps.infog(1) != workspace_too_small + 1) || attempts == 3) {
        throw;
      }
      mumps.icntl(14) *= 4;
    }
  }
}

} // namespace weyl
