// SPDX-License-Identifier: GPL-3.0-or-later
// Caps of spheres: separation in geodesic polar coordinates.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"
#include "weyl/model/roots.hpp"

namespace weyl::model {

namespace {

/// The part of angular momentum l of the cap θ ≤ θ_0 of S^d: u(θ) = sin^l θ G(x), x = cos θ, λ = k(k + d − 1), k = l +
/// n with real n, where G is Gegenbauer's function of index μ = l + (d − 1)/2:
///   (1 − x²) G'' − (2μ + 1) x G' + n (n + 2μ) G = 0,  G(1) = 1.
class CapMode {
public:
  CapMode(int d, int l, long double angle) : l_(l), mu_(l + (d - 1) / 2.0L), end_(std::cos(angle)) {}

  /// u(θ_0), or −u'(θ_0) (Neumann), up to a positive factor: 0 where n gives an eigenvalue. From the pole to θ_0
  /// nothing is lost: the solution that is singular at the pole falls behind.
  [[nodiscard]] long double at_end(long double n, bool dirichlet) const {
    // At the pole G = F(−n, n + 2μ; μ + 1/2; (1 − x)/2), whose terms do not grow in the first step.
    const long double slope = n * (n + 2 * mu_) / (mu_ + 0.5L);
    const long double z = std::min({0.25L, (1 - end_) / 2, 1 / (1 + std::abs(slope))});
    long double x = 1 - 2 * z;
    auto [g, derivative] = near_pole(n, z);
    while (x > end_) {
      const long double next = std::max(end_, x - step(n, x));
      std::tie(g, derivative) = moved(n, x, next - x, g, derivative);
      x = next;
    }
    return dirichlet ? g : (1 - x * x) * derivative - l_ * x * g;
  }

private:
  using Values = std::pair<long double, long double>; ///< G and G'
  static constexpr long double last_term = 1e-20L;

  [[nodiscard]] Values near_pole(long double n, long double z) const {
    long double term = 1;
    Values sum{1, 0};
    for (long double i = 0; std::abs(term) > last_term; ++i) {
      const long double ratio = (i - n) * (i + n + 2 * mu_) / ((i + mu_ + 0.5L) * (i + 1));
      sum.second -= term * ratio * (i + 1) / 2; // dz/dx = −1/2
      term *= ratio * z;
      sum.first += term;
    }
    return sum;
  }

  /// Half of the way to the next singularity; and a phase or growth of 6, which costs three of nineteen digits.
  [[nodiscard]] long double step(long double n, long double x) const {
    const long double rest = 1 - x * x;
    return std::min({(1 - std::abs(x)) / 2, 6 * std::sqrt(rest) / (std::abs(n) + mu_), 6 * rest / (2 * mu_ + 1)});
  }

  /// G and G' at x + h from those at x, by Taylor's series.
  [[nodiscard]] Values moved(long double n, long double x, long double h, long double g, long double derivative) const {
    long double before = g;
    long double here = derivative * h; // terms c_i h^i
    Values sum{g + here, derivative * h};
    const long double scale = std::abs(g) + std::abs(here);
    for (long double i = 0; std::abs(before) + std::abs(here) > last_term * scale; ++i) {
      const long double next = (x * (i + 1) * (2 * i + 2 * mu_ + 1) * here + (i - n) * (i + n + 2 * mu_) * before * h) *
                               h / ((1 - x * x) * (i + 1) * (i + 2));
      sum.first += next;
      sum.second += (i + 2) * next;
      before = here;
      here = next;
    }
    sum.second /= h;
    return sum;
  }

  int l_;
  long double mu_;
  long double end_;
};

/// k ≤ reach, ascending, without the constant's. Roots n of one l are π/θ_0 apart, but for a few per cent; a third of
/// that sees each change of sign. All are positive under Dirichlet conditions (a cap's eigenvalues are above the
/// sphere's) and above −1 under Neumann's, as λ > l(l + d − 2), the least of the potential.
std::vector<double> cap_roots(const CapMode& mode, int l, double angle, double reach, bool dirichlet) {
  const long double step = std::numbers::pi / (3 * angle);
  const auto at_end = [&](long double n) { return mode.at_end(n, dirichlet); };
  std::vector<double> roots;
  // n = 0 is the constant's for l = 0; the next is a whole distance further.
  long double low = l == 0 ? (dirichlet ? 0 : step / 2) : dirichlet ? 0 : -1;
  for (bool positive = at_end(low) > 0; l + low <= reach; low += step) {
    if ((at_end(low + step) > 0) != positive) {
      roots.push_back(static_cast<double>(l + root(at_end, low, low + step, 56)));
      positive = !positive;
    }
  }
  while (!roots.empty() && roots.back() > reach) {
    roots.pop_back();
  }
  return roots;
}

std::vector<Level> cap_levels(int d, double angle, bool dirichlet, const Bound& bound) {
  std::vector<Level> all;
  const double top = bound.lambda.approximate();
  if (!(top >= 0)) {
    return all;
  }
  const double half = (d - 1) / 2.0;
  const double reach = (std::sqrt(half * half + top) - half) * (1 + 1e-12);
  // For each root some 15 solutions, each of some 50 terms for a phase of 6.
  check_work(reach * reach * angle / (2 * std::numbers::pi) * 15 * (50 + 8 * reach * angle),
             "a list of zeros of Gegenbauer functions", 4e9);
  if (!dirichlet && bound.admits(Value())) {
    all.push_back({Value(), 1});
  }
  std::vector<double> previous;
  for (int l = 0; l <= reach + 1; ++l) {
    const std::vector<double> roots = cap_roots(CapMode(d, l, angle), l, angle, reach, dirichlet);
    if (dirichlet && l > 0) { // k_{l,j} < k_{l+1,j} ≤ k_{l,j+1}, equal to rounding where the cap is nearly the sphere
      check_interlacing(previous, roots, fmt::format("eigenvalues of the cap of angular momentum {} and {}", l - 1, l),
                        1e-12);
    }
    if (roots.empty() && l > 0) {
      break; // the lowest eigenvalue grows with l
    }
    const BigInt multiplicity = harmonic_dimension(l, d);
    for (const double k : roots) {
      const Value value(0, 0, k * (k + d - 1));
      if (bound.admits(value)) {
        all.push_back({value, multiplicity});
      }
    }
    previous = roots;
  }
  std::ranges::sort(all, {}, &Level::value);
  return all;
}

/// ∫_0^θ sin^m, by parts.
long double sine_integral(int m, long double angle) {
  if (m < 2) {
    return m == 0 ? angle : 1 - std::cos(angle);
  }
  return ((m - 1) * sine_integral(m - 2, angle) - std::cos(angle) * std::pow(std::sin(angle), m - 1.0L)) / m;
}

} // namespace

ModelSpace cap(int d, double angle, Boundary condition) {
  if (d < 2 || !(angle < std::numbers::pi)) {
    throw InputError(
        "cap",
        fmt::format("the cap needs a dimension of 2 or more and an angle below pi, not {} and {:.6g}", d, angle));
  }
  const bool dirichlet = condition == Boundary::dirichlet;
  ModelSpace result;
  result.levels = [=](const Bound& bound) { return cap_levels(d, angle, dirichlet, bound); };
  result.count = [=](const Bound& bound) { return total(cap_levels(d, angle, dirichlet, bound)); };
  result.dimension = d;
  result.boundary_volume = sphere_volume(d - 1) * std::pow(std::sin(static_cast<long double>(angle)), d - 1.0L);
  result.volume = sphere_volume(d - 1) * sine_integral(d - 1, angle);
  result.walls = dirichlet ? -result.boundary_volume : result.boundary_volume;
  return result;
}

} // namespace weyl::model
