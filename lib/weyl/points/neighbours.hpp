// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Nearest neighbours, also up to a group of isometries of R^D.

#include <vector>

#include <Eigen/Core>

namespace weyl {

/// The k nearest neighbours of every point, one point a column, the nearest first.
struct Neighbours {
  Eigen::MatrixXi index;            ///< k × n: of the neighbour
  Eigen::MatrixXd squared_distance; ///< k × n, length²

  [[nodiscard]] Eigen::Index count() const { return index.rows(); } ///< k
};

/// Which neighbours.
struct NeighbourOptions {
  int count = 32;                          ///< k; less where there are not as many other points
  std::vector<Eigen::MatrixXd> group = {}; ///< every element but the identity, D × D and orthogonal; see `neighbours`
  int threads = 0;                         ///< 0: one per hardware thread
};

/// Exact nearest neighbours. A point is not its own neighbour. With a group G the neighbours are looked for among the
/// points of all orbits, and `index` names x_j for g x_j: a point may then be a neighbour several times, and x_i one of
/// itself where a g moves it little. So a kernel summed over the lists is that of M/G.
///
/// By a k-d tree, or where 32 queries come to more of its nodes than pays off (points of high dimension) by matrix
/// products; `neighbour_search.hpp` has both. Which of two equal distances counts may differ between them.
///
/// \param points D × n, one a column.
/// \throws InputError if a matrix of the group is not D × D.
/// Cost: O(n log n) where the points are of low dimension, up to 2(D + 1)n² flops of a matrix product where they are of
/// a high one; |G| times that.
Neighbours neighbours(const Eigen::MatrixXd& points, const NeighbourOptions& options = {});

/// The `count` points nearest to each query (D × m), exactly, the nearest first; a query that is one of the points
/// finds itself. \param count at most n. Cost: as above.
Neighbours neighbours_of(const Eigen::MatrixXd& queries, const Eigen::MatrixXd& points, int count, int threads = 0);

} // namespace weyl
