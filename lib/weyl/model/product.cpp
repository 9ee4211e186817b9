// SPDX-License-Identifier: GPL-3.0-or-later
// Products of spaces: eigenvalues are sums.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "weyl/core/error.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

using Table = std::vector<BigInt>;
using Lists = std::vector<std::vector<Level>>;

/// Factors that are the same space stand once, with an exponent.
struct Factor {
  ModelSpace space;
  int exponent = 1;
};

std::optional<Value> common_unit(const std::vector<Factor>& factors) {
  std::optional<Value> unit = factors.front().space.unit;
  for (const Factor& factor : factors) {
    const auto& other = factor.space.unit;
    if (!unit || !other || (unit->pi2() == 0) != (other->pi2() == 0)) {
      return std::nullopt;
    }
    unit = unit->pi2() == 0 ? Value(common_measure(unit->rational(), other->rational()))
                            : Value(0, common_measure(unit->pi2(), other->pi2()));
  }
  return unit;
}

/// f^n up to q^top, f given by its terms, f_0 ≠ 0: s f_0 y_s = Σ_k ((n + 1) e_k − s) f_k y_{s − e_k}.
Table power_series(const Grid& f, int n, std::int64_t top) {
  Table y(static_cast<std::size_t>(top) + 1);
  y[0] = boost::multiprecision::pow(f.multiplicities[0], static_cast<unsigned>(n));
  for (std::int64_t s = 1; s <= top; ++s) {
    BigInt sum = 0;
    for (std::size_t k = 1; k < f.positions.size() && f.positions[k] <= s; ++k) {
      const std::int64_t e = f.positions[k];
      const BigInt& earlier = y[static_cast<std::size_t>(s - e)];
      if (earlier != 0) {
        sum += f.multiplicities[k] * earlier * (static_cast<std::int64_t>(n + 1) * e - s);
      }
    }
    y[static_cast<std::size_t>(s)] = sum / (f.multiplicities[0] * s);
  }
  return y;
}

/// y times a sparse series, in place from the top down; f_0 ≠ 0 stands at 0.
void multiply(Table& y, const Grid& f) {
  for (std::size_t s = y.size(); s-- > 0;) {
    BigInt sum = y[s] * f.multiplicities[0];
    for (std::size_t k = 1; k < f.positions.size() && f.positions[k] <= static_cast<std::int64_t>(s); ++k) {
      sum += f.multiplicities[k] * y[s - static_cast<std::size_t>(f.positions[k])];
    }
    y[s] = sum;
  }
}

/// The spectrum of the product as integers.
struct Dense {
  std::int64_t first = 0; ///< where the table begins: sum of the lowest levels
  Table table = {};
};

Dense dense(const std::vector<Factor>& factors, const Lists& lists, const Value& unit, const BigInt& top) {
  Dense result;
  std::vector<Grid> grids;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    grids.push_back(grid(lists[i], unit));
    const std::int64_t lowest = grids.back().positions.front();
    result.first += factors[i].exponent * lowest;
    std::ranges::for_each(grids.back().positions, [&](std::int64_t& position) { position -= lowest; });
  }
  const BigInt room = top - result.first;
  if (room < 0) {
    return result;
  }
  result.table = power_series(grids[0], factors[0].exponent, room.convert_to<std::int64_t>());
  for (std::size_t i = 1; i < factors.size(); ++i) {
    for (int n = 0; n < factors[i].exponent; ++n) {
      multiply(result.table, grids[i]);
    }
  }
  return result;
}

/// Steps of `dense`; infinite where its table would be too long.
double dense_work(const std::vector<Factor>& factors, const Lists& lists, const BigInt& top) {
  if (top > static_cast<std::int64_t>(largest_table)) {
    return INFINITY;
  }
  auto each = static_cast<double>(lists[0].size());
  for (std::size_t i = 1; i < factors.size(); ++i) {
    each += factors[i].exponent * static_cast<double>(lists[i].size());
  }
  return 2 * each * top.convert_to<double>();
}

Lists lists_of(const std::vector<Factor>& factors, const Bound& bound) {
  Lists lists;
  for (const Factor& factor : factors) {
    lists.push_back(factor.space.levels(bound));
  }
  return lists;
}

/// Number of tuples with sum ≤ λ: the product of the lengths over √ρ!, about the part of a cube that a simplex or a
/// ball is. For many short lists that says nothing, and recursion is no way.
double tuples(const std::vector<double>& lengths) {
  constexpr std::size_t many = 6;
  double result = lengths.size() > many ? INFINITY : 1;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    result *= lengths[i] / std::sqrt(static_cast<double>(i + 1));
  }
  return result;
}

BigInt recursive_count(const std::vector<const std::vector<Level>*>& lists, std::size_t i, const ModelSpace& last,
                       const Bound& bound) {
  if (i == lists.size()) {
    return last.count(bound);
  }
  BigInt sum = 0;
  for (const Level& level : *lists[i]) {
    if (!bound.admits(level.value)) {
      break;
    }
    sum += level.multiplicity * recursive_count(lists, i + 1, last, bound.minus(level.value));
  }
  return sum;
}

std::vector<Level> product_levels(const std::vector<Factor>& factors, const std::optional<Value>& unit,
                                  const Bound& bound) {
  const Lists lists = lists_of(factors, bound);
  if (std::ranges::any_of(lists, [](const auto& list) { return list.empty(); })) {
    return {};
  }
  std::vector<double> lengths;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    lengths.insert(lengths.end(), static_cast<std::size_t>(factors[i].exponent), static_cast<double>(lists[i].size()));
  }
  if (unit) {
    const BigInt top = largest_multiple(bound, *unit);
    const double work = dense_work(factors, lists, top);
    if (work <= std::max(30 * tuples(lengths), 1e5) && work <= largest_work) {
      const Dense result = dense(factors, lists, *unit, top);
      return levels_of(result.table, result.first, *unit);
    }
  }
  std::vector<Level> sums{{Value(), 1}};
  for (std::size_t i = 0; i < factors.size(); ++i) {
    for (int n = 0; n < factors[i].exponent; ++n) {
      std::vector<Level> next;
      for (const Level& a : sums) {
        for (const Level& b : lists[i]) {
          const Value sum = a.value + b.value;
          if (!bound.admits(sum)) {
            break;
          }
          next.push_back({sum, a.multiplicity * b.multiplicity});
          check_work(static_cast<double>(next.size()), "a list of the eigenvalues of this product", largest_table);
        }
      }
      merge(next);
      sums = std::move(next);
    }
  }
  return sums;
}

BigInt product_count(const std::vector<Factor>& factors, const std::optional<Value>& unit, const Bound& bound) {
  if (factors.size() == 1 && factors[0].exponent == 1) {
    return factors[0].space.count(bound);
  }
  // The factor of the highest dimension comes last, counted in closed form; the others are listed.
  std::vector<const ModelSpace*> listed;
  for (const Factor& factor : factors) {
    listed.insert(listed.end(), static_cast<std::size_t>(factor.exponent), &factor.space);
  }
  std::ranges::stable_sort(listed, {}, &ModelSpace::dimension);
  const ModelSpace& last = *listed.back();
  listed.pop_back();
  const Lists lists = lists_of(factors, bound);
  const bool empty = std::ranges::any_of(lists, [](const auto& list) { return list.empty(); });
  if (empty) {
    return 0;
  }
  std::vector<const std::vector<Level>*> order;
  std::vector<double> lengths;
  for (const ModelSpace* space : listed) {
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (&factors[i].space == space) {
        order.push_back(&lists[i]);
        lengths.push_back(static_cast<double>(lists[i].size()));
      }
    }
  }
  const double recursive_work = 100 * tuples(lengths);
  const BigInt top = unit ? largest_multiple(bound, *unit) : BigInt(0);
  const double table_work = unit ? dense_work(factors, lists, top) : INFINITY;
  if (!unit && std::isinf(recursive_work)) {
    return total(product_levels(factors, unit, bound));
  }
  check_work(std::min(recursive_work, table_work), "N(lambda) of this product");
  if (recursive_work <= table_work) {
    return recursive_count(order, 0, last, bound);
  }
  const Dense result = dense(factors, lists, *unit, top);
  return std::accumulate(result.table.begin(), result.table.end(), BigInt(0));
}

} // namespace

ModelSpace product(const std::vector<ModelSpace>& spaces) {
  ModelSpace result{.dimension = 0, .volume = 1};
  auto factors = std::make_shared<std::vector<Factor>>();
  for (const ModelSpace& space : spaces) {
    result.boundary_volume = result.boundary_volume * space.volume + result.volume * space.boundary_volume;
    result.walls = result.walls * space.volume + result.volume * space.walls;
    result.volume *= space.volume;
    result.dimension += space.dimension;
    const auto twin = std::ranges::find_if(
        *factors, [&](const Factor& factor) { return !space.name.empty() && factor.space.name == space.name; });
    if (twin != factors->end()) {
      ++twin->exponent;
    } else {
      factors->push_back({space});
    }
  }
  std::ranges::stable_sort(*factors, std::greater{}, &Factor::exponent);
  result.unit = common_unit(*factors);
  const std::optional<Value> unit = result.unit;
  result.count = [factors, unit](const Bound& bound) { return product_count(*factors, unit, bound); };
  result.levels = [factors, unit](const Bound& bound) { return product_levels(*factors, unit, bound); };
  return result;
}

} // namespace weyl::model
