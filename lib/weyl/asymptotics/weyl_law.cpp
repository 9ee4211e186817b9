// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/weyl_law.hpp"

#include <cmath>
#include <numbers>

namespace weyl {

double weyl_constant(double d) { return 1 / (std::pow(4 * std::numbers::pi, d / 2) * std::tgamma(1 + d / 2)); }

double weyl_count(const Geometry& geometry, double lambda) {
  const double d = geometry.dimension;
  return lambda > 0 ? weyl_constant(d) * geometry.volume * std::pow(lambda, d / 2) : 0.0;
}

double weyl_boundary_term(const Geometry& geometry, double lambda) {
  const double d = geometry.dimension;
  const double sign = geometry.boundary == Boundary::neumann ? 1 : -1;
  return lambda > 0 ? sign / 4 * weyl_constant(d - 1) * geometry.boundary_volume * std::pow(lambda, (d - 1) / 2) : 0.0;
}

double weyl_count_two_term(const Geometry& geometry, double lambda) {
  return weyl_count(geometry, lambda) + weyl_boundary_term(geometry, lambda);
}

double weyl_lambda(const Geometry& geometry, double count) {
  const double d = geometry.dimension;
  return std::pow(count / (weyl_constant(d) * geometry.volume), 2 / d);
}

double weyl_lambda_two_term(const Geometry& geometry, double count) {
  double low = 0;
  double high = 4 * weyl_lambda(geometry, count) + 1 / std::pow(geometry.volume, 2.0 / geometry.dimension);
  while (weyl_count_two_term(geometry, high) < count) {
    high *= 2;
  }
  while (high - low > 1e-12 * high) {
    const double middle = (low + high) / 2;
    (weyl_count_two_term(geometry, middle) < count ? low : high) = middle;
  }
  return high;
}

} // namespace weyl
