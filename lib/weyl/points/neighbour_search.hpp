// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Two exact searches for nearest neighbours, by a tree and by matrix products; `neighbours` takes the cheaper one.

#include <memory>
#include <vector>

#include <Eigen/Core>

#include "weyl/points/neighbours.hpp"

namespace weyl {

/// What is looked for: the `count` points nearest to the images of each query under a group, those of all images in one
/// list. A point is as often in it as images are near it.
struct NeighbourSearch {
  const Eigen::MatrixXd& queries;             ///< D × m
  const Eigen::MatrixXd& points;              ///< D × n
  const std::vector<Eigen::MatrixXd>& others; ///< every element of the group but the identity, D × D
  Eigen::Index count;                         ///< at most (|G| − 1) n plus what the identity gives
  bool own;                                   ///< the queries are the points, and under the identity none finds itself
  int threads;                                ///< 0: one per hardware thread
};

/// A k-d tree (Friedman, Bentley & Finkel 1977; nanoflann) along the principal axes of the points, where it cuts best.
class PrincipalTree {
public:
  /// \param points kept as a copy in principal axes. Cost: O(D² n + D n log n).
  explicit PrincipalTree(const Eigen::MatrixXd& points);
  ~PrincipalTree();
  PrincipalTree(const PrincipalTree&) = delete;
  PrincipalTree& operator=(const PrincipalTree&) = delete;

  /// The nodes of the tree that a query comes to, in the mean over 32 of them: what a search costs.
  [[nodiscard]] double nodes_visited(const NeighbourSearch& search) const;

  /// \param search among the points of the tree.
  [[nodiscard]] Neighbours search(const NeighbourSearch& search) const;

private:
  struct Body;
  std::unique_ptr<Body> body_;
};

/// Every query against every point: |x − y|² = |x|² + |y|² − 2 x·y for a block of queries and a block of points is a
/// matrix product. This rules pairs out; what it does not is measured directly, |x − y|² as a sum of squares, so that
/// the lists are, to the last bit and with equal distances in the order of the points, those of a direct search.
///
/// What makes that true is a margin (N. Higham, Accuracy and Stability of Numerical Algorithms, 2002, §3.1; u = 2^−53).
/// Let r and s be the lengths of x and y from the mean of the points, and R the largest s. To first order in u,
/// whatever the order of the sums: centring changes |x − y|² by at most 2u(r + s)², the product adds (2D + 2)u(r + s)²,
/// the direct sum (D + 2)u(r + s)², and the bound itself, k-th distance − |x|² + margin, 4u(r + R)². So no pair that
/// belongs to a list is lost with the margin (3D + 12) u (r + R)². It costs time where all neighbours are nearer than
/// 10⁻⁷ R or so.
///
/// Points are taken in random order, so that one of them is measured directly with a chance of k/(points seen).
/// Cost: 2(D + 1) m n |G| flops of a matrix product and as many comparisons as pairs; memory for another copy of the
/// points and 1 MB a thread.
Neighbours neighbours_by_products(const NeighbourSearch& search);

} // namespace weyl
