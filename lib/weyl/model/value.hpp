// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Exact numbers for exact spectra: integers of any size, and eigenvalues that can be compared without rounding.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/multiprecision/cpp_int.hpp>

namespace weyl {

/// Integers of any size.
using BigInt = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
/// Fractions of such integers.
using Rational =
    boost::multiprecision::number<boost::multiprecision::rational_adaptor<boost::multiprecision::cpp_int_backend<>>,
                                  boost::multiprecision::et_off>;

/// A number λ = a + b·π² + c with rational a, b and a rounded real c (a Bessel zero squared; 0 where λ is exact).
/// π² is transcendental (Lindemann 1882), so that exact values are equal only if a and b are.
class Value {
public:
  Value() = default;
  Value(Rational rational, Rational pi2 = 0, double real = 0); ///< rational + pi2·π² + real.

  [[nodiscard]] const Rational& rational() const { return rational_; } ///< the part without π
  [[nodiscard]] const Rational& pi2() const { return pi2_; }           ///< the factor of π²
  [[nodiscard]] double real() const { return real_; }                  ///< the part known to rounding only
  /// To a few units in the last place; infinite where a double ends.
  [[nodiscard]] double approximate() const { return approximate_; }
  [[nodiscard]] bool exact() const { return real_ == 0; } ///< no part is rounded

  Value operator+(const Value& other) const;     ///< exact where both are
  Value operator-(const Value& other) const;     ///< exact where both are
  Value operator*(const Rational& factor) const; ///< exact where this is
  /// The order of the numbers; where doubles do not decide, with 120 digits.
  std::weak_ordering operator<=>(const Value& other) const;
  /// Part by part.
  bool operator==(const Value& other) const {
    return rational_ == other.rational_ && pi2_ == other.pi2_ && real_ == other.real_;
  }

private:
  Rational rational_ = 0;
  Rational pi2_ = 0;
  double real_ = 0;
  double approximate_ = 0;
};

/// Equal, or not to be told apart because a rounded part differs by a few units in its last place.
bool coincide(const Value& x, const Value& y);

/// λ with the question "at most" or "below".
struct Bound {
  Value lambda;        ///< λ
  bool strict = false; ///< true: values equal to λ do not count

  /// Whether value ≤ λ, or < λ where strict.
  [[nodiscard]] bool admits(const Value& value) const {
    return strict ? value < lambda && !coincide(value, lambda) : !(lambda < value) || coincide(value, lambda);
  }
  /// The bound that is left for y in x + y.
  [[nodiscard]] Bound minus(const Value& x) const { return {lambda - x, strict}; }
};

/// The largest integer n with n·unit ≤ λ (or < λ); negative if λ is. `unit` is q or q·π², q > 0 rational.
/// \throws NumericalError where λ and unit are of different kinds and the quotient has more than 60 digits.
BigInt largest_multiple(const Bound& bound, const Value& unit);

/// ⌊√n⌋ for n ≥ 0.
BigInt square_root(const BigInt& n);

/// C(n, k); 0 for k < 0 or k > n. Cost: min(k, n − k) multiplications.
BigInt binomial(const BigInt& n, std::int64_t k);

/// The greatest rational of which both are integer multiples; x, y > 0.
Rational common_measure(const Rational& x, const Rational& y);

/// A number as it is written: q·√r·π^k.
struct Number {
  Rational factor = 0;   ///< q
  Rational radicand = 1; ///< r > 0
  int pi_power = 0;      ///< k

  [[nodiscard]] double approximate() const; ///< to the nearest double, about
  /// q²·r·π^2k; exact for k = −1, 0, 1, else through doubles.
  [[nodiscard]] Value square() const;
  /// \throws InputError unless the number is q or q·π².
  [[nodiscard]] Value value(const std::string& source) const;
};

/// Reads "12.5", "1e40", "2/3", "2pi", "pi^2/3", "5pi^2/4", "sqrt(3)/2", "2sqrt(3)" from the beginning of `text` and
/// removes it. Exponents beyond ±10,000 are refused.
/// \returns false where no number begins; `text` is then what is wrong.
bool read_number(std::string_view& text, Number& number);

/// The whole text as λ ≥ 0: decimal, or a rational multiple of π².
/// \throws InputError.
Value parse_lambda(const std::string& text);

/// Shortest decimal form of the double nearest to an exact value; integers of any size in full.
std::string to_string(const Value& value);

} // namespace weyl
