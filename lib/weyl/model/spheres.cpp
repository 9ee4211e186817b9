// SPDX-License-Identifier: GPL-3.0-or-later
// Spheres, and spaces whose eigenvalues are those of a sphere with other multiplicities.
#include <cmath>
#include <numbers>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

/// (1 + t)^n.
RationalSeries binomial_numerator(int n) {
  RationalSeries result;
  for (int j = 0; j <= n; ++j) {
    result.numerator[j] = binomial(n, j);
  }
  return result;
}

} // namespace

BigInt largest_degree(const Bound& bound, int scale, int shift) {
  const BigInt n = largest_multiple(bound, Value(scale));
  return n < 0 ? BigInt(-1) : BigInt((square_root(4 * n + BigInt(shift) * shift) - shift) / 2);
}

long double sphere_volume(int d) {
  const long double half = (d + 1) / 2.0L;
  return 2 * std::exp(half * std::log(std::numbers::pi_v<long double>) - std::lgamma(half));
}

BigInt harmonic_dimension(std::int64_t k, int n) { return binomial(k + n - 1, n - 1) - binomial(k + n - 3, n - 1); }

ModelSpace graded(const RationalSeries& multiplicities, int scale, int shift) {
  ModelSpace result;
  result.unit = Value(scale);
  result.count = [multiplicities, scale, shift](const Bound& bound) {
    return partial_sum(multiplicities, largest_degree(bound, scale, shift));
  };
  result.levels = [multiplicities, scale, shift](const Bound& bound) {
    const BigInt last = largest_degree(bound, scale, shift);
    check_work(last.convert_to<double>(), "a list of these eigenvalues", largest_table);
    std::vector<Level> levels;
    const auto m = coefficients(multiplicities, (last + 1).convert_to<std::size_t>());
    for (std::size_t k = 0; k < m.size(); ++k) {
      if (m[k] != 0) {
        const auto degree = static_cast<std::int64_t>(k);
        levels.push_back({Value(Rational(scale) * degree * (degree + shift)), m[k]});
      }
    }
    return levels;
  };
  return result;
}

RationalSeries sphere_series(int d) {
  RationalSeries result = binomial_numerator(1);
  result.exponents.assign(static_cast<std::size_t>(d), 1);
  return result;
}

ModelSpace sphere(int d) {
  ModelSpace result = graded(sphere_series(d), 1, d - 1);
  result.dimension = d;
  result.volume = sphere_volume(d);
  return result;
}

ModelSpace complex_projective_space(int n) {
  // dim of the k-th eigenspace is C(n+k, n)² − C(n+k−1, n)²; Σ C(n+k, n)² t^k = Σ_j C(n, j)² t^j/(1 − t)^{2n+1}.
  RationalSeries series;
  for (int j = 0; j <= n; ++j) {
    series.numerator[j] = binomial(n, j) * binomial(n, j);
  }
  series.exponents.assign(2 * static_cast<std::size_t>(n), 1);
  ModelSpace result = graded(series, 4, n);
  result.dimension = 2 * n;
  result.volume = std::exp(n * std::log(std::numbers::pi_v<long double>) - std::lgamma(n + 1.0L));
  return result;
}

ModelSpace hemisphere(int d, Boundary condition) {
  // Even (Neumann) or odd (Dirichlet) in one coordinate: 1/(1 − t)^d, times t.
  const bool dirichlet = condition == Boundary::dirichlet;
  RationalSeries series{.numerator = {{dirichlet ? 1 : 0, 1}}};
  series.exponents.assign(static_cast<std::size_t>(d), 1);
  ModelSpace result = graded(series, 1, d - 1);
  result.dimension = d;
  result.volume = sphere_volume(d) / 2;
  result.boundary_volume = sphere_volume(d - 1);
  result.walls = dirichlet ? -result.boundary_volume : result.boundary_volume;
  return result;
}

} // namespace weyl::model
