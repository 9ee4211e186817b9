// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Bounds on the inertia of a matrix that hold in spite of rounding.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "weyl/core/enclosed_matrix.hpp"
#include "weyl/eigen/ldlt.hpp"

namespace weyl {

/// Bounds the number of negative eigenvalues of matrices A of one pattern, known as Â up to `EnclosedMatrix::radius`.
///
/// With a diagonal R ≥ 0, factor Â ∓ R without pivoting: the computed L D Lᵀ is exactly a matrix B, whose inertia is
/// the signs of D (Sylvester), and |B − (Â ∓ R)| has row sums at most f, `backward_error`. If R exceeds radius + f in
/// every row, then B < A for the sign −, and A < B for the sign +, as forms. Hence the number of negative pivots is an
/// upper bound of the number of eigenvalues ≤ 0 of A, or a lower bound of the number of eigenvalues < 0. R is guessed,
/// the bound f computed after the factorization, R raised where it was too small, and so on a few times. Nothing
/// about growth or condition is assumed: where they are bad the bound is loose, or not given.
class CertifiedInertia {
public:
  /// Orders and analyses the pattern that all matrices have. `threads`: of one factorization; 0: all.
  explicit CertifiedInertia(const SparseMatrix& pattern, int threads = 0);

  /// A number that #{eigenvalues of A ≤ 0} does not exceed; none if R was never large enough.
  /// Cost: 1 to 6 factorizations, mostly 1 or 2.
  std::optional<std::int64_t> at_most(const EnclosedMatrix& a) { return bound(a, -1); }

  /// A number that does not exceed #{eigenvalues of A < 0}; none if R was never large enough.
  std::optional<std::int64_t> at_least(const EnclosedMatrix& a) { return bound(a, +1); }

private:
  std::optional<std::int64_t> bound(const EnclosedMatrix& a, double sign);

  std::shared_ptr<const Analysis> analysis_;
  std::vector<int> row_counts_;
  std::unique_ptr<Ldlt> factor_; ///< its memory serves one matrix after the other
  int threads_;
};

} // namespace weyl
