// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/levels.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl::model {

void merge(std::vector<Level>& levels) {
  std::ranges::sort(levels, {}, &Level::value);
  std::size_t last = 0;
  for (std::size_t i = 1; i < levels.size(); ++i) {
    if (coincide(levels[last].value, levels[i].value)) {
      levels[last].multiplicity += levels[i].multiplicity;
    } else if (++last != i) {
      levels[last] = std::move(levels[i]);
    }
  }
  levels.resize(levels.empty() ? 0 : last + 1);
  std::erase_if(levels, [](const Level& level) { return level.multiplicity == 0; });
}

BigInt total(const std::vector<Level>& levels) {
  BigInt sum = 0;
  for (const Level& level : levels) {
    sum += level.multiplicity;
  }
  return sum;
}

void check_work(double work, const std::string& what, double limit) {
  if (!(work <= limit)) {
    throw NumericalError(fmt::format(
        "{} would take {:.2g} steps or more, at most {:.2g} are allowed; use a smaller lambda", what, work, limit));
  }
}

ModelSpace point() {
  return {.name = "point",
          .dimension = 0,
          .volume = 1,
          .unit = Value(1),
          .count = [](const Bound& bound) -> BigInt { return bound.admits(Value()) ? 1 : 0; },
          .levels =
              [](const Bound& bound) {
                return std::vector<Level>(bound.admits(Value()) ? 1 : 0, {Value(), 1});
              }};
}

Grid grid(const std::vector<Level>& levels, const Value& unit) {
  Grid result;
  for (const Level& level : levels) {
    result.positions.push_back(largest_multiple({level.value}, unit).convert_to<std::int64_t>());
    result.multiplicities.push_back(level.multiplicity);
  }
  return result;
}

std::vector<Level> levels_of(const std::vector<BigInt>& table, std::int64_t first, const Value& unit) {
  std::vector<Level> result;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i] != 0) {
      result.push_back({unit * Rational(first + static_cast<std::int64_t>(i)), table[i]});
    }
  }
  return result;
}

ModelSpace average(std::vector<Term> terms, const BigInt& divisor) {
  ModelSpace result = terms.front().space;
  result.unit.reset();
  result.count = [terms, divisor](const Bound& bound) {
    BigInt sum = 0;
    for (const Term& term : terms) {
      sum += term.weight * term.space.count({bound.lambda * Rational(1, term.stretch), bound.strict});
    }
    return BigInt(sum / divisor);
  };
  result.levels = [terms, divisor](const Bound& bound) {
    std::vector<Level> all;
    for (const Term& term : terms) {
      for (Level& level : term.space.levels({bound.lambda * Rational(1, term.stretch), bound.strict})) {
        all.push_back({level.value * Rational(term.stretch), level.multiplicity * term.weight});
      }
    }
    merge(all);
    for (Level& level : all) {
      level.multiplicity /= divisor;
    }
    return all;
  };
  return result;
}

std::int64_t totient(std::int64_t n) {
  std::int64_t result = n;
  for (std::int64_t p = 2; p * p <= n; ++p) {
    if (n % p == 0) {
      result -= result / p;
      while (n % p == 0) {
        n /= p;
      }
    }
  }
  return n > 1 ? result - result / n : result;
}

} // namespace weyl::model
