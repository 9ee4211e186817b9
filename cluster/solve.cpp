// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/solve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl::cluster {

namespace {

EigenSolver make_solver(const Matrix& stiffness, const DistributedPencil& pencil, double tolerance) {
  EigenSolver solver;
  check(EPSCreate(PETSC_COMM_WORLD, solver.out()));
  check(EPSSetOperators(solver.get(), stiffness.get(), pencil.mass.get()));
  check(EPSSetProblemType(solver.get(), EPS_GHEP));
  check(EPSSetTolerances(solver.get(), tolerance, 1000));
  return solver;
}

/// K − σM is factored by MUMPS.
void factor_by_mumps(KSP ksp) {
  check(KSPSetType(ksp, KSPPREONLY));
  PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  check(PCSetType(pc, PCCHOLESKY));
  check(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  check(PCFactorSetUpMatSolverType(pc));
  Mat factor = nullptr;
  check(PCFactorGetMatrix(pc, &factor));
  prepare_mumps(factor);
}

ST shift_and_invert(const EigenSolver& solver) {
  ST st = nullptr;
  check(EPSGetST(solver.get(), &st));
  check(STSetType(st, STSINVERT));
  check(STSetMatStructure(st, SAME_NONZERO_PATTERN));
  return st;
}

/// An eigenpair of the solver.
struct Found {
  double value = 0;
  double residual = 0;
  Vector vector;
};

/// What the solver found, ascending. \throws NumericalError if that is less than `least`.
Eigenvalues collect(const EigenSolver& solver, const DistributedPencil& pencil, double shift, PetscInt least,
                    Wanted wanted) {
  PetscInt converged = 0;
  check(EPSGetConverged(solver.get(), &converged));
  if (converged < least) {
    throw NumericalError(fmt::format("SLEPc converged to {} of {} eigenvalues; give it more iterations (-- "
                                     "-eps_max_it N) or a larger space (-- -eps_ncv N)",
                                     converged, least));
  }
  Vector x;
  Vector kx;
  Vector mx;
  check(MatCreateVecs(pencil.stiffness.get(), x.out(), kx.out()));
  check(VecDuplicate(x.get(), mx.out()));
  std::vector<Found> pairs(static_cast<std::size_t>(converged));
  for (PetscInt i = 0; i < converged; ++i) {
    Found& pair = pairs[static_cast<std::size_t>(i)];
    check(EPSGetEigenpair(solver.get(), i, &pair.value, nullptr, x.get(), nullptr));
    pair.value -= shift;
    check(MatMult(pencil.stiffness.get(), x.get(), kx.get()));
    check(MatMult(pencil.mass.get(), x.get(), mx.get()));
    double square = 0; // xᵀMx
    double size = 0;
    check(VecDot(x.get(), mx.get(), &square));
    check(VecAXPY(kx.get(), -pair.value, mx.get()));
    check(VecNorm(kx.get(), NORM_2, &pair.residual));
    check(VecNorm(mx.get(), NORM_2, &size));
    pair.residual /= (std::abs(pair.value) + pencil.scale) * size;
    if (wanted == Wanted::vectors) {
      check(VecDuplicate(x.get(), pair.vector.out()));
      check(VecAXPBY(pair.vector.get(), 1 / std::sqrt(square), 0, x.get()));
    }
  }
  std::ranges::sort(pairs, {}, &Found::value);
  Eigenvalues result;
  for (Found& pair : pairs) {
    result.values.push_back(pair.value);
    result.residuals.push_back(pair.residual);
    if (wanted == Wanted::vectors) {
      result.vectors.push_back(std::move(pair.vector));
    }
  }
  return result;
}

/// The `count` smallest by one Krylov–Schur iteration, unconfirmed.
Eigenvalues near_zero(const DistributedPencil& pencil, PetscInt count, Wanted wanted) {
  EigenSolver solver = make_solver(pencil.stiffness, pencil, 1e-12);
  check(EPSSetType(solver.get(), EPSKRYLOVSCHUR));
  check(EPSSetWhichEigenpairs(solver.get(), EPS_TARGET_MAGNITUDE));
  check(EPSSetTarget(solver.get(), -pencil.scale));
  check(EPSSetDimensions(solver.get(), count, PETSC_DEFAULT, PETSC_DEFAULT));
  KSP ksp = nullptr;
  check(STGetKSP(shift_and_invert(solver), &ksp));
  check(KSPSetOperators(ksp, pencil.stiffness.get(), pencil.stiffness.get())); // a pattern for MUMPS; SLEPc shifts it
  factor_by_mumps(ksp);
  check(EPSSetFromOptions(solver.get()));
  check(EPSSolve(solver.get()));
  return collect(solver, pencil, 0, count, wanted);
}

/// How many of ascending `values`, at least `count`, lie before the widest gap behind them.
std::size_t before_gap(const std::vector<double>& values, std::size_t count) {
  std::size_t best = count;
  for (std::size_t i = count; i < values.size(); ++i) {
    if (values[i] - values[i - 1] > values[best] - values[best - 1]) {
      best = i;
    }
  }
  return best;
}

} // namespace

void keep(Eigenvalues& found, std::size_t count) {
  found.values.resize(count);
  found.residuals.resize(count);
  if (!found.vectors.empty()) {
    found.vectors.resize(count);
  }
}

Eigenvalues smallest(const DistributedPencil& pencil, InertiaCounter& counter, PetscInt count, Wanted wanted) {
  Eigenvalues found;
  std::size_t kept = 0;
  double gap = 0;
  // A few more than asked for, until there is a gap that inertia can count in.
  for (PetscInt more = 8;; more *= 2) {
    const PetscInt enough = std::min(count + more, pencil.size);
    found = near_zero(pencil, enough, wanted);
    if (enough == pencil.size) {
      kept = found.values.size();
      gap = 2 * found.values.back() + pencil.scale;
      break;
    }
    kept = before_gap(found.values, static_cast<std::size_t>(count));
    gap = (found.values[kept - 1] + found.values[kept]) / 2;
    if (found.values[kept] - found.values[kept - 1] > 100 * counter.rounding(gap)) {
      break;
    }
  }
  const PetscInt counted = counter.below(gap);
  if (counted == static_cast<PetscInt>(kept)) {
    keep(found, kept);
    found.confirmed = true;
    return found;
  }
  Eigenvalues again = slice_interval(pencil, counter, {0, gap}, 1, wanted);
  again.recovered = counted - static_cast<std::int64_t>(kept);
  return again;
}

Eigenvalues slice_interval(const DistributedPencil& pencil, InertiaCounter& counter, std::array<double, 2> interval,
                           PetscInt partitions, Wanted wanted) {
  // Shifts beside the ends, which may be eigenvalues; none lies below 0.
  const double a = interval[0] > 0 ? interval[0] - counter.rounding(interval[0]) : -pencil.scale;
  const double b = std::max(interval[1], 0.0) + counter.rounding(interval[1]);
  const PetscInt first = interval[0] > 0 ? counter.below(a) : 0;
  const PetscInt counted = interval[1] < 0 ? 0 : counter.below(b) - first;
  if (counted == 0) {
    return {.values = {}, .residuals = {}, .vectors = {}, .first = first, .confirmed = true};
  }
  EigenSolver solver = make_solver(pencil.stiffness, pencil, 1e-12);
  check(EPSSetType(solver.get(), EPSKRYLOVSCHUR));
  check(EPSSetWhichEigenpairs(solver.get(), EPS_ALL));
  check(EPSSetInterval(solver.get(), a, b));
  shift_and_invert(solver);
  check(EPSKrylovSchurSetPartitions(solver.get(), partitions));
  KSP ksp = nullptr;
  check(EPSKrylovSchurGetKSP(solver.get(), &ksp));
  factor_by_mumps(ksp);
  check(EPSSetFromOptions(solver.get()));
  check(EPSSolve(solver.get()));
  Eigenvalues found = collect(solver, pencil, 0, counted, wanted);
  if (static_cast<PetscInt>(found.values.size()) != counted) {
    throw NumericalError(fmt::format("spectrum slicing found {} eigenvalues in [{:.6g}, {:.6g}] and inertia {}",
                                     found.values.size(), interval[0], interval[1], counted));
  }
  found.first = first;
  found.confirmed = true;
  return found;
}

Eigenvalues smallest_by_multigrid(const DistributedPencil& pencil, PetscInt count, Wanted wanted) {
  // K + sM is definite, and its residuals can be measured against its eigenvalues.
  Matrix shifted;
  check(MatDuplicate(pencil.stiffness.get(), MAT_COPY_VALUES, shifted.out()));
  check(MatAXPY(shifted.get(), pencil.scale, pencil.mass.get(), SAME_NONZERO_PATTERN));
  check(MatSetOption(shifted.get(), MAT_SPD, PETSC_TRUE));
  // Eigenvectors are M-orthonormal: ‖Mx‖ is about √(tr M/n). Errors of eigenvalues are of the order of the residual's
  // square.
  EigenSolver solver = make_solver(shifted, pencil, 1e-6 * std::sqrt(pencil.mean_mass));
  check(EPSSetType(solver.get(), EPSLOBPCG));
  check(EPSSetWhichEigenpairs(solver.get(), EPS_SMALLEST_REAL));
  check(EPSSetDimensions(solver.get(), count, PETSC_DEFAULT, PETSC_DEFAULT));
  ST st = nullptr;
  check(EPSGetST(solver.get(), &st));
  check(STSetType(st, STPRECOND));
  KSP ksp = nullptr;
  check(STGetKSP(st, &ksp));
  check(KSPSetType(ksp, KSPPREONLY));
  PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  check(PCSetType(pc, PCGAMG));
  check(EPSSetFromOptions(solver.get()));
  check(EPSSolve(solver.get()));
  Eigenvalues found = collect(solver, pencil, pencil.scale, count, wanted);
  keep(found, static_cast<std::size_t>(count));
  return found;
}

} // namespace weyl::cluster
