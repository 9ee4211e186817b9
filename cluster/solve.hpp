// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenvalues of a distributed pencil by SLEPc.

#include <array>
#include <cstdint>
#include <vector>

#include "cluster/counter.hpp"
#include "cluster/pencil.hpp"

namespace weyl::cluster {

/// Which of an eigenpair.
enum class Wanted { values, vectors };

/// Eigenvalues, ascending, and what is known of them.
struct Eigenvalues {
  std::vector<double> values;
  std::vector<double> residuals; ///< ‖Kx − λMx‖ / ((λ + s)·‖Mx‖)
  std::vector<Vector> vectors;   ///< xᵀMx = 1; M-orthogonal as SLEPc leaves them; none unless asked for
  std::int64_t first = 0;        ///< number of eigenvalues below the first
  std::int64_t recovered = 0;    ///< missed at first, found again because inertia counted them
  bool confirmed = false;        ///< inertia counts as many
};

/// Leaves the `count` first.
void keep(Eigenvalues& found, std::size_t count);

/// The `count` ≤ n smallest: Krylov–Schur with the shift −s, K + sM factored by MUMPS (Stewart, SIAM J. Matrix Anal.
/// Appl. 23, 2001; SLEPc). Inertia in a gap behind them tells whether copies of multiple eigenvalues are missing; if so
/// the interval up to there is solved by `slice_interval`. More are returned than asked for, up to that gap. \throws
/// NumericalError if the iteration does not converge, or the count cannot be met. Collective. Cost: a factorization and
/// two solves per eigenvalue; another factorization to confirm.
Eigenvalues smallest(const DistributedPencil& pencil, InertiaCounter& counter, PetscInt count, Wanted wanted);

/// All eigenvalues in [a, b] by spectrum slicing (Campos & Román, Numer. Algorithms 60, 2012; SLEPc), each piece
/// between two shifts confirmed by their inertia. The processes may work in `partitions` groups, each with a copy of
/// the pencil and a part of the interval. \throws NumericalError if the count cannot be met. Collective.
Eigenvalues slice_interval(const DistributedPencil& pencil, InertiaCounter& counter, std::array<double, 2> interval,
                           PetscInt partitions, Wanted wanted);

/// The `count` ≤ n smallest without a factorization: LOBPCG (Knyazev, SIAM J. Sci. Comput. 23, 2001) on (K + sM, M),
/// with smoothed-aggregation multigrid (PETSc's GAMG) as preconditioner. Memory is linear in n; nothing counts what is
/// found. \throws NumericalError if it does not converge. Collective.
Eigenvalues smallest_by_multigrid(const DistributedPencil& pencil, PetscInt count, Wanted wanted);

} // namespace weyl::cluster
