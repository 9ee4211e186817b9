// SPDX-License-Identifier: GPL-3.0-or-later
// M^n modulo permutations of the factors.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "weyl/core/error.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

/// How to choose j modes out of m: with repetition, or without.
BigInt choices(const BigInt& m, std::int64_t j, bool antisymmetric) {
  return antisymmetric ? binomial(m, j) : binomial(m + j - 1, j);
}

/// The levels above the lowest, which only fills up to n.
struct Excitations {
  Value lowest;
  BigInt lowest_multiplicity;
  std::vector<Level> levels; ///< above the lowest, less the lowest
};

Excitations excitations(std::vector<Level> levels) {
  Excitations result{levels.front().value, levels.front().multiplicity, {}};
  for (std::size_t i = 1; i < levels.size(); ++i) {
    result.levels.push_back({levels[i].value - result.lowest, levels[i].multiplicity});
  }
  return result;
}

/// Most excited modes that fit below λ; `room` is λ less n times the lowest level.
std::int64_t most_excited(const Excitations& modes, int n, const Bound& room) {
  if (modes.levels.empty()) {
    return 0;
  }
  const double quotient = room.lambda.approximate() / modes.levels.front().value.approximate();
  return quotient >= n ? n : std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(quotient * (1 + 1e-12))));
}

/// table[c][s] = number of ways to have c excited modes with sum s·unit, s ≤ top.
std::vector<std::vector<BigInt>> dense(const Grid& modes, std::int64_t most, std::int64_t top, bool antisymmetric) {
  const auto rows = static_cast<std::size_t>(most) + 1;
  const auto columns = static_cast<std::size_t>(top) + 1;
  double work = 0;
  for (std::size_t i = 0; i < modes.positions.size(); ++i) {
    const double passes = std::min(modes.multiplicities[i].convert_to<double>(),
                                   static_cast<double>(std::min(most, top / modes.positions[i])));
    work += passes * static_cast<double>(rows) * static_cast<double>(top - modes.positions[i] + 1);
  }
  check_work(work, "N(lambda) of this symmetric power");
  check_work(static_cast<double>(rows) * static_cast<double>(columns), "N(lambda) of this symmetric power",
             largest_table);
  std::vector<std::vector<BigInt>> table(rows, std::vector<BigInt>(columns));
  table[0][0] = 1;
  for (std::size_t i = 0; i < modes.positions.size(); ++i) {
    const auto v = static_cast<std::size_t>(modes.positions[i]);
    const BigInt& m = modes.multiplicities[i];
    const std::int64_t deepest = std::min<std::int64_t>(most, static_cast<std::int64_t>((columns - 1) / v));
    std::vector<BigInt> ways;
    for (std::int64_t j = 1; j <= deepest && (!antisymmetric || m >= j); ++j) {
      ways.push_back(choices(m, j, antisymmetric));
    }
    if (!antisymmetric && m <= 4) { // (1 − y q^v)^{−1}, m times, is cheaper than its expansion
      for (BigInt pass = 0; pass < m; ++pass) {
        for (std::size_t c = 1; c < rows; ++c) {
          for (std::size_t s = v; s < columns; ++s) {
            table[c][s] += table[c - 1][s - v];
          }
        }
      }
      continue;
    }
    for (std::size_t c = rows; c-- > 1;) { // from above: what is read has not yet this level
      for (std::size_t j = 1; j <= std::min(ways.size(), c); ++j) {
        const auto& source = table[c - j];
        for (std::size_t s = j * v; s < columns; ++s) {
          if (source[s - j * v] != 0) {
            table[c][s] += ways[j - 1] * source[s - j * v];
          }
        }
      }
    }
  }
  return table;
}

/// The same without a unit: the sums that occur, by number of excited modes.
std::vector<std::map<Value, BigInt>> sparse(const Excitations& modes, std::int64_t most, const Bound& room,
                                            bool antisymmetric) {
  std::vector<std::map<Value, BigInt>> table(static_cast<std::size_t>(most) + 1);
  table[0][Value()] = 1;
  double states = 1;
  for (const Level& level : modes.levels) {
    for (std::size_t c = table.size(); c-- > 0;) {
      for (const auto& [sum, ways] : table[c]) {
        Value longer = sum;
        for (std::int64_t j = 1; c + static_cast<std::size_t>(j) < table.size(); ++j) {
          longer = longer + level.value;
          const BigInt factor = choices(level.multiplicity, j, antisymmetric);
          if (factor == 0 || !room.admits(longer)) {
            break;
          }
          BigInt& target = table[c + static_cast<std::size_t>(j)][longer];
          states += target == 0 ? 1 : 0;
          target += factor * ways;
        }
        check_work(states, "N(lambda) of this symmetric power", largest_table / 5);
      }
    }
  }
  return table;
}

std::vector<Level> symmetric_levels(const ModelSpace& space, int n, bool antisymmetric, const Bound& bound) {
  // One mode has at most what the others leave: λ − (n − 1)·lowest.
  const std::vector<Level> probe = space.levels(bound);
  if (probe.empty()) {
    return {};
  }
  const Value lowest = probe.front().value;
  const Bound room = bound.minus(lowest * Rational(n));
  if (!room.admits(Value())) {
    return {};
  }
  std::vector<Level> reachable;
  for (const Level& level : probe) {
    if (room.admits(level.value - lowest)) {
      reachable.push_back(level);
    }
  }
  const Excitations modes = excitations(std::move(reachable));
  const std::int64_t most = most_excited(modes, n, room);
  std::vector<Level> result;
  const auto rest = [&](std::size_t c) {
    return choices(modes.lowest_multiplicity, n - static_cast<std::int64_t>(c), antisymmetric);
  };
  const Value ground = lowest * Rational(n);
  if (space.unit && !modes.levels.empty()) {
    const BigInt top = largest_multiple(room, *space.unit);
    check_work(top.convert_to<double>(), "N(lambda) of this symmetric power", largest_table);
    const auto table = dense(grid(modes.levels, *space.unit), most, top.convert_to<std::int64_t>(), antisymmetric);
    std::vector<BigInt> sums(table[0].size());
    for (std::size_t c = 0; c < table.size(); ++c) {
      const BigInt ways = rest(c);
      for (std::size_t s = 0; ways != 0 && s < sums.size(); ++s) {
        sums[s] += ways * table[c][s];
      }
    }
    result = levels_of(sums, 0, *space.unit);
  } else {
    const auto table = sparse(modes, most, room, antisymmetric);
    for (std::size_t c = 0; c < table.size(); ++c) {
      for (const auto& [sum, ways] : table[c]) {
        result.push_back({sum, ways * rest(c)});
      }
    }
    merge(result);
  }
  for (Level& level : result) {
    level.value = level.value + ground;
  }
  std::erase_if(result, [](const Level& level) { return level.multiplicity == 0; });
  return result;
}

long double factorial(int n) { return std::exp(std::lgamma(static_cast<long double>(n) + 1)); }

/// d, |M^n|/order and its boundary, without walls x_i = x_j.
ModelSpace shape(const ModelSpace& space, int n, long double order) {
  const long double slices = n * std::pow(space.volume, static_cast<long double>(n - 1)) / order;
  return {.dimension = n * space.dimension,
          .volume = std::pow(space.volume, static_cast<long double>(n)) / order,
          .boundary_volume = slices * space.boundary_volume,
          .walls = slices * space.walls};
}

} // namespace

ModelSpace symmetric_power(const ModelSpace& space, int n, bool antisymmetric) {
  if (n == 1) {
    return space;
  }
  ModelSpace result = shape(space, n, factorial(n));
  if (space.dimension == 1) { // transpositions are reflections: the wall x_i = x_j has volume √2 V^{n−1} in M^n
    const long double walls =
        n * (n - 1.0L) / factorial(n) * std::sqrt(2.0L) * std::pow(space.volume, static_cast<long double>(n - 1));
    result.boundary_volume += walls;
    result.walls += antisymmetric ? -walls : walls;
  }
  result.unit = space.unit;
  result.levels = [space, n, antisymmetric](const Bound& bound) {
    return symmetric_levels(space, n, antisymmetric, bound);
  };
  result.count = [levels = result.levels](const Bound& bound) { return total(levels(bound)); };
  return result;
}

ModelSpace alternating_power(const ModelSpace& space, int n) {
  if (n == 1) {
    return space;
  }
  const ModelSpace shape_of = shape(space, n, factorial(n) / 2);
  ModelSpace result = average({{1, symmetric_power(space, n, false)}, {1, symmetric_power(space, n, true)}}, 1);
  result.volume = shape_of.volume;
  result.boundary_volume = shape_of.boundary_volume;
  result.walls = shape_of.walls;
  result.unit = space.unit;
  return result;
}

ModelSpace cyclic_power(const ModelSpace& space, int n) {
  if (n <= 2) {
    return symmetric_power(space, n);
  }
  std::vector<Term> terms;
  for (int e = 1; e <= n; ++e) {
    if (n % e == 0) {
      const std::vector<ModelSpace> factors(static_cast<std::size_t>(n / e), space);
      terms.push_back({totient(e), product(factors), e});
    }
  }
  ModelSpace result = average(std::move(terms), n);
  const ModelSpace shape_of = shape(space, n, n);
  result.dimension = shape_of.dimension;
  result.volume = shape_of.volume;
  result.boundary_volume = shape_of.boundary_volume;
  result.walls = shape_of.walls;
  result.unit = space.unit;
  return result;
}

} // namespace weyl::model
