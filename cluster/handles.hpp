// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// PETSc objects that end with their scope, and PETSc's errors as exceptions.

#include <utility>

#include <slepceps.h>

namespace weyl::cluster {

/// \throws NumericalError with PETSc's own words if `error` is one.
void check(PetscErrorCode error);

/// A PETSc object, destroyed with the scope. `out()` is where PETSc's Create functions put it.
template <class Object, PetscErrorCode (*destroy)(Object*)>
class Handle {
public:
  Handle() = default;
  Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { destroy(&object_); }

  [[nodiscard]] Object get() const { return object_; }
  [[nodiscard]] Object* out() { return &object_; }

private:
  Object object_ = nullptr;
};

/// What MUMPS is asked for each time: the root front is factored by one process, so that its inertia is known, and
/// memory of twice the estimate is there for delayed pivots. PETSc's options -mat_mumps_icntl_N come after.
void prepare_mumps(Mat factor);

using Matrix = Handle<Mat, MatDestroy>;
using Vector = Handle<Vec, VecDestroy>;
using IndexSet = Handle<IS, ISDestroy>;
using Partitioning = Handle<MatPartitioning, MatPartitioningDestroy>;
using EigenSolver = Handle<EPS, EPSDestroy>;

} // namespace weyl::cluster
