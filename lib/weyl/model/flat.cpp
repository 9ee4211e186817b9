// SPDX-License-Identifier: GPL-3.0-or-later
// Flat spaces of dimension 1 and 2 whose eigenvalues are squares, or sums of two.
#include <algorithm>
#include <functional>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

/// (π/length)² times a rational.
Value wave(const Number& length, const Rational& factor) {
  if (length.pi_power > 1) {
    throw InputError("length", "a power of pi above the first is no length");
  }
  const Rational square = factor / (length.factor * length.factor * length.radicand);
  return length.pi_power == 0 ? Value(0, square) : Value(square);
}

/// Eigenvalues unit·k² for k = first, first + step, …: `multiplicity` times, k = 0 once.
struct Squares {
  Value unit;
  int first = 0;
  int step = 1;
  int multiplicity = 1;

  [[nodiscard]] BigInt largest(const Bound& bound) const {
    const BigInt n = largest_multiple(bound, unit);
    return n < 0 ? BigInt(-1) : square_root(n);
  }
  [[nodiscard]] BigInt count(const Bound& bound) const {
    const BigInt last = largest(bound);
    if (last < first) {
      return 0;
    }
    const BigInt terms = (last - first) / step + 1;
    return first == 0 ? BigInt(1 + (terms - 1) * multiplicity) : BigInt(terms * multiplicity);
  }
  [[nodiscard]] std::vector<Level> levels(const Bound& bound) const {
    const BigInt last = largest(bound);
    check_work(last.convert_to<double>(), "a list of these eigenvalues", largest_table);
    std::vector<Level> result;
    for (std::int64_t k = first; k <= last; k += step) {
      result.push_back({unit * (Rational(k) * k), k == 0 ? 1 : multiplicity});
    }
    return result;
  }
};

ModelSpace line(const Squares& squares) {
  return {.unit = squares.unit,
          .count = [squares](const Bound& bound) { return squares.count(bound); },
          .levels = [squares](const Bound& bound) { return squares.levels(bound); }};
}

/// The n-th fibre: an offset that grows with n, and the squares on it; n = 0, 1, … until the offset alone exceeds λ.
struct Fibre {
  Value offset;
  Squares squares;
};
using Fibres = std::function<Fibre(std::int64_t n)>;

ModelSpace fibred(const Fibres& fibres) {
  const auto each = [fibres](const Bound& bound, const std::function<void(const Fibre&)>& visit) {
    constexpr double work = 1000; // of a fibre: exact rationals
    constexpr auto most = static_cast<std::int64_t>(largest_work / work);
    if (bound.admits(fibres(most).offset)) { // offsets grow: asked before the first of them is visited
      check_work(work * static_cast<double>(most + 1), "N(lambda)");
    }
    for (std::int64_t n = 0;; ++n) {
      const Fibre fibre = fibres(n);
      if (!bound.admits(fibre.offset)) {
        return;
      }
      visit(fibre);
    }
  };
  ModelSpace result{.dimension = 2};
  result.count = [each](const Bound& bound) {
    BigInt sum = 0;
    each(bound, [&](const Fibre& fibre) { sum += fibre.squares.count(bound.minus(fibre.offset)); });
    return sum;
  };
  result.levels = [each](const Bound& bound) {
    std::vector<Level> all;
    each(bound, [&](const Fibre& fibre) {
      for (const Level& level : fibre.squares.levels(bound.minus(fibre.offset))) {
        all.push_back({level.value + fibre.offset, level.multiplicity});
      }
      check_work(static_cast<double>(all.size()), "a list of these eigenvalues", largest_table);
    });
    merge(all);
    return all;
  };
  return result;
}

void set_unit(ModelSpace& space, const Value& a, const Value& b) {
  if (a.pi2() == 0 && b.pi2() == 0) {
    space.unit = Value(common_measure(a.rational(), b.rational()));
  } else if (a.rational() == 0 && b.rational() == 0) {
    space.unit = Value(0, common_measure(a.pi2(), b.pi2()));
  }
}

} // namespace

ModelSpace circle(const Number& length) {
  ModelSpace result = line({.unit = wave(length, 4), .multiplicity = 2});
  result.volume = length.approximate();
  return result;
}

ModelSpace interval(const Number& length, Boundary condition) {
  const bool dirichlet = condition == Boundary::dirichlet;
  ModelSpace result = line({.unit = wave(length, 1), .first = dirichlet ? 1 : 0});
  result.volume = length.approximate();
  result.boundary_volume = 2;
  result.walls = dirichlet ? -2 : 2;
  return result;
}

ModelSpace klein(const Number& a, const Number& b) {
  // R² modulo (x, y) → (x + a/2, −y), (x, y) → (x, y + b): cos(2πny/b) goes with even m, sin with odd.
  const Value along = wave(a, 4);
  const Value across = wave(b, 4);
  ModelSpace result = fibred([=](std::int64_t n) -> Fibre {
    return {across * (Rational(n) * n), {.unit = along, .step = n == 0 ? 2 : 1, .multiplicity = 2}};
  });
  set_unit(result, along, across);
  result.volume = static_cast<long double>(a.approximate()) * b.approximate() / 2;
  return result;
}

ModelSpace mobius(const Number& length, const Number& width, Boundary condition) {
  // (x, y) ~ (x + length, −y), |y| ≤ width/2: e^{πimx/length} with m and the mode across of one parity; sin(πy/width)
  // and its like, whose parity is that of n − 1, under Dirichlet conditions.
  const Value along = wave(length, 1);
  const Value across = wave(width, 1);
  const bool dirichlet = condition == Boundary::dirichlet;
  ModelSpace result = fibred([=](std::int64_t i) -> Fibre {
    const std::int64_t n = dirichlet ? i + 1 : i;
    const int parity = static_cast<int>(i % 2);
    return {across * (Rational(n) * n), {.unit = along, .first = parity, .step = 2, .multiplicity = 2}};
  });
  set_unit(result, along, across);
  result.volume = static_cast<long double>(length.approximate()) * width.approximate();
  result.boundary_volume = 2.0L * length.approximate();
  result.walls = dirichlet ? -result.boundary_volume : result.boundary_volume;
  return result;
}

ModelSpace equilateral(const Number& side, Boundary condition) {
  // (16π²/9a²)(m² + mn + n²) (Lamé 1833; Pinsky 1980), m, n ≥ 0, or ≥ 1: 4(m² + mn + n²) = (2m + n)² + 3n².
  const Value unit = wave(side, Rational(16, 9));
  const bool dirichlet = condition == Boundary::dirichlet;
  const int first = dirichlet ? 1 : 0;
  ModelSpace result = fibred([=](std::int64_t i) -> Fibre {
    const std::int64_t n = i + first;
    const auto lowest = static_cast<int>(n) + 2 * first;
    return {unit * (Rational(3 * n, 4) * n), {.unit = unit * Rational(1, 4), .first = lowest, .step = 2}};
  });
  result.unit = unit;
  const auto a = static_cast<long double>(side.approximate());
  result.volume = std::sqrt(3.0L) / 4 * a * a;
  result.boundary_volume = 3 * a;
  result.walls = dirichlet ? -result.boundary_volume : result.boundary_volume;
  return result;
}

} // namespace weyl::model
