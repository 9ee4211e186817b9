// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Supernodal L D Lᵀ factorization of a sparse symmetric matrix, for inertia and for solves.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/buffer.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

struct Subtrees;
struct SupernodeBlock;

/// K − σM, with the union of both patterns.
SparseMatrix shifted(const Pencil& pencil, double sigma);

/// P A Pᵀ = L D Lᵀ with unit lower triangular L and diagonal D, without pivoting: the multifrontal method (Duff & Reid
/// 1983; Liu 1992) on the supernodes of an `Analysis`.
///
/// Without pivoting the computed factors are exact for A + E with |E| ≤ c·u·|L||D||Lᵀ| (Higham, Accuracy and Stability,
/// thm 9.3, 11.4). For a definite A this is small. For an indefinite one it is as small as `growth()` says; callers
/// must look (see `EigenvalueCounter`, which turns to a pivoted factorization when growth is large).
///
/// Subtrees of the elimination tree go to several threads, in factorization and solves; the rest, about 30 % of the
/// operations and 10 % of the entries of L on a surface, is left to one.
///
/// Cost: `analysis.flops` operations, `analysis.bytes()` memory, a little more with several threads. Several
/// factorizations may run in different threads.
class Ldlt {
public:
  /// Factors `matrix`, whose pattern is the analysed one. `analysis` is shared, not copied. `threads` are those of one
  /// factorization and one solve; 0: one per hardware thread.
  Ldlt(const std::shared_ptr<const Analysis>& analysis, const SparseMatrix& matrix, int threads = 1);

  /// Factors K − σM.
  Ldlt(std::shared_ptr<const Analysis> analysis, const LowerPencil& pencil, double sigma, int threads = 1);

  /// Factors at another shift, or another pencil of the same pattern, in the memory of the last factor.
  void factor(const LowerPencil& pencil, double sigma);

  /// Number of negative pivots: by Sylvester's law of inertia the number of negative eigenvalues of A + E.
  [[nodiscard]] std::int64_t negative_pivots() const { return negative_; }

  /// max_ij |l_ik||d_k||l_jk| over all columns k, relative to max|A|; infinite if a pivot vanished.
  [[nodiscard]] double growth() const { return growth_; }

  /// The factors, for those who bound their errors: `Analysis` says where the entries of L lie, the unit diagonal and
  /// the triangle above it not being there; the pivots in the order of the analysis.
  [[nodiscard]] const Analysis& analysis() const { return *analysis_; }
  [[nodiscard]] const double* values() const { return values_.data(); } ///< the entries of L, supernode by supernode
  [[nodiscard]] const std::vector<double>& diagonal() const { return diagonal_; } ///< D, in the order of elimination

  /// Solves A X = B in place for the right-hand sides of a block whose rows are in the order of the analysis: row k
  /// belongs to row permutation[k] of A. Cost: 4·width·(entries of L) operations; L is read once in each direction.
  void solve(Block& x) const;

  /// Solves A X = B in place; n × any number, rows in the order of A.
  void solve_block(Eigen::Ref<Eigen::MatrixXd> block) const;

  /// Solves A x = b in place for one right-hand side of n values.
  void solve(Eigen::Ref<Eigen::VectorXd> vector) const;

  /// What the inner loops run on here: "AVX-512", "AVX2" or "portable".
  [[nodiscard]] static std::string instruction_set();

private:
  [[nodiscard]] SupernodeBlock at(int s, const int* row = nullptr) const;
  /// x ← L⁻¹ x, or L⁻ᵀ D⁻¹ x, for supernode s; `row` are the places of its rows in x.
  void lower(int s, const int* row, Block& x) const;
  void upper(int s, const int* row, Block& x) const;

  std::shared_ptr<const Analysis> analysis_;
  int threads_;
  std::shared_ptr<const Subtrees> parts_;
  Buffer values_;
  std::vector<Buffer> stacks_; ///< pending update matrices of each subtree, and of the top
  std::vector<double> diagonal_;
  std::int64_t negative_ = 0;
  double growth_ = 0;
};

} // namespace weyl
