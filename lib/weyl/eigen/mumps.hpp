// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Inertia by a pivoted factorization: the referee where an unpivoted one cannot be trusted.

#include <cstdint>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"

namespace weyl {

/// Number of negative eigenvalues of a symmetric matrix (both triangles stored), from the inertia of MUMPS's L D Lᵀ
/// with 1×1 and 2×2 threshold pivoting (Amestoy, Duff, L'Excellent & Koster 2001; INFOG(12)). The factors are dropped.
///
/// The analysis is done anew at each call, with the ordering of `analysis`; calls from several threads take turns
/// (MUMPS is not thread-safe).
/// \throws NumericalError with MUMPS's error code, for example when memory runs out.
std::int64_t mumps_negative_eigenvalues(const SparseMatrix& matrix, const Analysis& analysis);

} // namespace weyl
