// SPDX-License-Identifier: GPL-3.0-or-later
// Disks, balls and annuli: separation in polar coordinates.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/bessel_prime.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"
#include "weyl/model/roots.hpp"

namespace weyl::model {

namespace {

/// Zeros listed at most; each takes some ten microseconds.
constexpr double most_zeros = 1e6;

/// The zeros j_{ν,1} < j_{ν,2} < … up to the first that exceeds `reach`.
std::vector<double> bessel_zeros(double order, double reach) {
  std::vector<double> zeros;
  for (int k = 1; zeros.empty() || zeros.back() <= reach; ++k) {
    zeros.push_back(boost::math::cyl_bessel_j_zero(order, k));
  }
  return zeros;
}

/// Positive roots up to `reach` of d/dr r^{1−d/2} J_ν(r) = 0, ν = l + d/2 − 1, that is of l J_ν(z) − z J_{ν+1}(z). As
/// z J_ν'/J_ν falls from ν to −∞ before the first zero of J_ν and from +∞ to −∞ between two of them, there is just one
/// root in each gap, but for l = 0 none before the first zero (there it is z = 0, the constant).
std::vector<double> neumann_roots(int l, double order, const std::vector<double>& zeros, double reach) {
  const auto f = [&](double z) {
    return l * boost::math::cyl_bessel_j(order, z) - z * boost::math::cyl_bessel_j(order + 1, z);
  };
  std::vector<double> roots;
  for (std::size_t k = l == 0 ? 1 : 0; k < zeros.size(); ++k) {
    // For l ≥ 1 the first root exceeds √(l(l + d − 2)), as an eigenvalue exceeds the least of its potential.
    const double low = k == 0 ? std::sqrt(static_cast<double>(l) * (2 * order - l)) : zeros[k - 1];
    const double found = root(f, low, zeros[k]);
    if (found > reach) {
      break;
    }
    roots.push_back(found);
  }
  return roots;
}

/// Levels from the roots z of every order l: λ = z²/R².
ModelSpace radial(const std::function<std::vector<Level>(const Bound&)>& levels) {
  ModelSpace result;
  result.levels = levels;
  result.count = [levels](const Bound& bound) { return total(levels(bound)); };
  return result;
}

} // namespace

ModelSpace ball(int d, double radius, Boundary condition) {
  const bool dirichlet = condition == Boundary::dirichlet;
  const long double surface = sphere_volume(d - 1) * std::pow(static_cast<long double>(radius), d - 1.0L);
  ModelSpace result = radial([=](const Bound& bound) {
    std::vector<Level> all;
    const double top = bound.lambda.approximate();
    if (!(top >= 0)) {
      return all;
    }
    const double reach = std::sqrt(top) * radius * (1 + 1e-12);
    check_work(reach * reach / 4, "a list of Bessel zeros", most_zeros);
    if (!dirichlet && bound.admits(Value())) {
      all.push_back({Value(), 1});
    }
    std::vector<double> previous;
    for (int l = 0; l <= reach + 1; ++l) {
      const double order = l + 0.5 * d - 1;
      const std::vector<double> zeros = bessel_zeros(order, reach);
      if (l > 0) { // j_{ν,k} < j_{ν+1,k} < j_{ν,k+1}
        check_interlacing(previous, zeros,
                          fmt::format("zeros of the Bessel functions of order {} and {}", order - 1, order));
      }
      previous = zeros;
      const BigInt multiplicity = harmonic_dimension(l, d);
      for (const double z : dirichlet ? zeros : neumann_roots(l, order, zeros, reach)) {
        const Value value(0, 0, (z / radius) * (z / radius));
        if (bound.admits(value)) {
          all.push_back({value, multiplicity});
        }
      }
      if (dirichlet && zeros.front() > reach) {
        break; // j_{ν,1} grows with ν
      }
    }
    std::ranges::sort(all, {}, &Level::value);
    return all;
  });
  result.dimension = d;
  result.boundary_volume = surface;
  result.volume = surface * radius / d;
  result.walls = dirichlet ? -surface : surface;
  return result;
}

namespace {

/// The radial problem of order m on [a, b]: (r u')' + (k² r − m²/r) u = 0, by its solution that keeps the condition at
/// a.
class AnnularMode {
public:
  AnnularMode(int m, double a, double b, bool dirichlet) : m_(m), a_(a), b_(b), dirichlet_(dirichlet) {}

  /// u(b) (Dirichlet) or u'(b) (Neumann) up to a positive factor: 0 where k² is an eigenvalue.
  [[nodiscard]] double at_end(double k) const {
    return static_cast<double>(dirichlet_ ? Solution(*this, k).value(b_) : Solution(*this, k).slope(b_));
  }

  /// Number of eigenvalues below k², by Sturm's oscillation theorem: the zeros of u inside, and under Neumann
  /// conditions one more if u u' < 0 at b. From r on neighbouring zeros of u are at least π/√(k² + 1/4r²) apart (for √r
  /// u satisfies v'' + (k² − (m² − 1/4)/r²) v = 0; Sturm's comparison): steps of half of that see every one as a change
  /// of sign.
  [[nodiscard]] int below(double k) const {
    const Solution u(*this, k);
    int changes = 0;
    long double last = dirichlet_ ? u.slope(a_) : u.value(a_);
    for (double r = a_; r < b_;) {
      r = std::min(b_, r + std::numbers::pi / 2 / std::hypot(k, 0.5 / r));
      const long double now = u.value(r);
      changes += (now < 0) != (last < 0) ? 1 : 0;
      last = now;
    }
    return !dirichlet_ && (last < 0) != (u.slope(b_) < 0) ? changes + 1 : changes;
  }

private:
  /// (y J_m(kr) − j Y_m(kr))/√(j² + y²), j and y the values (or slopes) of J_m and Y_m at ka: continuous in k. In long
  /// double, whose range holds Y of an order far beyond the argument.
  struct Solution {
    Solution(const AnnularMode& mode, double wave_number) : m(mode.m_), k(wave_number) {
      const long double x = k * mode.a_;
      j = mode.dirichlet_ ? boost::math::cyl_bessel_j(m, x) : boost::math::cyl_bessel_j_prime(m, x);
      y = mode.dirichlet_ ? boost::math::cyl_neumann(m, x) : boost::math::cyl_neumann_prime(m, x);
      const long double norm = std::hypot(j, y);
      j /= norm;
      y /= norm;
    }
    [[nodiscard]] long double value(double r) const {
      return y * boost::math::cyl_bessel_j(m, k * r) - j * boost::math::cyl_neumann(m, k * r);
    }
    [[nodiscard]] long double slope(double r) const {
      return y * boost::math::cyl_bessel_j_prime(m, k * r) - j * boost::math::cyl_neumann_prime(m, k * r);
    }
    int m;
    long double k;
    long double j = 0;
    long double y = 0;
  };

  int m_;
  double a_;
  double b_;
  bool dirichlet_;
};

/// All roots in (low, high), which holds `many` eigenvalues.
void isolate(const AnnularMode& mode, double low, int below_low, double high, int below_high,
             std::vector<double>& roots) {
  if (below_low == below_high) {
    return;
  }
  if (below_high == below_low + 1 && (mode.at_end(low) < 0) != (mode.at_end(high) < 0)) {
    roots.push_back(root([&](double k) { return mode.at_end(k); }, low, high));
    return;
  }
  const double middle = (low + high) / 2;
  if (!(high - low > 1e-13 * high)) {
    throw NumericalError("the eigenvalues of the annulus could not be told apart");
  }
  const int below_middle = mode.below(middle);
  isolate(mode, low, below_low, middle, below_middle, roots);
  isolate(mode, middle, below_middle, high, below_high, roots);
}

} // namespace

namespace {

std::vector<Level> annulus_levels(double inner, double outer, bool dirichlet, const Bound& bound) {
  std::vector<Level> all;
  const double top = bound.lambda.approximate();
  if (!(top >= 0)) {
    return all;
  }
  const double reach = std::sqrt(top) * (1 + 1e-12) + 1e-12 / outer;
  const double waves = reach * outer;
  check_work(waves * waves / 4, "a list of zeros of cross products of Bessel functions", most_zeros / 10);
  if (!dirichlet && bound.admits(Value())) {
    all.push_back({Value(), 1});
  }
  for (int m = 0; m <= waves; ++m) { // λ > m²/b²
    const AnnularMode mode(m, inner, outer, dirichlet);
    const int total_below = mode.below(reach);
    if (total_below == 0) {
      break; // the lowest eigenvalue grows with m
    }
    // The lowest but the constant is above (m/b)² and, for m = 0, above 1/(4b²).
    const double low = std::max(static_cast<double>(m), 0.5) / outer;
    const int constant = m == 0 && !dirichlet ? 1 : 0;
    std::vector<double> roots;
    if (total_below > constant) {
      isolate(mode, low, mode.below(low), reach, total_below, roots);
    }
    if (static_cast<int>(roots.size()) != total_below - constant) {
      throw NumericalError("an eigenvalue of the annulus is missing");
    }
    for (const double k : roots) {
      const Value value(0, 0, k * k);
      if (bound.admits(value)) {
        all.push_back({value, m == 0 ? 1 : 2});
      }
    }
  }
  std::ranges::sort(all, {}, &Level::value);
  return all;
}

} // namespace

ModelSpace annulus(double inner, double outer, Boundary condition) {
  const bool dirichlet = condition == Boundary::dirichlet;
  ModelSpace result = radial([=](const Bound& bound) {
    try {
      return annulus_levels(inner, outer, dirichlet, bound);
    } catch (const std::overflow_error&) {
      throw NumericalError(
          fmt::format("the hole of radius {} is too small for Bessel functions of the order needed; use a "
                      "smaller lambda, or a disk",
                      inner));
    }
  });
  const long double a = inner;
  const long double b = outer;
  result.dimension = 2;
  result.volume = std::numbers::pi_v<long double> * (b * b - a * a);
  result.boundary_volume = 2 * std::numbers::pi_v<long double> * (a + b);
  result.walls = dirichlet ? -result.boundary_volume : result.boundary_volume;
  return result;
}

} // namespace weyl::model
