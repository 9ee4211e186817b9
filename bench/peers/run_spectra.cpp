// SPDX-License-Identifier: GPL-3.0-or-later
// run_spectra PENCIL K VALUES TOLERANCE: the K smallest eigenpairs by Spectra as its documentation shows it, with
// Eigen's SparseLU inside SymShiftInvert and Eigen's own kernels.

#include <stdexcept>
#include <string>

#include <Spectra/MatOp/SparseSymMatProd.h>
#include <Spectra/MatOp/SymShiftInvert.h>
#include <Spectra/SymGEigsShiftSolver.h>
#include <Spectra/Util/Version.h>

#include "measure.hpp"
#include "pencil_file.hpp"

namespace {

void run(const std::string& path, Eigen::Index count, const std::string& values_path, double tolerance) {
  const peers::PencilFile file = peers::read_pencil(path);
  const Eigen::SparseMatrix<double> stiffness = view(file, file.stiffness);
  const Eigen::SparseMatrix<double> mass = view(file, file.mass);
  const double shift = peers::shift(file);
  constexpr Eigen::Index restarts = 1000;

  const peers::Stopwatch watch;
  using Solve = Spectra::SymShiftInvert<double, Eigen::Sparse, Eigen::Sparse>;
  using Multiply = Spectra::SparseSymMatProd<double>;
  Solve solve(stiffness, mass);
  Multiply multiply(mass);
  const Eigen::Index basis = std::min<Eigen::Index>(2 * count + 1, file.size());
  Spectra::SymGEigsShiftSolver<Solve, Multiply, Spectra::GEigsMode::ShiftInvert> solver(solve, multiply, count, basis,
                                                                                        shift);
  solver.init();
  solver.compute(Spectra::SortRule::LargestMagn, restarts, tolerance, Spectra::SortRule::SmallestAlge);
  const Eigen::VectorXd values = solver.eigenvalues();
  const Eigen::MatrixXd vectors = solver.eigenvectors();
  const double seconds = watch.seconds();
  const double memory = peers::peak_memory();

  if (solver.info() != Spectra::CompInfo::Successful) {
    throw std::runtime_error("Spectra did not converge");
  }
  peers::write_values(values_path, values);
  peers::print({{"solver", "spectra"},
                {"version", std::to_string(SPECTRA_MAJOR_VERSION) + "." + std::to_string(SPECTRA_MINOR_VERSION) + "." +
                                std::to_string(SPECTRA_PATCH_VERSION)},
                {"n", file.size()},
                {"k", values.size()},
                {"seconds", seconds},
                {"memory", memory},
                {"residual", peers::largest_residual(file, values, vectors)},
                {"blas", peers::mapped_blas()}});
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 5) {
      throw std::runtime_error("usage: run_spectra PENCIL K VALUES TOLERANCE");
    }
    run(argv[1], std::stoll(argv[2]), argv[3], std::stod(argv[4]));
  });
}
