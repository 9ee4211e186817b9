// SPDX-License-Identifier: GPL-3.0-or-later
// The two searches for nearest neighbours beside each other, on one thread: uniform points of the d-dimensional cube in
// R^D. Seconds for 1000 queries, and how many points a matrix product passes in the time of a node of the tree: the
// constant of lib/weyl/points/neighbours.cpp.
//   bench_neighbours [points]
#include <chrono>
#include <cstdlib>
#include <random>

#include <Eigen/QR>
#include <fmt/format.h>

#include "weyl/points/neighbour_search.hpp"

using namespace weyl;

namespace {

template <class Work>
double seconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

int main(int argc, char** argv) {
  const Eigen::Index n = argc > 1 ? std::atol(argv[1]) : 100000;
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  fmt::print("{} points\n{:>4}{:>4}{:>10}{:>10}{:>12}{:>8}{:>14}\n", n, "d", "D", "tree s", "product s", "nodes",
             "share", "points a node");
  for (const auto& [d, ambient] : {std::pair{2, 3},
                                   {3, 3},
                                   {5, 6},
                                   {8, 8},
                                   {10, 10},
                                   {12, 12},
                                   {16, 16},
                                   {24, 24},
                                   {50, 50},
                                   {8, 50},
                                   {12, 50},
                                   {16, 50},
                                   {16, 200}}) {
    const Eigen::MatrixXd frame = Eigen::MatrixXd::NullaryExpr(ambient, d, [&] { return uniform(random); });
    const Eigen::MatrixXd axes = Eigen::MatrixXd(frame.householderQr().householderQ()).leftCols(d);
    const Eigen::MatrixXd points = axes * Eigen::MatrixXd::NullaryExpr(d, n, [&] { return uniform(random); });
    const Eigen::MatrixXd queries = points.leftCols(1000);
    const NeighbourSearch search{queries, points, {}, 33, false, 1};
    const PrincipalTree tree(points);
    const double nodes = tree.nodes_visited(search);
    const double by_tree = seconds([&] { static_cast<void>(tree.search(search)); });
    const double by_products = seconds([&] { static_cast<void>(neighbours_by_products(search)); });
    fmt::print("{:4}{:4}{:10.3f}{:10.3f}{:12.0f}{:8.3f}{:14.1f}\n", d, ambient, by_tree, by_products, nodes,
               nodes / static_cast<double>(n), by_tree / by_products * static_cast<double>(n) / nodes);
    std::fflush(stdout);
  }
}
