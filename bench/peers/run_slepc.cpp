// SPDX-License-Identifier: GPL-3.0-or-later
// mpirun -n P run_slepc PENCIL K VALUES TOLERANCE [PETSc options]: the K smallest eigenpairs by SLEPc's Krylov–Schur
// with shift-and-invert, K − σM factored by MUMPS.

#include <csignal>
#include <stdexcept>
#include <string>

#include <slepceps.h>
#include <sys/prctl.h>

#include "measure.hpp"
#include "pencil_file.hpp"

namespace {

/// PETSc reports errors on its own; this ends the run.
void check(PetscErrorCode error) {
  if (error != 0) {
    throw std::runtime_error("PETSc error " + std::to_string(static_cast<int>(error)));
  }
}

/// The rows of K or M that this process owns.
Mat distribute(const peers::PencilFile& file, const std::vector<double>& values) {
  Mat matrix = nullptr;
  check(MatCreate(PETSC_COMM_WORLD, &matrix));
  check(MatSetSizes(matrix, PETSC_DECIDE, PETSC_DECIDE, file.size(), file.size()));
  check(MatSetType(matrix, MATAIJ));
  PetscLayout rows = nullptr;
  check(MatGetLayouts(matrix, &rows, nullptr));
  check(PetscLayoutSetUp(rows));
  PetscInt begin = 0;
  PetscInt end = 0;
  check(PetscLayoutGetRange(rows, &begin, &end));
  std::vector<PetscInt> first(file.first.begin() + begin, file.first.begin() + end + 1);
  const PetscInt offset = file.first[begin];
  for (PetscInt& entry : first) {
    entry -= offset;
  }
  // The one that does not fit the number of processes does nothing.
  check(MatSeqAIJSetPreallocationCSR(matrix, first.data(), file.index.data() + offset, values.data() + offset));
  check(MatMPIAIJSetPreallocationCSR(matrix, first.data(), file.index.data() + offset, values.data() + offset));
  check(MatSetOption(matrix, MAT_SYMMETRIC, PETSC_TRUE));
  check(MatSetOption(matrix, MAT_SYMMETRY_ETERNAL, PETSC_TRUE));
  return matrix;
}

EPS make_solver(Mat stiffness, Mat mass, double shift, PetscInt count, double tolerance) {
  EPS eps = nullptr;
  check(EPSCreate(PETSC_COMM_WORLD, &eps));
  check(EPSSetOperators(eps, stiffness, mass));
  check(EPSSetProblemType(eps, EPS_GHEP));
  check(EPSSetType(eps, EPSKRYLOVSCHUR));
  check(EPSSetWhichEigenpairs(eps, EPS_TARGET_MAGNITUDE));
  check(EPSSetTarget(eps, shift));
  check(EPSSetDimensions(eps, count, PETSC_DEFAULT, PETSC_DEFAULT));
  check(EPSSetTolerances(eps, tolerance, 1000));
  ST st = nullptr;
  check(EPSGetST(eps, &st));
  check(STSetType(st, STSINVERT));
  KSP ksp = nullptr;
  check(STGetKSP(st, &ksp));
  check(KSPSetType(ksp, KSPPREONLY));
  PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  check(PCSetType(pc, PCCHOLESKY));
  check(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  check(EPSSetFromOptions(eps));
  return eps;
}

/// λ_i, and its residual relative to (|λ_i| + s)·‖M x_i‖.
std::pair<double, double> value_and_residual(EPS eps, Mat stiffness, Mat mass, double scale, PetscInt i, Vec x, Vec kx,
                                             Vec mx) {
  double value = 0;
  check(EPSGetEigenpair(eps, i, &value, nullptr, x, nullptr));
  check(MatMult(stiffness, x, kx));
  check(MatMult(mass, x, mx));
  check(VecAXPY(kx, -value, mx));
  double residual = 0;
  double size = 0;
  check(VecNorm(kx, NORM_2, &residual));
  check(VecNorm(mx, NORM_2, &size));
  return {value, residual / ((std::abs(value) + scale) * size)};
}

void run(const std::string& path, PetscInt count, const std::string& values_path, double tolerance) {
  peers::PencilFile file = peers::read_pencil(path);
  const int n = file.size();
  const double scale = peers::spectral_scale(file);
  const double shift = peers::shift(file);
  Mat stiffness = distribute(file, file.stiffness);
  Mat mass = distribute(file, file.mass);
  file = {};
  Vec x = nullptr;
  Vec kx = nullptr;
  Vec mx = nullptr;
  check(MatCreateVecs(stiffness, &x, &kx));
  check(VecDuplicate(x, &mx));

  MPI_Barrier(PETSC_COMM_WORLD);
  const peers::Stopwatch watch;
  EPS eps = make_solver(stiffness, mass, shift, count, tolerance);
  check(EPSSolve(eps));
  PetscInt converged = 0;
  check(EPSGetConverged(eps, &converged));
  converged = std::min(converged, count); // Krylov–Schur may hand on a few more
  double first = 0;
  if (converged > 0) {
    check(EPSGetEigenpair(eps, 0, &first, nullptr, x, nullptr)); // makes all eigenvectors
  }
  MPI_Barrier(PETSC_COMM_WORLD);
  const double seconds = watch.seconds();
  double memory = peers::peak_memory();
  MPI_Allreduce(MPI_IN_PLACE, &memory, 1, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD);

  if (converged < count) {
    throw std::runtime_error("SLEPc converged to " + std::to_string(converged) + " pairs only");
  }
  std::vector<double> values;
  double largest = 0;
  for (PetscInt i = 0; i < converged; ++i) {
    const auto [value, residual] = value_and_residual(eps, stiffness, mass, scale, i, x, kx, mx);
    values.push_back(value);
    largest = std::max(largest, residual);
  }
  std::sort(values.begin(), values.end());
  int rank = 0;
  int processes = 0;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  MPI_Comm_size(PETSC_COMM_WORLD, &processes);
  if (rank == 0) {
    peers::write_values(values_path, values);
    peers::print({{"solver", "slepc"},
                  {"version", std::to_string(SLEPC_VERSION_MAJOR) + "." + std::to_string(SLEPC_VERSION_MINOR) + "." +
                                  std::to_string(SLEPC_VERSION_SUBMINOR)},
                  {"n", n},
                  {"k", converged},
                  {"seconds", seconds},
                  {"memory", memory},
                  {"residual", largest},
                  {"processes", processes},
                  {"blas", peers::mapped_blas()}});
  }
  check(EPSDestroy(&eps));
  check(VecDestroy(&x));
  check(VecDestroy(&kx));
  check(VecDestroy(&mx));
  check(MatDestroy(&stiffness));
  check(MatDestroy(&mass));
}

} // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL); // a run past its limit ends with mpirun
  return peers::run_main([&] {
    if (argc < 5) {
      throw std::runtime_error("usage: mpirun -n P run_slepc PENCIL K VALUES TOLERANCE [PETSc options]");
    }
    check(SlepcInitialize(&argc, &argv, nullptr, nullptr));
    try {
      run(argv[1], std::stoi(argv[2]), argv[3], std::stod(argv[4]));
    } catch (const std::exception& error) {
      std::fprintf(stderr, "error: %s\n", error.what());
      MPI_Abort(PETSC_COMM_WORLD, 1); // the other processes may be waiting
    }
    check(SlepcFinalize());
  });
}
