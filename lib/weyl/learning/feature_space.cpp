// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/feature_space.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr std::size_t largest_group_of_maps = 5000;
constexpr double same = 1e-6;

/// Whole numbers taken away where translations count modulo 1.
Eigen::VectorXd reduced(const Eigen::VectorXd& translation, bool modulo_one) {
  return modulo_one ? Eigen::VectorXd(translation - translation.array().round().matrix()) : translation;
}

/// g after h.
AffineMap compose(const AffineMap& g, const AffineMap& h, bool modulo_one) {
  return {g.matrix * h.matrix, reduced(g.matrix * h.translation + g.translation, modulo_one)};
}

bool equal(const AffineMap& g, const AffineMap& h, bool modulo_one) {
  return (g.matrix - h.matrix).norm() < same && reduced(g.translation - h.translation, modulo_one).norm() < same;
}

} // namespace

Eigen::Index FeatureSpace::size() const {
  return eigenspaces.empty() ? 0 : eigenspaces.back().first + eigenspaces.back().size;
}

std::vector<AffineMap> affine_group(const std::vector<AffineMap>& generators, bool modulo_one) {
  if (generators.empty()) {
    throw InputError("the group", "has no generator");
  }
  const Eigen::Index n = generators.front().matrix.rows();
  std::vector<AffineMap> elements{{Eigen::MatrixXd::Identity(n, n), Eigen::VectorXd::Zero(n)}};
  for (std::size_t i = 0; i < elements.size(); ++i) {
    for (const AffineMap& generator : generators) {
      const AffineMap product = compose(elements[i], generator, modulo_one);
      if (std::ranges::none_of(elements, [&](const AffineMap& g) { return equal(g, product, modulo_one); })) {
        elements.push_back(product);
      }
    }
    if (elements.size() > largest_group_of_maps) {
      throw InputError("the group", fmt::format("has more than {} elements", largest_group_of_maps));
    }
  }
  return elements;
}

std::vector<Motion> motions(const std::vector<AffineMap>& maps) {
  std::vector<Motion> result;
  for (const AffineMap& map : maps) {
    result.emplace_back([map](const Points& x) {
      return Points((x * map.matrix.transpose()).rowwise() + map.translation.transpose());
    });
  }
  return result;
}

} // namespace weyl
