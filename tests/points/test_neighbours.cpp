// SPDX-License-Identifier: GPL-3.0-or-later
// Nearest neighbours by a tree and by matrix products beside a search through all pairs.
#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/points/neighbour_search.hpp"

using namespace weyl;

namespace {

using List = std::vector<std::pair<double, int>>;
using Matrices = std::vector<Eigen::MatrixXd>;

Eigen::MatrixXd gaussian(int ambient, int n, unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  return Eigen::MatrixXd::NullaryExpr(ambient, n, [&] { return normal(random); });
}

/// Squared distances of every image of a query to every point, ascending.
List all_pairs(const NeighbourSearch& search, Eigen::Index query) {
  List list;
  for (std::size_t g = 0; g <= search.others.size(); ++g) {
    Eigen::VectorXd image = search.queries.col(query);
    if (g > 0) {
      image = search.others[g - 1] * image;
    }
    for (Eigen::Index j = 0; j < search.points.cols(); ++j) {
      if (g > 0 || !search.own || j != query) {
        list.emplace_back((image - search.points.col(j)).squaredNorm(), static_cast<int>(j));
      }
    }
  }
  std::ranges::sort(list);
  return list;
}

/// Whether both searches find what all pairs give: products to the last bit, the tree to the rounding of turned axes.
void check(const NeighbourSearch& search) {
  const Neighbours products = neighbours_by_products(search);
  const Neighbours tree = PrincipalTree(search.points).search(search);
  const double rounding = 1e-14 * search.points.colwise().squaredNorm().maxCoeff();
  for (Eigen::Index i = 0; i < search.queries.cols(); ++i) {
    const List all = all_pairs(search, i);
    for (Eigen::Index a = 0; a < search.count; ++a) {
      const auto& [squared, index] = all[static_cast<std::size_t>(a)];
      REQUIRE(products.squared_distance(a, i) == squared);
      REQUIRE(products.index(a, i) == index);
      REQUIRE(std::abs(tree.squared_distance(a, i) - squared) <= rounding);
    }
  }
}

} // namespace

TEST_CASE("both searches find the nearest of all pairs, more points than a block holds, on any number of threads") {
  const Eigen::MatrixXd points = gaussian(7, 1300, 1);
  check({points, points, {}, 10, true, 1});
  check({points, points, {}, 10, true, 3});
  check({gaussian(7, 300, 2), points, {}, 33, false, 2});
}

TEST_CASE("both searches find the nearest points of all orbits") {
  const Eigen::MatrixXd points = gaussian(4, 600, 1);
  check({points, points, {-Eigen::MatrixXd::Identity(4, 4)}, 10, true, 2});
}

TEST_CASE("products lose no neighbour to cancellation: far from the origin, in tight clusters, with equal distances") {
  const Eigen::MatrixXd far = gaussian(5, 600, 1).array() + 1e7;
  check({far, far, {}, 10, true, 1});
  Eigen::MatrixXd clusters = 1e-9 * gaussian(5, 600, 2); // |x|² + |y|² − 2x·y knows nothing of such distances
  clusters.leftCols(300).colwise() += Eigen::VectorXd::Ones(5);
  check({clusters, clusters, {}, 10, true, 1});
  const Eigen::MatrixXd lattice = gaussian(5, 600, 3).array().round();
  check({lattice, lattice, {}, 10, true, 1});
}

TEST_CASE("all other points are neighbours where as many are asked for as there are") {
  const Eigen::MatrixXd points = gaussian(3, 40, 1);
  const Matrices antipodal{-Eigen::MatrixXd::Identity(3, 3)};
  CHECK(neighbours(points, {.count = 100}).count() == 39);
  CHECK(neighbours(points, {.count = 100, .group = antipodal}).count() == 79);
  check({points, points, antipodal, 79, true, 1});
}

TEST_CASE("a query comes to few nodes of the tree on a line, and to most of them in thirty dimensions") {
  const Eigen::MatrixXd line = gaussian(1, 2000, 1);
  const Eigen::MatrixXd full = gaussian(30, 2000, 1);
  CHECK(PrincipalTree(line).nodes_visited({line, line, {}, 10, true, 1}) < 40);
  CHECK(PrincipalTree(full).nodes_visited({full, full, {}, 10, true, 1}) > 200);
}
