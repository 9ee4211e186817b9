// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <boost/random/normal_distribution.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/learning/feature_space.hpp"

namespace weyl {

namespace {

/// dim H_l(R^(d+1)) of S^d: C(l+d, d) − C(l+d−2, d).
Eigen::Index harmonics(int d, int l) {
  double dimension = l == 0 ? 1 : (2.0 * l + d - 1) / l; // (2l+d−1)/l · C(l+d−2, l−1)
  for (int i = 1; i < l; ++i) {
    dimension *= (d - 1.0 + i) / i;
  }
  return std::llround(dimension);
}

/// Solid harmonics of one degree, n × dim H_l, orthonormal on the unit sphere.
using Solid = std::vector<Eigen::MatrixXd>;

/// √2 Re and √2 Im of (x + iy)^l.
Solid on_circle(const Points& x, int degree) {
  Solid result{Eigen::MatrixXd::Ones(x.rows(), 1)};
  const Eigen::ArrayXcd z = x.col(0).array() + std::complex<double>(0, 1) * x.col(1).array();
  Eigen::ArrayXcd power = Eigen::ArrayXcd::Constant(x.rows(), std::sqrt(2.0));
  for (int l = 1; l <= degree; ++l) {
    power *= z;
    result.emplace_back(x.rows(), 2);
    result.back() << power.real(), power.imag();
  }
  return result;
}

/// From S^(d−1) to S^d: with t the last coordinate and k the degree in the others, r^(l−k) p_(l−k)(t/r) H_k, where the
/// p_j are orthonormal for (1 − t²)^k dν, ν the law of t on S^d. Their recurrence, made homogeneous by r², is
///     t p_j = a_(j+1) p_(j+1) + a_j r² p_(j−1),   a_j² = j(j + 2c − 1)/(4(j + c)(j + c − 1)),   c = k + (d−1)/2.
Solid next_sphere(const Points& x, int d, const Solid& lower, int degree) {
  const Eigen::ArrayXd t = x.col(d);
  const Eigen::ArrayXd r2 = x.leftCols(d + 1).rowwise().squaredNorm();
  Solid result;
  for (int l = 0; l <= degree; ++l) {
    result.emplace_back(x.rows(), harmonics(d, l));
  }
  double moment = 1; // ∫ (1 − t²)^k dν
  Eigen::Index column = 0;
  for (int k = 0; k <= degree; ++k) {
    const auto& h = lower[static_cast<std::size_t>(k)];
    const double c = k + (d - 1) / 2.0;
    const auto a = [&](double j) { return std::sqrt(j * (j + 2 * c - 1) / (4 * (j + c) * (j + c - 1))); };
    Eigen::ArrayXd p = Eigen::ArrayXd::Constant(x.rows(), 1 / std::sqrt(moment));
    Eigen::ArrayXd before = Eigen::ArrayXd::Zero(x.rows());
    for (int l = k; l <= degree; ++l) {
      result[static_cast<std::size_t>(l)].middleCols(column, h.cols()) = h.array().colwise() * p;
      const double j = l - k;
      const Eigen::ArrayXd after = (t * p - (j > 0 ? a(j) : 0.0) * r2 * before) / a(j + 1);
      before = std::move(p);
      p = after;
    }
    column += h.cols();
    moment *= (d / 2.0 + k) / ((d + 1) / 2.0 + k);
  }
  return result;
}

} // namespace

FeatureSpace sphere_features(int d, int degree) {
  if (d < 1 || degree < 0) {
    throw InputError("sphere", fmt::format("needs d >= 1 and a degree >= 0, not {} and {}", d, degree));
  }
  FeatureSpace space;
  for (int l = 0; l <= degree; ++l) {
    space.eigenspaces.push_back({.lambda = l * (l + d - 1.0), .first = space.size(), .size = harmonics(d, l)});
  }
  space.draw = [d](Random& random, Eigen::Index n) {
    boost::random::normal_distribution<double> normal;
    Points x(n, d + 1);
    for (double& coordinate : x.reshaped()) {
      coordinate = normal(random);
    }
    return Points(x.rowwise().normalized());
  };
  space.features = [d, degree, columns = space.size()](const Points& x) {
    Solid solid = on_circle(x, degree);
    for (int sphere = 2; sphere <= d; ++sphere) {
      solid = next_sphere(x, sphere, solid, degree);
    }
    Eigen::MatrixXd result(x.rows(), columns);
    Eigen::Index column = 0;
    for (const Eigen::MatrixXd& part : solid) {
      result.middleCols(column, part.cols()) = part;
      column += part.cols();
    }
    return result;
  };
  return space;
}

} // namespace weyl
