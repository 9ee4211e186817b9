// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <numeric>

#include <boost/random/uniform_01.hpp>

#include "weyl/learning/feature_space.hpp"

namespace weyl {

FeatureSpace mesh_features(CellFunctions functions) {
  FeatureSpace space;
  const double rounding = 1e-10 * functions.eigenvalues.maxCoeff(); // of the zeros of several components
  for (const double lambda : functions.eigenvalues) {
    if (space.eigenspaces.empty() || lambda > space.eigenspaces.back().lambda * (1 + 1e-6) + rounding) {
      space.eigenspaces.push_back({.lambda = std::max(lambda, 0.0), .first = space.size(), .size = 0});
    }
    ++space.eigenspaces.back().size;
  }
  std::vector<double> cumulative(functions.volumes.size());
  std::partial_sum(functions.volumes.begin(), functions.volumes.end(), cumulative.begin());
  functions.values *= std::sqrt(cumulative.back()); // of the volume's measure before
  const auto shared = std::make_shared<const CellFunctions>(std::move(functions));
  const Eigen::Index corners = shared->dimension + 1;
  space.draw = [shared, corners, cumulative](Random& random, Eigen::Index n) {
    boost::random::uniform_01<double> uniform;
    Points points(n, 2 * corners);
    std::vector<double> cut(static_cast<std::size_t>(corners) + 1);
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto c = std::ranges::upper_bound(cumulative, uniform(random) * cumulative.back()) - cumulative.begin();
      const auto cell = std::min<std::ptrdiff_t>(c, std::ssize(cumulative) - 1);
      // d uniform numbers cut [0, 1] into d+1 lengths, which are uniform barycentric coordinates.
      cut.front() = 0;
      cut.back() = 1;
      std::generate(cut.begin() + 1, cut.end() - 1, [&] { return uniform(random); });
      std::ranges::sort(cut);
      for (Eigen::Index k = 0; k < corners; ++k) {
        points(i, k) = shared->cells[static_cast<std::size_t>(cell * corners + k)];
        points(i, corners + k) = cut[static_cast<std::size_t>(k) + 1] - cut[static_cast<std::size_t>(k)];
      }
    }
    return points;
  };
  space.features = [shared, corners](const Points& points) {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(points.rows(), shared->values.cols());
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
      for (Eigen::Index k = 0; k < corners; ++k) {
        result.row(i) += points(i, corners + k) * shared->values.row(static_cast<Eigen::Index>(points(i, k)));
      }
    }
    return result;
  };
  return space;
}

Motion vertex_motion(std::vector<int> image) {
  return [image = std::move(image)](const Points& points) {
    Points moved = points;
    const Eigen::Index corners = points.cols() / 2;
    for (Eigen::Index k = 0; k < corners; ++k) {
      for (Eigen::Index i = 0; i < points.rows(); ++i) {
        moved(i, k) = image[static_cast<std::size_t>(points(i, k))];
      }
    }
    return moved;
  };
}

} // namespace weyl
