// SPDX-License-Identifier: GPL-3.0-or-later
// Quotients of round spheres: dim H_k^G by closed generating functions, or by Molien's series.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

/// Invariant harmonics of a group, with what the size of the quotient needs.
struct Invariants {
  RationalSeries neumann = {};
  std::map<std::int64_t, BigInt> dirichlet = {}; ///< numerator of the functions odd in every reflection; empty: unknown
  long double order = 1;
  long double reflections = 0;
};

std::map<std::int64_t, BigInt> polynomial(std::initializer_list<std::pair<std::int64_t, int>> terms) {
  std::map<std::int64_t, BigInt> result;
  for (const auto& [power, coefficient] : terms) {
    result[power] += coefficient;
  }
  return result;
}

/// Rotation groups have one numerator term more than the reflection groups that hold them (Molien 1897; Meyer 1954):
/// the Jacobian of the reflection group's invariants, odd in all r mirrors, of degree r.
Invariants rotations(std::int64_t r, std::vector<int> exponents, int order) {
  return {.neumann = {polynomial({{0, 1}, {r, 1}}), std::move(exponents)}, .order = static_cast<long double>(order)};
}

Invariants mirrors(std::int64_t r, std::vector<int> exponents, int order) {
  return {.neumann = {polynomial({{0, 1}}), std::move(exponents)},
          .dirichlet = polynomial({{r, 1}}),
          .order = static_cast<long double>(order),
          .reflections = static_cast<long double>(r)};
}

/// Point groups of S² in Schoenflies notation. In cylinder coordinates a harmonic of degree l and order m is e^{imφ}
/// times a function of parity l − m in z: a rotation by 2π/n asks n | m, a mirror through the axis keeps cos mφ, the
/// mirror z → −z asks l − m even.
Invariants point_group(const std::string& name) {
  if (name == "Cs") {
    return point_group("C1h");
  }
  if (name == "Ci") {
    return point_group("S2");
  }
  const std::string_view platonic = std::string_view(name).substr(0, 1);
  if (platonic == "T" || platonic == "O" || platonic == "I") {
    const std::map<std::string, Invariants> groups{
        {"T", rotations(6, {3, 4}, 12)},
        {"Td", mirrors(6, {3, 4}, 24)},
        {"Th", {.neumann = {polynomial({{0, 1}, {6, 1}}), {4, 6}}, .order = 24, .reflections = 3}},
        {"O", rotations(9, {4, 6}, 24)},
        {"Oh", mirrors(9, {4, 6}, 48)},
        {"I", rotations(15, {6, 10}, 60)},
        {"Ih", mirrors(15, {6, 10}, 120)}};
    return groups.at(name);
  }
  const int n = std::stoi(name.substr(1));
  const char family = name[0];
  const char suffix = std::isdigit(static_cast<unsigned char>(name.back())) != 0 ? ' ' : name.back();
  if (family == 'S') {
    const int half = n / 2;
    if (n % 2 != 0) {
      throw InputError(name, fmt::format("is written C{}h; S takes an even number", n));
    }
    return {.neumann = {polynomial({{0, 1}, {half + 1, 2}, {n, 1}}), {2, n}}, .order = static_cast<long double>(n)};
  }
  if (family == 'C') {
    switch (suffix) {
    case 'v':
      return mirrors(n, {1, n}, 2 * n);
    case 'h':
      return {.neumann = {polynomial({{0, 1}, {n, 1}}), {2, n}},
              .dirichlet = polynomial({{1, 1}, {n + 1, 1}}),
              .order = 2.0L * n,
              .reflections = 1};
    default:
      return rotations(n, {1, n}, n);
    }
  }
  switch (suffix) {
  case 'h':
    return mirrors(n + 1, {2, n}, 4 * n);
  case 'd':
    return {.neumann = {polynomial({{0, 1}, {n + 1, 1}}), {2, 2 * n}},
            .order = 4.0L * n,
            .reflections = static_cast<long double>(n)};
  default:
    return rotations(n + 1, {2, n}, 2 * n);
  }
}

/// Degrees of the basic invariants of a reflection group without the 2 that 1 − t² cancels.
std::vector<int> without_two(std::vector<int> degrees) {
  degrees.erase(std::ranges::find(degrees, 2));
  return degrees;
}

/// Groups that permute the n = d + 1 coordinates.
Invariants permutations(const std::string& name, int n) {
  std::vector<int> degrees(static_cast<std::size_t>(n));
  std::iota(degrees.begin(), degrees.end(), 1);
  const std::int64_t transpositions = n * (n - 1L) / 2;
  const long double factorial = std::tgamma(n + 1.0L);
  if (name == "B") {
    std::ranges::for_each(degrees, [](int& degree) { degree *= 2; });
    const std::int64_t reflections = static_cast<std::int64_t>(n) * n;
    return {.neumann = {polynomial({{0, 1}}), without_two(degrees)},
            .dirichlet = polynomial({{reflections, 1}}),
            .order = std::ldexp(factorial, n),
            .reflections = static_cast<long double>(reflections)};
  }
  if (name == "S") {
    return {.neumann = {polynomial({{0, 1}}), without_two(degrees)},
            .dirichlet = polynomial({{transpositions, 1}}),
            .order = factorial,
            .reflections = static_cast<long double>(transpositions)};
  }
  return {.neumann = {polynomial({{0, 1}, {transpositions, 1}}), without_two(degrees)}, .order = factorial / 2}; // A
}

/// Cyclic shifts: φ(e) elements have n/e cycles of length e, det(1 − tg) = (1 − t^e)^{n/e}. Over (1 − t^n)^n.
Invariants cyclic_shifts(int n) {
  // Coefficients are at most n^n, of n·lb n bits.
  check_work(static_cast<double>(n) * n * n * (1 + n * std::log2(n) / 64), "Molien's series of these cyclic shifts");
  const auto size = static_cast<std::size_t>(n) * static_cast<std::size_t>(n - 1) + 3;
  std::map<std::int64_t, BigInt> sum;
  for (int e = 1; e <= n; ++e) {
    if (n % e != 0) {
      continue;
    }
    const int cycles = n / e; // (1 − t^n)^n/(1 − t^e)^cycles = (1 + t^e + …)^cycles (1 − t^n)^{n − cycles}
    RationalSeries term{.numerator = polynomial({{0, 1}, {2, -1}}),
                        .exponents = std::vector<int>(static_cast<std::size_t>(cycles), e)};
    std::vector<BigInt> numerator = coefficients(term, size);
    for (int factor = 0; factor < n; ++factor) {
      for (std::size_t k = size; k-- > static_cast<std::size_t>(n);) {
        numerator[k] -= numerator[k - static_cast<std::size_t>(n)];
      }
    }
    for (std::size_t k = 0; k < size; ++k) {
      if (numerator[k] != 0) {
        sum[static_cast<std::int64_t>(k)] += numerator[k] * totient(e);
      }
    }
  }
  Invariants result{.order = static_cast<long double>(n), .reflections = n == 2 ? 1.0L : 0.0L};
  result.neumann.exponents.assign(static_cast<std::size_t>(n), n);
  result.neumann.numerator.clear();
  for (const auto& [power, coefficient] : sum) {
    if (coefficient != 0) {
      result.neumann.numerator[power] = coefficient / n;
    }
  }
  return result;
}

/// Even degrees alone: those of (1 + t)^{d+1}/(1 − t²)^d.
Invariants antipodal(int d) {
  RationalSeries series{.numerator = {}, .exponents = std::vector<int>(static_cast<std::size_t>(d), 2)};
  for (int j = 0; j <= d + 1; j += 2) {
    series.numerator[j] = binomial(d + 1, j);
  }
  return {.neumann = series, .order = 2};
}

/// S^d/SO(k), k ≥ 2: the hemisphere of S^{d+1−k} whose boundary is where the orbits S^{k−1} collapse. Invariants are
/// polynomials in r² and the other coordinates.
ModelSpace rotation_quotient(int d, int k) {
  const int rest = d + 1 - k;
  if (rest < 1) {
    throw InputError(fmt::format("SO:{}", k),
                     fmt::format("leaves a point of sphere:{}: k from 2 to {} leaves more", d, d));
  }
  RationalSeries series{.numerator = polynomial({{0, 1}}),
                        .exponents = std::vector<int>(static_cast<std::size_t>(rest), 1)};
  ModelSpace result = graded(series, 1, d - 1);
  result.dimension = rest;
  result.volume = sphere_volume(rest) / 2;
  result.boundary_volume = sphere_volume(rest - 1);
  result.walls = (2 - k) * result.boundary_volume;
  return result;
}

Invariants invariants(int d, const std::string& group) {
  if (group == "antipodal") {
    return antipodal(d);
  }
  if (group == "S" || group == "A" || group == "B") {
    return permutations(group, d + 1);
  }
  if (group == "C") {
    return cyclic_shifts(d + 1);
  }
  if (d != 2) {
    throw InputError(group, fmt::format("is a point group and acts on sphere:2, not on sphere:{}", d));
  }
  return point_group(group);
}

ModelSpace quotient_size(ModelSpace result, int d, long double order, long double reflections) {
  result.dimension = d;
  result.volume = sphere_volume(d) / order;
  result.boundary_volume = 2 * reflections / order * sphere_volume(d - 1);
  result.walls = result.boundary_volume;
  return result;
}

} // namespace

ModelSpace sphere_quotient(int d, const std::string& group, int k, Boundary condition) {
  if (group == "SO") {
    return rotation_quotient(d, k);
  }
  if (group[0] == '2') {
    if (d != 3) {
      throw InputError(group, fmt::format("acts on sphere:3, not on sphere:{}", d));
    }
    return sphere_quotient(d, binary_polyhedral_group(group));
  }
  Invariants found = invariants(d, group);
  const bool dirichlet = condition == Boundary::dirichlet && found.reflections > 0;
  if (dirichlet && found.dirichlet.empty()) {
    throw InputError(group, "has mirrors for which Dirichlet conditions have no closed form here");
  }
  if (dirichlet) {
    found.neumann.numerator = found.dirichlet;
  }
  ModelSpace result = quotient_size(graded(found.neumann, 1, d - 1), d, found.order, found.reflections);
  result.walls = dirichlet ? -result.walls : result.walls;
  return result;
}

ModelSpace sphere_quotient(int d, const FiniteGroup& group) {
  const double degrees = static_cast<double>(group.size) * static_cast<double>(group.exponent);
  const double work = degrees * group.size * (static_cast<double>(group.classes.size()) + 2.0 * group.size);
  ModelSpace result;
  if (work <= largest_work / 20) {
    result = graded(molien_series(group), 1, d - 1);
  } else { // too long for all degrees: only those that are asked for
    const auto dimensions = [group, d](const Bound& bound) {
      const BigInt last = largest_degree(bound, 1, d - 1);
      check_work(last.convert_to<double>() * group.size * static_cast<double>(group.classes.size()),
                 "Molien's series of this group");
      return invariant_harmonics(group, (last + 1).convert_to<std::size_t>());
    };
    result.unit = Value(1);
    result.levels = [dimensions, d](const Bound& bound) {
      std::vector<Level> levels;
      const std::vector<BigInt> m = dimensions(bound);
      for (std::size_t k = 0; k < m.size(); ++k) {
        const auto degree = static_cast<std::int64_t>(k);
        if (m[k] != 0) {
          levels.push_back({Value(degree * (degree + d - 1)), m[k]});
        }
      }
      return levels;
    };
    result.count = [levels = result.levels](const Bound& bound) { return total(levels(bound)); };
  }
  return quotient_size(std::move(result), d, static_cast<long double>(group.order),
                       static_cast<long double>(group.reflections));
}

} // namespace weyl::model
