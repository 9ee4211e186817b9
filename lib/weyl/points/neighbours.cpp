// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/neighbours.hpp"

#include <algorithm>
#include <numeric>

#include <Eigen/Eigenvalues>
#include <nanoflann.hpp>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"

namespace weyl {

namespace {

/// Columns of a matrix as nanoflann asks for them.
struct Columns {
  const Eigen::MatrixXd& points;
  [[nodiscard]] std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(points.cols()); }
  [[nodiscard]] double kdtree_get_pt(std::size_t i, std::size_t axis) const {
    return points(static_cast<Eigen::Index>(axis), static_cast<Eigen::Index>(i));
  }
  template <class Box>
  bool kdtree_get_bbox(Box& /*box*/) const {
    return false;
  }
};

constexpr std::size_t leaf = 16; ///< points of a leaf

using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Adaptor<double, Columns>, Columns, -1, int>;

/// An orthogonal matrix with the principal axes of the points in its rows, the longest first.
Eigen::MatrixXd principal_axes(const Eigen::MatrixXd& points) {
  const Eigen::VectorXd mean = points.rowwise().mean();
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(points.rows(), points.rows());
  constexpr Eigen::Index block = 4096;
  for (Eigen::Index begin = 0; begin < points.cols(); begin += block) {
    const Eigen::MatrixXd centred = points.middleCols(begin, std::min(block, points.cols() - begin)).colwise() - mean;
    covariance.noalias() += centred * centred.transpose();
  }
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(covariance).eigenvectors().rowwise().reverse().transpose();
}

} // namespace

Neighbours neighbours(const Eigen::MatrixXd& points, const NeighbourOptions& options) {
  for (const Eigen::MatrixXd& g : options.group) {
    if (g.rows() != points.rows() || g.cols() != points.rows()) {
      throw InputError("neighbours", "the group acts on another space than that of the points");
    }
  }
  const Eigen::Index n = points.cols();
  const Eigen::MatrixXd axes = principal_axes(points);
  const Eigen::MatrixXd turned = axes * points;
  std::vector<Eigen::MatrixXd> images;
  for (const Eigen::MatrixXd& g : options.group) {
    images.emplace_back(axes * g * axes.transpose());
  }
  const Columns columns{turned};
  const Tree tree(static_cast<int>(points.rows()), columns, nanoflann::KDTreeSingleIndexAdaptorParams(leaf));
  const auto orbit = static_cast<Eigen::Index>(images.size()) + 1;
  const Eigen::Index count = std::min<Eigen::Index>(options.count, orbit * n - 1);
  const auto asked = static_cast<std::size_t>(std::min<Eigen::Index>(count + 1, n)); // the point itself is found too
  Neighbours result{Eigen::MatrixXi(count, n), Eigen::MatrixXd(count, n)};
  parallel_ranges(static_cast<std::size_t>(n), options.threads, [&](std::size_t begin, std::size_t end) {
    std::vector<int> index(asked);
    std::vector<double> distance(asked);
    std::vector<std::pair<double, int>> found;
    Eigen::VectorXd query;
    for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
      found.clear();
      for (Eigen::Index g = 0; g < orbit; ++g) {
        query = turned.col(i);
        if (g > 0) {
          query = images[static_cast<std::size_t>(g) - 1] * query;
        }
        const std::size_t got = tree.knnSearch(query.data(), asked, index.data(), distance.data());
        for (std::size_t j = 0; j < got; ++j) {
          if (g > 0 || index[j] != i) {
            found.emplace_back(distance[j], index[j]);
          }
        }
      }
      std::ranges::sort(found);
      for (Eigen::Index j = 0; j < count; ++j) {
        result.index(j, i) = found[static_cast<std::size_t>(j)].second;
        result.squared_distance(j, i) = found[static_cast<std::size_t>(j)].first;
      }
    }
  });
  return result;
}

Neighbours neighbours_of(const Eigen::MatrixXd& queries, const Eigen::MatrixXd& points, int count, int threads) {
  const Eigen::MatrixXd axes = principal_axes(points);
  const Eigen::MatrixXd turned = axes * points;
  const Columns columns{turned};
  const Tree tree(static_cast<int>(points.rows()), columns, nanoflann::KDTreeSingleIndexAdaptorParams(leaf));
  Neighbours result{Eigen::MatrixXi(count, queries.cols()), Eigen::MatrixXd(count, queries.cols())};
  parallel_ranges(static_cast<std::size_t>(queries.cols()), threads, [&](std::size_t begin, std::size_t end) {
    for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
      const Eigen::VectorXd query = axes * queries.col(i);
      tree.knnSearch(query.data(), static_cast<std::size_t>(count), &result.index(0, i),
                     &result.squared_distance(0, i));
    }
  });
  return result;
}

} // namespace weyl
