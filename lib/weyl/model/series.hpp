// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Rational generating functions P(t)/Π(1 − t^e) with integer coefficients.

#include <cstdint>
#include <map>
#include <vector>

#include "weyl/model/value.hpp"

namespace weyl {

/// A polynomial over a product of (1 − t^e).
struct RationalSeries {
  std::map<std::int64_t, BigInt> numerator{{0, 1}}; ///< coefficient by power
  std::vector<int> exponents = {};                  ///< e of each factor 1 − t^e below
};

/// The coefficients of t^0 … t^(size−1). Cost: size · number of exponents.
std::vector<BigInt> coefficients(const RationalSeries& series, std::size_t size);

/// Σ of the coefficients up to t^K, for K of any size: the sum is the coefficient of t^K in series/(1 − t), and over
/// the common denominator (1 − t^L)^m, L = lcm(e), that is a sum of binomial coefficients. Short sums are added up.
/// Cost: the smaller of K·m and L·m².
/// \throws NumericalError where both are too large.
BigInt partial_sum(const RationalSeries& series, const BigInt& last);

} // namespace weyl
