// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Points in random order.

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include <Eigen/Core>

namespace weyl {

/// The numbers 0 to n − 1 in an order that `random`, a generator, decides. Cost: O(n).
template <class Random>
std::vector<Eigen::Index> random_order(Eigen::Index n, Random&& random) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::shuffle(order, std::forward<Random>(random));
  return order;
}

} // namespace weyl
