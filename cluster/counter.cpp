// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/counter.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl::cluster {

void prepare_mumps(Mat factor) {
  check(MatMumpsSetIcntl(factor, 13, 1));
  check(MatMumpsSetIcntl(factor, 14, 100)); // percent above the estimate
}

InertiaCounter::InertiaCounter(const DistributedPencil& pencil) : pencil_(pencil) {
  check(MatDuplicate(pencil.stiffness.get(), MAT_COPY_VALUES, shifted_.out()));
  check(MatSetOption(shifted_.get(), MAT_SYMMETRIC, PETSC_TRUE));
  check(MatGetFactor(shifted_.get(), MATSOLVERMUMPS, MAT_FACTOR_CHOLESKY, factor_.out()));
  prepare_mumps(factor_.get());
  check(MatCholeskyFactorSymbolic(factor_.get(), shifted_.get(), nullptr, nullptr));
}

PetscInt InertiaCounter::below(double sigma) {
  check(MatCopy(pencil_.stiffness.get(), shifted_.get(), SAME_NONZERO_PATTERN));
  check(MatAXPY(shifted_.get(), -sigma, pencil_.mass.get(), SAME_NONZERO_PATTERN));
  check(MatCholeskyFactorNumeric(factor_.get(), shifted_.get(), nullptr));
  MatFactorError error = MAT_FACTOR_NOERROR;
  check(MatFactorGetError(factor_.get(), &error));
  if (error != MAT_FACTOR_NOERROR) {
    PetscInt code = 0;
    PetscInt detail = 0;
    check(MatMumpsGetInfog(factor_.get(), 1, &code));
    check(MatMumpsGetInfog(factor_.get(), 2, &detail));
    throw NumericalError(fmt::format("MUMPS could not factor K - {:.6g} M (INFOG(1) = {}, INFOG(2) = {}); where memory "
                                     "is short use more machines, or weyl-cluster spectrum --solver lobpcg",
                                     sigma, code, detail));
  }
  PetscInt negative = 0;
  check(MatGetInertia(factor_.get(), &negative, nullptr, nullptr));
  return negative;
}

EigenvalueCount InertiaCounter::at(double lambda) {
  const double near = rounding(lambda);
  EigenvalueCount result{.lambda = lambda, .pivoted = true};
  result.below = lambda > near ? below(lambda - near) : 0;
  result.count = lambda + near > 0 ? below(lambda + near) : 0;
  result.at_eigenvalue = result.below != result.count;
  return result;
}

double InertiaCounter::rounding(double lambda) const { return 1e-9 * std::max(std::abs(lambda), pencil_.scale); }

} // namespace weyl::cluster
