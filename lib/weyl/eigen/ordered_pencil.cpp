// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

namespace {

void reorder(const SparseMatrix& a, const std::vector<int>& permutation, const std::vector<int>& inverse,
             SparseMatrix& result) {
  result.resize(a.rows(), a.cols());
  result.resizeNonZeros(a.nonZeros());
  int* start = result.outerIndexPtr();
  int next = 0;
  for (Eigen::Index k = 0; k < a.cols(); ++k) {
    start[k] = next;
    for (SparseMatrix::InnerIterator entry(a, permutation[k]); entry; ++entry) {
      result.innerIndexPtr()[next] = inverse[entry.row()];
      result.valuePtr()[next] = entry.value();
      ++next;
    }
  }
  start[a.cols()] = next;
}

} // namespace

Pencil reordered(const Pencil& pencil, const std::vector<int>& permutation, const std::vector<int>& inverse) {
  Pencil result;
  reorder(pencil.stiffness, permutation, inverse, result.stiffness);
  reorder(pencil.mass, permutation, inverse, result.mass);
  return result;
}

} // namespace weyl
