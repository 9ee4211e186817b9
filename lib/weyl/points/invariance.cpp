// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/invariance.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "weyl/points/neighbours.hpp"
#include "weyl/points/random_order.hpp"

namespace weyl {

namespace {

/// Share of neighbours that are of the same half as the point.
double same_half(const Neighbours& near_ones, const std::vector<char>& half) {
  double same = 0;
  for (Eigen::Index i = 0; i < near_ones.index.cols(); ++i) {
    for (Eigen::Index a = 0; a < near_ones.count(); ++a) {
      same += half[static_cast<std::size_t>(i)] == half[static_cast<std::size_t>(near_ones.index(a, i))] ? 1 : 0;
    }
  }
  return same / static_cast<double>(near_ones.index.size());
}

/// Half of the square difference between the label of each x and that of another point, the one nearest to g x.
Eigen::ArrayXd half_squares(const Eigen::MatrixXd& points, const Eigen::MatrixXd& moved,
                            const Eigen::VectorXd& labels) {
  const Neighbours near_ones = neighbours_of(moved, points, 2);
  Eigen::ArrayXd result(points.cols());
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const Eigen::Index j = near_ones.index(near_ones.index(0, i) == i ? 1 : 0, i);
    result[i] = (labels[i] - labels[j]) * (labels[i] - labels[j]) / 2;
  }
  return result;
}

double standard_error(const Eigen::ArrayXd& x) {
  return std::sqrt((x - x.mean()).square().sum()) / static_cast<double>(x.size());
}

} // namespace

SampleInvariance sample_invariance(const Eigen::MatrixXd& points, const AmbientGroup& group, unsigned seed) {
  constexpr Eigen::Index most = 4000;
  constexpr int near = 5;
  constexpr int halvings = 500;
  std::mt19937_64 random(seed);
  std::vector<Eigen::Index> order = random_order(points.cols(), random);
  order.resize(static_cast<std::size_t>(std::min(points.cols(), most)));
  const Eigen::MatrixXd chosen = points(Eigen::all, order);
  const Eigen::Index n = chosen.cols();
  const Eigen::Index first = n / 2;
  std::vector<char> half(static_cast<std::size_t>(n), 0);
  std::fill(half.begin() + first, half.end(), 1);
  SampleInvariance result;
  for (const Eigen::MatrixXd& g : group.generators) {
    Eigen::MatrixXd pooled = chosen;
    pooled.rightCols(n - first) = g * chosen.rightCols(n - first);
    const Neighbours near_ones = neighbours(pooled, {.count = near});
    const double found = same_half(near_ones, half);
    Eigen::ArrayXd by_chance(halvings);
    std::vector<char> other = half;
    for (double& share : by_chance) {
      std::ranges::shuffle(other, random);
      share = same_half(near_ones, other);
    }
    const double mean = by_chance.mean();
    const double deviation = std::sqrt((by_chance - mean).square().sum() / (halvings - 1));
    const double p = std::erfc((found - mean) / deviation / std::sqrt(2.0)) / 2;
    if (p * static_cast<double>(group.generators.size()) <= result.p_value) {
      result = {found, mean, p * static_cast<double>(group.generators.size())};
    }
  }
  return result;
}

LabelInvariance label_invariance(const Eigen::MatrixXd& points, const Eigen::VectorXd& labels,
                                 const AmbientGroup& group, unsigned seed) {
  constexpr std::size_t most = 24;
  std::mt19937_64 random(seed);
  std::vector<Eigen::MatrixXd> others = group.others();
  std::ranges::shuffle(others, random);
  others.resize(std::min(others.size(), most));
  const Eigen::ArrayXd own = half_squares(points, points, labels);
  Eigen::ArrayXd excess = Eigen::ArrayXd::Zero(points.cols());
  for (const Eigen::MatrixXd& g : others) {
    excess += (half_squares(points, g * points, labels) - own) / static_cast<double>(others.size());
  }
  const double others_share = 1 - 1.0 / group.order(); // the identity adds nothing to the mean
  return {.violation = others_share * excess.mean(),
          .standard_error = others_share * standard_error(excess),
          .variance = (labels.array() - labels.mean()).square().mean(),
          .neighbour_noise = own.mean()};
}

} // namespace weyl
