// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include "weyl/core/error.hpp"
#include "weyl/points/dimension.hpp"
#include "weyl/points/operators.hpp"

namespace weyl {

Pencil diffusion_pencil(const Neighbours& near_ones, int dimension) {
  constexpr double range = 3; // L
  constexpr Eigen::Index fewest = 8;
  const Eigen::Index n = near_ones.index.cols();
  const Eigen::Index k = near_ones.count();
  if (dimension < 1 || k < fewest) {
    throw InputError("diffusion_pencil", "needs 8 neighbours of each point, and a dimension from 1 on");
  }
  const double half = dimension / 2.0;
  const double mass_kept = boost::math::gamma_p(half, range);
  const double moment_kept = boost::math::gamma_p(half + 1, range) / mass_kept;
  const Eigen::ArrayXd end = near_ones.squared_distance.row(k - 1).array().sqrt();
  const Eigen::ArrayXd volume = unit_ball_volume(dimension) * end.pow(dimension) / static_cast<double>(k);
  if (!(volume > 0).all() || !volume.square().isFinite().all() || !(volume.square() > 0).all()) {
    throw InputError("diffusion_pencil", "volumes of dimension " + std::to_string(dimension) +
                                             " are too large or too small; choose another unit of length");
  }
  const auto weight = [&](Eigen::Index i, Eigen::Index j, double squared) {
    const double s = end[i] * end[j] / (4 * range);
    return volume[i] * volume[j] * std::pow(4 * std::numbers::pi * s, -half) * std::exp(-squared / (4 * s)) / mass_kept;
  };
  // The mean of a kernel that ends at r_k(x_i) and of one that ends at r_k(x_j).
  std::vector<Eigen::Triplet<double, int>> entries;
  Eigen::ArrayXd mass = Eigen::ArrayXd::Zero(n);
  entries.reserve(static_cast<std::size_t>(n * (k + 1)));
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index a = 0; a < k; ++a) {
      const Eigen::Index j = near_ones.index(a, i);
      const double squared = near_ones.squared_distance(a, i);
      const double half_weight = weight(i, j, squared) / 2;
      mass[i] += half_weight;
      mass[j] += half_weight;
      if (i != j) {
        const double energy = half_weight * (4 * range) / (moment_kept * end[i] * end[j]);
        entries.emplace_back(static_cast<int>(std::max(i, j)), static_cast<int>(std::min(i, j)), energy);
      }
    }
  }
  SparseMatrix lower(n, n);
  lower.setFromTriplets(entries.begin(), entries.end());
  const SparseMatrix adjacency = SparseMatrix(lower.transpose()) + lower;
  const Eigen::VectorXd degree = adjacency * Eigen::VectorXd::Ones(n);
  Pencil pencil{.stiffness = SparseMatrix(degree.asDiagonal()) - adjacency, .mass = SparseMatrix(n, n)};
  pencil.mass = SparseMatrix(mass.matrix().asDiagonal());
  return pencil;
}

} // namespace weyl
