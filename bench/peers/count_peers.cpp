// SPDX-License-Identifier: GPL-3.0-or-later
// count_peers PENCIL SOLVER LAMBDA: one count N(λ) by the inertia of a peer's L D Lᵀ, analysed once. SOLVER is mumps,
// cholmod or eigen, ordered by METIS, or cholmod-default or eigen-default with the ordering that they take by
// themselves. A program apart from count_weyl, because weyl brings a BLAS of its own that would serve MUMPS too.

#include <algorithm>
#include <iostream> // which Eigen/MetisSupport forgets
#include <memory>
#include <stdexcept>
#include <string>

#include <Eigen/MetisSupport>
#include <Eigen/SparseCholesky>
#include <cholmod.h>
#include <dmumps_c.h>

#include "measure.hpp"
#include "pencil_file.hpp"

namespace {

using Matrix = Eigen::SparseMatrix<double>;

/// Times the analysis and the best of several counts.
template <class Counter>
void report(const std::string& name, const std::string& version, const peers::PencilFile& file, double lambda) {
  const Matrix stiffness = view(file, file.stiffness);
  const Matrix mass = view(file, file.mass);
  // Both have one pattern: the values are all that λ changes. Solvers want one triangle.
  const Matrix lower_k = stiffness.triangularView<Eigen::Lower>();
  const Matrix lower_m = mass.triangularView<Eigen::Lower>();
  Matrix shifted = lower_k;
  const auto values = [](auto& matrix) { return matrix.coeffs(); };

  const peers::Stopwatch watch;
  Counter counter(shifted);
  const double analysis = watch.seconds();
  std::int64_t count = 0;
  const double seconds = peers::best_of(5, [&] {
    values(shifted) = values(lower_k) - lambda * values(lower_m);
    count = counter.negative(shifted);
  });
  peers::print({{"solver", name},
                {"version", version},
                {"n", file.size()},
                {"lambda", lambda},
                {"count", count},
                {"seconds", seconds},
                {"analysis_seconds", analysis},
                {"memory", peers::peak_memory()},
                {"blas", peers::mapped_blas()}});
}

/// CHOLMOD with what it needs freed at the end.
class Cholmod {
public:
  explicit Cholmod(Matrix& matrix, bool metis = true) {
    cholmod_start(&common_);
    common_.supernodal = CHOLMOD_SIMPLICIAL; // CHOLMOD has no supernodal L D Lᵀ
    common_.final_ll = 0;
    if (metis) {
      common_.nmethods = 1;
      common_.method[0].ordering = CHOLMOD_METIS;
    }
    cholmod_sparse a = wrap(matrix);
    factor_ = cholmod_analyze(&a, &common_);
    check();
  }
  ~Cholmod() {
    cholmod_free_factor(&factor_, &common_);
    cholmod_finish(&common_);
  }
  Cholmod(const Cholmod&) = delete;
  Cholmod& operator=(const Cholmod&) = delete;

  std::int64_t negative(Matrix& matrix) {
    cholmod_sparse a = wrap(matrix);
    cholmod_factorize(&a, factor_, &common_);
    check();
    const auto* first = static_cast<const int*>(factor_->p);
    const auto* values = static_cast<const double*>(factor_->x);
    return std::count_if(first, first + factor_->n, [&](int diagonal) { return values[diagonal] < 0; });
  }

  [[nodiscard]] const int* permutation() const { return static_cast<const int*>(factor_->Perm); }

private:
  static cholmod_sparse wrap(Matrix& matrix) {
    cholmod_sparse a{};
    a.nrow = a.ncol = static_cast<std::size_t>(matrix.rows());
    a.nzmax = static_cast<std::size_t>(matrix.nonZeros());
    a.p = matrix.outerIndexPtr();
    a.i = matrix.innerIndexPtr();
    a.x = matrix.valuePtr();
    a.stype = -1; // the lower triangle
    a.itype = CHOLMOD_INT;
    a.xtype = CHOLMOD_REAL;
    a.dtype = CHOLMOD_DOUBLE;
    a.sorted = a.packed = 1;
    return a;
  }
  void check() const {
    if (common_.status != CHOLMOD_OK) {
      throw std::runtime_error("CHOLMOD's status is " + std::to_string(common_.status));
    }
  }
  cholmod_common common_{};
  cholmod_factor* factor_ = nullptr;
};

/// With AMD, or METIS where CHOLMOD finds AMD's ordering bad.
class CholmodDefault : public Cholmod {
public:
  explicit CholmodDefault(Matrix& matrix) : Cholmod(matrix, false) {}
};

/// MUMPS with the ordering that CHOLMOD gets: Debian's MUMPS is built without METIS.
class Mumps {
public:
  explicit Mumps(Matrix& matrix) {
    id_.job = -1;
    id_.par = 1;
    id_.sym = 2;                // symmetric indefinite
    id_.comm_fortran = -987654; // MUMPS's name for MPI_COMM_WORLD
    call();
    for (const int stream : {1, 2, 3, 4}) {
      icntl(stream) = 0; // silent
    }
    icntl(6) = icntl(8) = 0; // no column permutation, no scaling
    icntl(7) = 1;            // the ordering is given
    icntl(13) = 1;           // the root front, too, reports its inertia
    icntl(14) = 40;          // percent of memory for delayed pivots
    icntl(31) = 1;           // the factors are dropped
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
      for (Matrix::InnerIterator entry(matrix, j); entry; ++entry) {
        rows_.push_back(static_cast<int>(entry.row()) + 1);
        columns_.push_back(static_cast<int>(j) + 1);
      }
    }
    const Cholmod ordered(matrix);
    position_.resize(static_cast<std::size_t>(matrix.rows()));
    for (int k = 0; k < matrix.rows(); ++k) {
      position_[ordered.permutation()[k]] = k + 1;
    }
    id_.n = static_cast<int>(matrix.rows());
    id_.nnz = matrix.nonZeros();
    id_.irn = rows_.data();
    id_.jcn = columns_.data();
    id_.perm_in = position_.data();
    id_.job = 1;
    call();
  }
  ~Mumps() {
    id_.job = -2;
    dmumps_c(&id_);
  }
  Mumps(const Mumps&) = delete;
  Mumps& operator=(const Mumps&) = delete;

  std::int64_t negative(Matrix& matrix) {
    id_.a = matrix.valuePtr();
    id_.job = 2;
    call();
    return id_.infog[11];
  }

private:
  int& icntl(int i) { return id_.icntl[i - 1]; }
  void call() {
    dmumps_c(&id_);
    if (id_.infog[0] < 0) {
      throw std::runtime_error("MUMPS failed: INFOG(1) = " + std::to_string(id_.infog[0]));
    }
  }
  DMUMPS_STRUC_C id_{};
  std::vector<int> rows_;
  std::vector<int> columns_;
  std::vector<int> position_;
};

template <class Ordering>
class EigenLdlt {
public:
  explicit EigenLdlt(const Matrix& matrix) { solver_.analyzePattern(matrix); }
  std::int64_t negative(const Matrix& matrix) {
    solver_.factorize(matrix);
    if (solver_.info() != Eigen::Success) {
      throw std::runtime_error("Eigen met a zero pivot");
    }
    return (solver_.vectorD().array() < 0).count();
  }

private:
  Eigen::SimplicialLDLT<Matrix, Eigen::Lower, Ordering> solver_;
};

void run(const std::string& path, const std::string& solver, double lambda) {
  const peers::PencilFile file = peers::read_pencil(path);
  const auto dotted = [](int major, int minor, int patch) {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  };
  const std::string cholmod = dotted(CHOLMOD_MAIN_VERSION, CHOLMOD_SUB_VERSION, CHOLMOD_SUBSUB_VERSION);
  const std::string eigen = dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
  if (solver == "mumps") {
    report<Mumps>(solver, MUMPS_VERSION, file, lambda);
  } else if (solver == "cholmod") {
    report<Cholmod>(solver, cholmod, file, lambda);
  } else if (solver == "cholmod-default") {
    report<CholmodDefault>(solver, cholmod, file, lambda);
  } else if (solver == "eigen") {
    report<EigenLdlt<Eigen::MetisOrdering<int>>>(solver, eigen, file, lambda);
  } else if (solver == "eigen-default") {
    report<EigenLdlt<Eigen::AMDOrdering<int>>>(solver, eigen, file, lambda);
  } else {
    throw std::runtime_error(solver + ": not one of mumps, cholmod, cholmod-default, eigen, eigen-default");
  }
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 4) {
      throw std::runtime_error("usage: count_peers PENCIL SOLVER LAMBDA");
    }
    run(argv[1], argv[2], std::stod(argv[3]));
  });
}
