// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/series.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/model_space.hpp"

namespace weyl {

namespace {

/// P(t) as a list, divided by 1 − t^e for every e, up to the length of the list.
std::vector<BigInt> expand(const std::map<std::int64_t, BigInt>& numerator, const std::vector<int>& exponents,
                           std::size_t size) {
  std::vector<BigInt> result(size);
  for (const auto& [power, coefficient] : numerator) {
    if (power < static_cast<std::int64_t>(size)) {
      result[static_cast<std::size_t>(power)] = coefficient;
    }
  }
  for (const int e : exponents) {
    for (auto k = static_cast<std::size_t>(e); k < size; ++k) {
      result[k] += result[k - static_cast<std::size_t>(e)];
    }
  }
  return result;
}

/// Numerator over (1 − t^L)^m: P times Π (1 + t^e + … + t^{L−e}).
std::vector<BigInt> over_common_denominator(const RationalSeries& series, std::int64_t period) {
  std::int64_t degree = series.numerator.empty() ? 0 : series.numerator.rbegin()->first;
  for (const int e : series.exponents) {
    degree += period - e;
  }
  std::vector<BigInt> result = expand(series.numerator, series.exponents, static_cast<std::size_t>(degree) + 1);
  const auto step = static_cast<std::size_t>(period);
  for (std::size_t factor = 0; factor < series.exponents.size(); ++factor) {
    for (std::size_t k = result.size(); k-- > step;) {
      result[k] -= result[k - step];
    }
  }
  return result;
}

} // namespace

std::vector<BigInt> coefficients(const RationalSeries& series, std::size_t size) {
  return expand(series.numerator, series.exponents, size);
}

BigInt partial_sum(const RationalSeries& series, const BigInt& last) {
  if (last < 0) {
    return 0;
  }
  RationalSeries sums = series;
  sums.exponents.push_back(1);
  const auto m = static_cast<double>(sums.exponents.size());
  double period = 1;
  std::int64_t exact_period = 1;
  for (const int e : sums.exponents) {
    exact_period = period < 1e12 ? std::lcm(exact_period, static_cast<std::int64_t>(e)) : exact_period;
    period = std::max(period, static_cast<double>(exact_period));
  }
  const auto top = last.convert_to<double>();
  const double direct = top * m;
  const double closed = period * m * (2 * m) + m * m * (m + 10);
  if (std::min(direct, closed) > model::largest_work / 4 || std::min(top, period * m) > model::largest_table) {
    throw NumericalError(fmt::format("N(lambda) would take the coefficients up to degree {:.3g}; at most {:.3g} can be "
                                     "reached for this group; use a smaller lambda",
                                     top, std::min(model::largest_table, model::largest_work / 4 / m)));
  }
  if (direct <= closed) {
    return expand(sums.numerator, sums.exponents, last.convert_to<std::size_t>() + 1).back();
  }
  const std::vector<BigInt> numerator = over_common_denominator(sums, exact_period);
  const auto poles = static_cast<std::int64_t>(sums.exponents.size());
  BigInt result = 0;
  for (auto j = (last % exact_period).convert_to<std::size_t>(); j < numerator.size() && last >= j;
       j += static_cast<std::size_t>(exact_period)) {
    if (numerator[j] != 0) {
      result += numerator[j] * binomial((last - j) / exact_period + poles - 1, poles - 1);
    }
  }
  return result;
}

} // namespace weyl
