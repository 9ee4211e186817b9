// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

namespace {

void reorder(const SparseMatrix& a, const Analysis& analysis, SparseMatrix& result) {
  result.resize(a.rows(), a.cols());
  result.resizeNonZeros(a.nonZeros());
  int* start = result.outerIndexPtr();
  int next = 0;
  for (Eigen::Index k = 0; k < a.cols(); ++k) {
    start[k] = next;
    for (SparseMatrix::InnerIterator entry(a, analysis.permutation[k]); entry; ++entry) {
      result.innerIndexPtr()[next] = analysis.inverse_permutation[entry.row()];
      result.valuePtr()[next] = entry.value();
      ++next;
    }
  }
  start[a.cols()] = next;
}

/// Appends columns to a `LowerPencil`.
class Builder {
public:
  Builder(const Analysis& analysis, std::int64_t entries) : analysis_(analysis) {
    result_.first.reserve(static_cast<std::size_t>(analysis.size) + 1);
    result_.first.push_back(0);
    result_.row.reserve(static_cast<std::size_t>(entries));
    result_.stiffness.reserve(static_cast<std::size_t>(entries));
    result_.mass.reserve(static_cast<std::size_t>(entries));
  }

  /// An entry in a row of the original numbering, of the column that is next.
  void add(Eigen::Index original_row, double stiffness, double mass) {
    const int row = analysis_.inverse_permutation[original_row];
    if (row + 1 >= static_cast<int>(result_.first.size())) {
      result_.row.push_back(row);
      result_.stiffness.push_back(stiffness);
      result_.mass.push_back(mass);
    }
  }

  void end_column() { result_.first.push_back(static_cast<std::int64_t>(result_.row.size())); }

  LowerPencil take() { return std::move(result_); }

private:
  const Analysis& analysis_;
  LowerPencil result_;
};

std::int64_t lower_entries(const SparseMatrix& a) { return (a.nonZeros() + a.rows()) / 2; }

} // namespace

Pencil reordered(const Pencil& pencil, const Analysis& analysis) {
  Pencil result;
  result.dimension = pencil.dimension;
  reorder(pencil.stiffness, analysis, result.stiffness);
  reorder(pencil.mass, analysis, result.mass);
  return result;
}

LowerPencil lower_part(const Pencil& pencil, const Analysis& analysis) {
  Builder builder(analysis, lower_entries(pencil.stiffness));
  for (const int column : analysis.permutation) {
    SparseMatrix::InnerIterator k(pencil.stiffness, column);
    SparseMatrix::InnerIterator m(pencil.mass, column);
    while (k || m) {
      if (!m || (k && k.row() < m.row())) {
        builder.add(k.row(), k.value(), 0);
        ++k;
      } else if (!k || m.row() < k.row()) {
        builder.add(m.row(), 0, m.value());
        ++m;
      } else {
        builder.add(k.row(), k.value(), m.value());
        ++k;
        ++m;
      }
    }
    builder.end_column();
  }
  return builder.take();
}

LowerPencil lower_part(const SparseMatrix& matrix, const Analysis& analysis) {
  Builder builder(analysis, lower_entries(matrix));
  for (const int column : analysis.permutation) {
    for (SparseMatrix::InnerIterator entry(matrix, column); entry; ++entry) {
      builder.add(entry.row(), entry.value(), 0);
    }
    builder.end_column();
  }
  return builder.take();
}

} // namespace weyl
