// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <Eigen/Eigenvalues>
#include <nanoflann.hpp>

#include "weyl/core/parallel.hpp"
#include "weyl/points/neighbour_search.hpp"

namespace weyl {

namespace {

/// Columns of a matrix as nanoflann asks for them.
struct Columns {
  Eigen::MatrixXd points;
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

/// nanoflann asks for the worst distance once at every node.
class CountedNodes : public nanoflann::KNNResultSet<double, int> {
public:
  using nanoflann::KNNResultSet<double, int>::KNNResultSet;
  [[nodiscard]] double worstDist() const {
    ++nodes_;
    return nanoflann::KNNResultSet<double, int>::worstDist();
  }
  [[nodiscard]] double nodes() const { return static_cast<double>(nodes_); }

private:
  mutable std::size_t nodes_ = 0;
};

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

/// A point that is its own neighbour is found too.
std::size_t asked(const NeighbourSearch& search) {
  return static_cast<std::size_t>(std::min(search.count + (search.own ? 1 : 0), search.points.cols()));
}

} // namespace

struct PrincipalTree::Body {
  Eigen::MatrixXd axes;
  Columns columns;
  Tree tree;

  explicit Body(const Eigen::MatrixXd& points)
      : axes(principal_axes(points)), columns{axes * points},
        tree(static_cast<int>(points.rows()), columns, nanoflann::KDTreeSingleIndexAdaptorParams(leaf)) {}
};

PrincipalTree::PrincipalTree(const Eigen::MatrixXd& points) : body_(std::make_unique<Body>(points)) {}
PrincipalTree::~PrincipalTree() = default;

double PrincipalTree::nodes_visited(const NeighbourSearch& search) const {
  constexpr Eigen::Index trials = 32;
  const Eigen::Index m = search.queries.cols();
  const Eigen::Index tried = std::min(trials, m);
  std::vector<int> index(asked(search));
  std::vector<double> distance(asked(search));
  double nodes = 0;
  for (Eigen::Index trial = 0; trial < tried; ++trial) {
    const Eigen::VectorXd query = body_->axes * search.queries.col(trial * m / tried);
    CountedNodes found(asked(search));
    found.init(index.data(), distance.data());
    body_->tree.findNeighbors(found, query.data(), {});
    nodes += found.nodes();
  }
  return nodes / static_cast<double>(tried);
}

Neighbours PrincipalTree::search(const NeighbourSearch& search) const {
  const Eigen::Index m = search.queries.cols();
  std::vector<Eigen::MatrixXd> images{body_->axes};
  for (const Eigen::MatrixXd& g : search.others) {
    images.emplace_back(body_->axes * g);
  }
  Neighbours result{Eigen::MatrixXi(search.count, m), Eigen::MatrixXd(search.count, m)};
  parallel_ranges(static_cast<std::size_t>(m), search.threads, [&](std::size_t begin, std::size_t end) {
    std::vector<int> index(asked(search));
    std::vector<double> distance(asked(search));
    std::vector<std::pair<double, int>> found;
    for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
      found.clear();
      for (std::size_t g = 0; g < images.size(); ++g) {
        const Eigen::VectorXd query = images[g] * search.queries.col(i);
        const std::size_t got = body_->tree.knnSearch(query.data(), index.size(), index.data(), distance.data());
        for (std::size_t j = 0; j < got; ++j) {
          if (g > 0 || !search.own || index[j] != i) {
            found.emplace_back(distance[j], index[j]);
          }
        }
      }
      std::ranges::sort(found);
      for (Eigen::Index j = 0; j < search.count; ++j) {
        result.index(j, i) = found[static_cast<std::size_t>(j)].second;
        result.squared_distance(j, i) = found[static_cast<std::size_t>(j)].first;
      }
    }
  });
  return result;
}

} // namespace weyl
