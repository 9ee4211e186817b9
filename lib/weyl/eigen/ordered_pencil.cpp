// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

namespace {

SparseMatrix reordered(const SparseMatrix& a, const std::vector<int>& permutation, const std::vector<int>& inverse) {
  SparseMatrix result(a.rows(), a.cols());
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
  return result;
}

} // namespace

Pencil reordered(const Pencil& pencil, const std::vector<int>& permutation, const std::vector<int>& inverse) {
  return {reordered(pencil.stiffness, permutation, inverse), reordered(pencil.mass, permutation, inverse)};
}

} // namespace weyl
