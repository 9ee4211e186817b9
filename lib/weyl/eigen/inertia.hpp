// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The inertia of K − σM without its factor.

#include <cstdint>
#include <memory>
#include <vector>

#include "weyl/core/buffer.hpp"
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/elimination.hpp"
#include "weyl/eigen/ordered_pencil.hpp"
#include "weyl/eigen/subtrees.hpp"

namespace weyl {

/// Eliminates as `Ldlt` does and keeps nothing of L: a supernode is used for a forward substitution while it is in the
/// cache, then overwritten by the next. What remains of A = P (K − σM) Pᵀ is its inertia and Bᵀ A⁻¹ B for a block B.
///
/// Cost: as the factorization, and 16 operations an entry of L for a B of 8 columns; `inertia_bytes` of memory, which
/// the next shift uses again.
class Inertia {
public:
  /// `threads` are those of one elimination.
  explicit Inertia(std::shared_ptr<const Analysis> analysis, int threads = 1);

  /// `b`: n × 8 or 16, rows in the order of the analysis.
  void eliminate(const LowerPencil& matrix, double sigma, const Block& b);

  [[nodiscard]] std::int64_t negative_pivots() const { return pivots_.negative; }
  /// As `Ldlt::growth`.
  [[nodiscard]] double growth() const { return pivots_.growth(); }
  /// Bᵀ A⁻¹ B = (L⁻¹B)ᵀ D⁻¹ (L⁻¹B), width × width.
  [[nodiscard]] const RowMajor& projected_inverse() const { return projected_; }

private:
  class Part;

  std::shared_ptr<const Analysis> analysis_;
  int threads_;
  Subtrees parts_;
  std::vector<Buffer> stacks_; ///< of each subtree, and of the top
  std::vector<Buffer> panels_; ///< one supernode of each
  Pivots pivots_;
  RowMajor projected_;
};

/// Bytes that one `Inertia` with one thread takes.
double inertia_bytes(const Analysis& analysis);

} // namespace weyl
