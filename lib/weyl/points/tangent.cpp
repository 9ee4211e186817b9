// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/tangent.hpp"

#include <algorithm>

#include <Eigen/Eigenvalues>

namespace weyl {

Eigen::MatrixXd in_principal_plane(const Eigen::MatrixXd& points, Eigen::Index d) {
  const Eigen::VectorXd mean = points.rowwise().sum() / (static_cast<double>(points.cols()) + 1);
  const Eigen::MatrixXd centred = points.colwise() - mean;
  if (points.rows() <= points.cols()) {
    const Eigen::MatrixXd covariance = centred * centred.transpose() + mean * mean.transpose();
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(covariance).eigenvectors().rightCols(d).transpose() * points;
  }
  Eigen::MatrixXd all(points.rows(), points.cols() + 1); // of high dimension: the Gram matrix is the smaller one
  all << centred, -mean;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> gram(all.transpose() * all);
  const Eigen::MatrixXd axes = (all * gram.eigenvectors().rightCols(d)).colwise().normalized();
  return axes.transpose() * points;
}

double one_sidedness(const Eigen::MatrixXd& points, const Neighbours& near_ones, int dimension, Eigen::Index most) {
  const Eigen::Index k = near_ones.count();
  const Eigen::Index d = std::min({static_cast<Eigen::Index>(dimension), points.rows(), k - 1});
  const Eigen::Index n = std::min(points.cols(), most);
  double sum = 0;
  for (Eigen::Index looked_at = 0; looked_at < n; ++looked_at) {
    const Eigen::Index i = looked_at * points.cols() / n;
    const Eigen::MatrixXd u = points(Eigen::all, near_ones.index.col(i)).colwise() - points.col(i);
    const Eigen::MatrixXd inner = in_principal_plane(u, d).leftCols(k - 1);
    sum += (inner.rowwise().sum().squaredNorm() - inner.squaredNorm()) / near_ones.squared_distance(k - 1, i);
  }
  return sum / static_cast<double>(n * (k - 1) * (k - 2));
}

} // namespace weyl
