// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/neighbours.hpp"

#include <algorithm>

#include "weyl/core/error.hpp"
#include "weyl/points/neighbour_search.hpp"

namespace weyl {

namespace {

/// The points that a matrix product passes in the time of a node of the tree, as bench/bench_neighbours.cpp measures it
/// where the two take about as long.
double points_of_a_node(Eigen::Index ambient) { return 20 + 2 * static_cast<double>(ambient); }

Neighbours search_nearest(const NeighbourSearch& search) {
  const PrincipalTree tree(search.points);
  const double passed = tree.nodes_visited(search) * points_of_a_node(search.points.rows());
  return passed > static_cast<double>(search.points.cols()) ? neighbours_by_products(search) : tree.search(search);
}

} // namespace

Neighbours neighbours(const Eigen::MatrixXd& points, const NeighbourOptions& options) {
  for (const Eigen::MatrixXd& g : options.group) {
    if (g.rows() != points.rows() || g.cols() != points.rows()) {
      throw InputError("neighbours", "the group acts on another space than that of the points");
    }
  }
  const Eigen::Index order = std::ssize(options.group) + 1;
  return search_nearest({.queries = points,
                         .points = points,
                         .others = options.group,
                         .count = std::min<Eigen::Index>(options.count, order * points.cols() - 1),
                         .own = true,
                         .threads = options.threads});
}

Neighbours neighbours_of(const Eigen::MatrixXd& queries, const Eigen::MatrixXd& points, int count, int threads) {
  return search_nearest(
      {.queries = queries, .points = points, .others = {}, .count = count, .own = false, .threads = threads});
}

} // namespace weyl
