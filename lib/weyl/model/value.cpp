// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

namespace mp = boost::multiprecision;

/// 120 decimal digits: what a comparison of a + bπ² with 0 is decided with.
using Long = mp::number<mp::cpp_bin_float<120>, mp::et_off>;

const Long& pi_squared() {
  static const Long value = boost::math::constants::pi<Long>() * boost::math::constants::pi<Long>();
  return value;
}

Long long_value(const Rational& q) { return Long(mp::numerator(q)) / Long(mp::denominator(q)); }

Long long_value(const Rational& rational, const Rational& pi2, double real) {
  return long_value(rational) + long_value(pi2) * pi_squared() + Long(real);
}

double rounded(const Rational& rational, const Rational& pi2, double real) {
  if (pi2 == 0) {
    return rational.convert_to<double>() + real;
  }
  return long_value(rational, pi2, real).convert_to<double>();
}

BigInt floor(const Rational& q) {
  BigInt quotient;
  BigInt rest;
  mp::divide_qr(BigInt(mp::numerator(q)), BigInt(mp::denominator(q)), quotient, rest);
  return rest < 0 ? quotient - 1 : quotient;
}

} // namespace

Value::Value(Rational rational, Rational pi2, double real)
    : rational_(std::move(rational)), pi2_(std::move(pi2)), real_(real), approximate_(rounded(rational_, pi2_, real_)) {
}

Value Value::operator+(const Value& other) const {
  Value sum;
  sum.rational_ = rational_ + other.rational_;
  sum.pi2_ = pi2_ + other.pi2_;
  sum.real_ = real_ + other.real_;
  sum.approximate_ = approximate_ + other.approximate_;
  return sum;
}

Value Value::operator-(const Value& other) const {
  return {rational_ - other.rational_, pi2_ - other.pi2_, real_ - other.real_};
}

Value Value::operator*(const Rational& factor) const {
  return {rational_ * factor, pi2_ * factor, real_ * factor.convert_to<double>()};
}

std::weak_ordering Value::operator<=>(const Value& other) const {
  const double distance = approximate_ - other.approximate_;
  const double scale = std::max(std::abs(approximate_), std::abs(other.approximate_));
  if (std::abs(distance) > 1e-12 * scale && std::isfinite(scale)) {
    return distance < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (*this == other) {
    return std::weak_ordering::equivalent;
  }
  return long_value(rational_ - other.rational_, pi2_ - other.pi2_, 0) + (Long(real_) - Long(other.real_)) < 0
             ? std::weak_ordering::less
             : std::weak_ordering::greater;
}

bool coincide(const Value& x, const Value& y) {
  if (x.exact() && y.exact()) {
    return x == y;
  }
  return std::abs(x.approximate() - y.approximate()) <= 1e-13 * std::abs(x.approximate());
}

BigInt largest_multiple(const Bound& bound, const Value& unit) {
  const Value& lambda = bound.lambda;
  const bool rational_unit = unit.pi2() == 0;
  const bool commensurable = lambda.exact() && (rational_unit ? lambda.pi2() == 0 : lambda.rational() == 0);
  if (commensurable) {
    const Rational quotient = rational_unit ? lambda.rational() / unit.rational() : lambda.pi2() / unit.pi2();
    const BigInt n = floor(quotient);
    return bound.strict && quotient == n ? n - 1 : n;
  }
  const Long quotient =
      long_value(lambda.rational(), lambda.pi2(), lambda.real()) / long_value(unit.rational(), unit.pi2(), 0);
  if (abs(quotient) > Long("1e60")) {
    throw NumericalError("lambda of more than 60 digits must be an exact multiple of the space's unit; "
                         "give it as a multiple of pi^2");
  }
  return mp::floor(quotient).convert_to<BigInt>(); // irrational, or rounded: never an integer to 60 digits by chance
}

BigInt square_root(const BigInt& n) { return mp::sqrt(n); }

BigInt binomial(const BigInt& n, std::int64_t k) {
  if (k < 0 || n < k) {
    return 0;
  }
  if (n - k < k) {
    k = (n - k).convert_to<std::int64_t>();
  }
  BigInt result = 1;
  for (std::int64_t i = 1; i <= k; ++i) {
    result = result * (n - k + i) / i;
  }
  return result;
}

Rational common_measure(const Rational& x, const Rational& y) {
  const BigInt a = mp::numerator(x) * mp::denominator(y);
  const BigInt b = mp::numerator(y) * mp::denominator(x);
  return {mp::gcd(a, b), mp::denominator(x) * mp::denominator(y)};
}

double Number::approximate() const {
  return factor.convert_to<double>() * std::sqrt(radicand.convert_to<double>()) * std::pow(std::numbers::pi, pi_power);
}

Value Number::square() const {
  const Rational q = factor * factor * radicand;
  if (pi_power == 0) {
    return {q};
  }
  return pi_power == 1 ? Value(0, q) : Value(0, 0, std::pow(approximate(), 2));
}

Value Number::value(const std::string& source) const {
  if (radicand != 1 || (pi_power != 0 && pi_power != 2)) {
    throw InputError(source, "lambda should be a decimal number or a rational multiple of pi^2");
  }
  return pi_power == 0 ? Value(factor) : Value(0, factor);
}

namespace {

bool digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

/// Unsigned digits with a point and an exponent, exactly.
bool read_decimal(std::string_view& text, Rational& value) {
  BigInt digits = 0;
  long scale = 0;
  bool any = false;
  std::string_view rest = text;
  for (bool point = false; digit(rest) || (!point && !rest.empty() && rest[0] == '.'); rest.remove_prefix(1)) {
    if (rest[0] == '.') {
      point = true;
      continue;
    }
    digits = digits * 10 + (rest[0] - '0');
    scale -= point ? 1 : 0;
    any = true;
  }
  if (!any) {
    return false;
  }
  if (!rest.empty() && (rest[0] == 'e' || rest[0] == 'E')) {
    std::string_view exponent = rest.substr(1);
    exponent.remove_prefix(!exponent.empty() && exponent[0] == '+' ? 1 : 0);
    long power = 0;
    const auto [end, error] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
    if (error != std::errc{} || std::abs(power) > 10000) {
      text = rest;
      return false;
    }
    scale += power;
    rest = exponent.substr(static_cast<std::size_t>(end - exponent.data()));
  }
  const BigInt power = mp::pow(BigInt(10), static_cast<unsigned>(std::abs(scale)));
  value = scale < 0 ? Rational(digits, power) : Rational(digits * power);
  text = rest;
  return true;
}

bool take(std::string_view& text, std::string_view token) {
  const bool found = text.starts_with(token);
  text.remove_prefix(found ? token.size() : 0);
  return found;
}

} // namespace

bool read_number(std::string_view& text, Number& number) {
  number = {};
  const bool negative = take(text, "-");
  Rational factor = 1;
  const std::string_view before = text;
  const bool leading = read_decimal(text, factor);
  if (!leading && text != before) {
    return false;
  }
  bool symbol = false;
  if (take(text, "sqrt(")) {
    if (!read_decimal(text, number.radicand) || number.radicand <= 0 || !take(text, ")")) {
      return false;
    }
    symbol = true;
  } else if (take(text, "pi")) {
    number.pi_power = take(text, "^2") ? 2 : 1;
    symbol = true;
  }
  if (!leading && !symbol) {
    return false;
  }
  if (text.size() > 1 && text[0] == '/' && (digit(text.substr(1)) || text[1] == '.')) {
    std::string_view denominator = text.substr(1);
    Rational divisor = 0;
    if (!read_decimal(denominator, divisor) || divisor == 0) {
      return false;
    }
    factor /= divisor;
    text = denominator;
  }
  number.factor = negative ? -factor : factor;
  return true;
}

Value parse_lambda(const std::string& text) {
  std::string_view rest = text;
  Number number;
  if (!read_number(rest, number) || !rest.empty() || number.factor < 0) {
    throw InputError(text, "is not a number from 0 on, such as 2.5, 1e40 or 5pi^2/4");
  }
  return number.value(text);
}

std::string to_string(const Value& value) {
  if (value.exact() && value.pi2() == 0 && mp::denominator(value.rational()) == 1) {
    return BigInt(mp::numerator(value.rational())).str();
  }
  return fmt::format("{}", value.approximate());
}

} // namespace weyl
