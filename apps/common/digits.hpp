// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenvalues to a number of digits: solve, estimate, mark, refine.

#include <functional>
#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/fem/metric.hpp"

namespace weyl::tool {

struct DigitsOptions {
  int digits = 8;                        ///< of every eigenvalue but 0, 1 to 12
  std::int64_t count = 10;               ///< the smallest ones
  Boundary boundary = Boundary::neumann; ///< on facets of exactly one cell
  std::int64_t unknowns = 400000;        ///< at most
  unsigned seed = 1;
  int threads = 0;
  std::function<void(double error)> progress = {}; ///< after each mesh: the largest relative error estimated
};

struct AccurateEigenvalues {
  std::vector<double> values;    ///< ascending
  std::vector<double> errors;    ///< absolute, estimated
  std::vector<double> residuals; ///< of the last pencil's eigenpairs
  int order = 0;
  std::int64_t dofs = 0;
  std::int64_t cells = 0;
  int meshes = 0; ///< that were solved on
};

/// A space at a level of refinement from 0 on, each halving its cells.
using Levels = std::function<RiemannianMesh(int level)>;

/// The smallest eigenvalues of a space that is smooth, or of flat cells of dimension 1 or 3: one level after the other.
/// Estimates and errors as below.
AccurateEigenvalues accurate_eigenvalues(const Levels& levels, const DigitsOptions& options);

/// The smallest eigenvalues of a surface of flat triangles, which are refined where it helps.
///
/// Triangles at cone points and corners where eigenfunctions are singular are bisected beforehand (`graded`). On each
/// mesh the pencils of order p and p − 1 are solved. Both put eigenvalues too high (min-max), and twice their
/// difference is the estimate of the error of order p. Where it is too large, cells are bisected that hold 80 % of
/// what order p adds to order p − 1 (Dörfler, SIAM J. Numer. Anal. 33, 1996).
/// \throws NumericalError that says which digits were reached if the unknowns do not suffice.
AccurateEigenvalues accurate_eigenvalues(Mesh triangles, const DigitsOptions& options);

} // namespace weyl::tool
