// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/heat_expansion.hpp"

#include <cmath>
#include <numbers>

namespace weyl {

namespace {

using std::numbers::pi;

/// 1/Γ(x), which is 0 at the poles 0, −1, −2, …
double reciprocal_gamma(double x) { return x <= 0 && x == std::floor(x) ? 0.0 : 1 / std::tgamma(x); }

} // namespace

HeatExpansion heat_expansion(const Geometry& geometry, double constant) {
  const double d = geometry.dimension;
  const double sign = geometry.boundary == Boundary::neumann ? 1 : -1;
  HeatExpansion result{
      d,
      {geometry.volume / std::pow(4 * pi, d / 2), sign / 4 * geometry.boundary_volume / std::pow(4 * pi, (d - 1) / 2)}};
  if (constant != 0) {
    result.coefficients.push_back(constant);
  }
  return result;
}

double heat_trace(const HeatExpansion& expansion, double t) {
  double sum = 0;
  double power = expansion.dimension / 2;
  for (const double c : expansion.coefficients) {
    sum += c * std::pow(t, -power);
    power -= 0.5;
  }
  return sum;
}

double smooth_count(const HeatExpansion& expansion, double lambda) { return riesz_mean(expansion, 0, lambda); }

double riesz_mean(const HeatExpansion& expansion, double gamma, double lambda) {
  double sum = 0;
  double power = gamma + expansion.dimension / 2;
  for (const double c : expansion.coefficients) {
    sum += c * std::tgamma(gamma + 1) * reciprocal_gamma(power + 1) * std::pow(lambda, power);
    power -= 0.5;
  }
  return sum;
}

double curvature_constant(double gauss, double geodesic) { return (gauss + geodesic) / (12 * pi); }

double corner_constant(double angle) { return (pi * pi - angle * angle) / (24 * pi * angle); }

double mixed_corner_constant(double angle) { return -(pi * pi + 2 * angle * angle) / (48 * pi * angle); }

double cone_constant(double angle) { return (2 * pi / angle - angle / (2 * pi)) / 12; }

} // namespace weyl
