// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/joints.hpp"

#include <algorithm>

#include <Eigen/Eigenvalues>

namespace weyl {

namespace {

/// The largest |xᵀMy| of the first `below` columns and the others.
double overlap(const Pencil& pencil, const Eigen::MatrixXd& vectors, Eigen::Index below) {
  const Eigen::MatrixXd above = pencil.mass * vectors.rightCols(vectors.cols() - below);
  return (vectors.leftCols(below).transpose() * above).cwiseAbs().maxCoeff();
}

/// Replaces `vectors`, those of the pairs from `pair` on, by the Ritz vectors of their span.
void rayleigh_ritz(const Pencil& pencil, double scale, Eigen::Index pair, Eigen::MatrixXd& vectors, Pairs& pairs) {
  const Eigen::MatrixXd stiffness = vectors.transpose() * (pencil.stiffness * vectors);
  const Eigen::MatrixXd mass = vectors.transpose() * (pencil.mass * vectors);
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> ritz(stiffness, mass);
  vectors = (vectors * ritz.eigenvectors()).eval();
  pairs.values.segment(pair, vectors.cols()) = ritz.eigenvalues();
  pairs.residuals.segment(pair, vectors.cols()) = relative_residuals(pencil, scale, ritz.eigenvalues(), vectors);
  pairs.vectors.put(pair - pairs.first, vectors);
}

} // namespace

Eigen::VectorXd relative_residuals(const Pencil& pencil, double scale, const Eigen::Ref<const Eigen::VectorXd>& values,
                                   const Eigen::Ref<const Eigen::MatrixXd>& vectors) {
  const Eigen::MatrixXd mx = pencil.mass * vectors;
  const Eigen::MatrixXd r = pencil.stiffness * vectors - mx * values.asDiagonal();
  return r.colwise().norm().transpose().array() /
         ((values.array().abs() + scale) * mx.colwise().norm().transpose().array());
}

double join_slices(const Pencil& pencil, double scale, const std::vector<Eigen::Index>& cuts, Pairs& pairs) {
  constexpr Eigen::Index side = 16;
  constexpr double orthogonal = 1e-10;
  double largest = 0;
  for (const Eigen::Index cut : cuts) {
    const Eigen::Index pair = std::max(pairs.first, cut - side);
    const Eigen::Index count = std::min(cut + side, pairs.first + pairs.vectors.columns()) - pair;
    if (cut <= pair || cut >= pair + count) {
      continue;
    }
    Eigen::MatrixXd vectors = pairs.vectors.get(pair - pairs.first, count);
    double here = overlap(pencil, vectors, cut - pair);
    if (here > orthogonal) {
      rayleigh_ritz(pencil, scale, pair, vectors, pairs);
      here = overlap(pencil, vectors, cut - pair);
    }
    largest = std::max(largest, here);
  }
  return largest;
}

} // namespace weyl
