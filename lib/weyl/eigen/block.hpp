// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A few vectors side by side, and the products that iterations are made of.

#include <vector>

#include <Eigen/Core>

#include "weyl/core/buffer.hpp"
#include "weyl/core/pencil.hpp"

namespace weyl {

using RowMajor =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>; ///< n × k, the k values of a row together.

/// n vectors' worth of rows and `width` columns, row-major: the values of one unknown are neighbours in memory, so that
/// whatever reads a sparse row or a column of L once uses it `width` times. Not initialized.
class Block {
public:
  static constexpr int widest = 16; ///< columns of a block at the most

  /// The least width that kernels work on (8 or 16) for `columns` ≤ 16 columns.
  static constexpr int width_for(Eigen::Index columns) { return columns <= 8 ? 8 : widest; }

  /// `rows` × `width` zeros.
  explicit Block(Eigen::Index rows = 0, int width = widest)
      : rows_(rows), width_(width), values_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(width)) {}

  /// Copies are large, and asked for.
  [[nodiscard]] Block copy() const;

  [[nodiscard]] Eigen::Index rows() const { return rows_; }                             ///< n
  [[nodiscard]] int width() const { return width_; }                                    ///< columns, 1 to `widest`
  [[nodiscard]] double* data() { return values_.data(); }                               ///< row-major
  [[nodiscard]] const double* data() const { return values_.data(); }                   ///< row-major
  [[nodiscard]] double* row(Eigen::Index i) { return data() + i * width_; }             ///< `width` values
  [[nodiscard]] const double* row(Eigen::Index i) const { return data() + i * width_; } ///< `width` values
  [[nodiscard]] Eigen::Map<RowMajor> matrix() { return {data(), rows_, width_}; }       ///< as a matrix of Eigen
  [[nodiscard]] Eigen::Map<const RowMajor> matrix() const { return {data(), rows_, width_}; } ///< as a matrix of Eigen

private:
  Eigen::Index rows_;
  int width_;
  Buffer values_;
};

/// A X for a symmetric A with both triangles stored. `threads` as everywhere: 0 is one per hardware thread.
Block product(const SparseMatrix& a, const Block& x, int threads);

/// Σ of the widths of blocks.
Eigen::Index total_width(const std::vector<const Block*>& blocks);

/// Qᵀ W, the blocks of Q one above the other: (Σ widths) × width. The sum does not depend on `threads`.
RowMajor gram(const std::vector<const Block*>& q, const Block& w, int threads);

/// W ← W − Q C.
void subtract_product(Block& w, const std::vector<const Block*>& q, const RowMajor& c, int threads);

/// Q C, its columns in blocks of at most 16; what is left of the last block is zero.
std::vector<Block> combinations(const std::vector<const Block*>& q, const RowMajor& c, int threads);

} // namespace weyl
