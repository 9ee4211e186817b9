// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/tangent.hpp"

#include <algorithm>

#include <Eigen/Eigenvalues>

#include "weyl/core/parallel.hpp"

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

std::array<double, 2> one_sidedness(const Eigen::MatrixXd& points, const Neighbours& near_ones, int dimension,
                                    const std::array<Eigen::Index, 2>& counts, int threads) {
  const Eigen::Index n = points.cols();
  const bool whole_plane = dimension >= std::min(points.rows(), near_ones.count());
  Eigen::MatrixXd shares(2, n);
  parallel_ranges(static_cast<std::size_t>(n), threads, [&](std::size_t begin, std::size_t end) {
    for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
      Eigen::MatrixXd u = points(Eigen::all, near_ones.index.col(i)).colwise() - points.col(i);
      if (!whole_plane) {
        u = in_principal_plane(u, dimension);
      }
      for (std::size_t c = 0; c < 2; ++c) {
        const Eigen::Index k = counts[c];
        const auto inner = u.leftCols(k - 1);
        shares(static_cast<Eigen::Index>(c), i) =
            (inner.rowwise().sum().squaredNorm() - inner.squaredNorm()) /
            (static_cast<double>((k - 1) * (k - 2)) * near_ones.squared_distance(k - 1, i));
      }
    }
  });
  return {shares.row(0).mean(), shares.row(1).mean()};
}

} // namespace weyl
