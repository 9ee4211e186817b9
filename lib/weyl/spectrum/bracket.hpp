// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Brackets of counting functions and eigenvalues that hold in spite of discretization and rounding.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "weyl/core/enclosed_matrix.hpp"
#include "weyl/eigen/certified_inertia.hpp"

namespace weyl {

/// Symmetric forms whose inertia bounds N(λ) = #{k : λ_k ≤ λ} of a space; `CertifiedForms` has both.
struct BracketingForms {
  std::function<EnclosedMatrix(double)> lower; ///< #{eigenvalues < 0} ≤ N(λ)
  std::function<EnclosedMatrix(double)> upper; ///< N(λ) ≤ #{eigenvalues ≤ 0}, for 0 ≤ λ ≤ highest
  double highest = 0;                          ///< λ above which the lower bounds say nothing more
};

/// lower ≤ N(λ) ≤ upper.
struct CountBracket {
  std::int64_t lower = 0;                 ///< at least so many
  std::optional<std::int64_t> upper = {}; ///< none where the mesh is too coarse for one
};

/// lower ≤ λ_k ≤ upper.
struct EigenvalueBracket {
  double lower = 0;                 ///< at least so large
  std::optional<double> upper = {}; ///< none if the conforming space has too few dimensions
};

/// Brackets N(λ) by two certified inertias. Where a factorization rounds too badly at λ the neighbourhood is tried, on
/// the side that widens the bracket.
class BracketCounter {
public:
  /// Analyses both pencils once.
  explicit BracketCounter(BracketingForms forms, int threads = 0);

  /// Cost: two certified inertias.
  CountBracket at(double lambda);

  /// The halves of it: what is known to be no more than N(λ), and no less.
  std::int64_t at_least(double lambda);
  /// N(λ) is no larger; nothing where λ is too high for the bound.
  std::optional<std::int64_t> at_most(double lambda);

  /// Brackets of the `count` smallest eigenvalues. Approximate eigenvalues of both pencils say where to look, inertia
  /// proves: λ_k ≥ λ where N(λ) ≤ k, and λ_k ≤ λ where N(λ) > k. Cost: two solves for eigenvalues, and some two
  /// certified inertias a distinct eigenvalue. \throws NumericalError as `eigenpairs` does.
  std::vector<EigenvalueBracket> eigenvalues(std::int64_t count);

private:
  [[nodiscard]] std::vector<double> conforming_eigenvalues(std::int64_t count) const;
  [[nodiscard]] std::vector<double> nonconforming_eigenvalues(std::int64_t count, double top) const;

  BracketingForms forms_;
  CertifiedInertia lower_;
  CertifiedInertia upper_;
  int threads_;
};

} // namespace weyl
