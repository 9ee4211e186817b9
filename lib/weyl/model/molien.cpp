// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/molien.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <boost/multiprecision/miller_rabin.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"

namespace weyl {

namespace {

__extension__ using Wide = unsigned __int128;
using Word = std::uint64_t;

Word times(Word a, Word b, Word p) { return static_cast<Word>(static_cast<Wide>(a) * b % p); }

Word power(Word base, Word exponent, Word p) {
  Word result = 1;
  for (; exponent > 0; exponent >>= 1U) {
    result = (exponent & 1U) != 0 ? times(result, base, p) : result;
    base = times(base, base, p);
  }
  return result;
}

/// Primes p ≡ 1 mod L below 2⁶², from above. A composite passes with probability below 4⁻⁴⁰.
class Primes {
public:
  explicit Primes(std::int64_t modulus)
      : step_(static_cast<Word>(modulus)), next_(((Word{1} << 62U) / step_) * step_ + 1) {}

  Word next() {
    do {
      next_ -= step_;
    } while (!boost::multiprecision::miller_rabin_test(BigInt(next_), 40));
    return next_;
  }

private:
  Word step_;
  Word next_;
};

std::vector<std::int64_t> prime_factors(std::int64_t n) {
  std::vector<std::int64_t> result;
  for (std::int64_t q = 2; q * q <= n; ++q) {
    if (n % q == 0) {
      result.push_back(q);
    }
    while (n % q == 0) {
      n /= q;
    }
  }
  if (n > 1) {
    result.push_back(n);
  }
  return result;
}

/// An element of order L in F_p, p ≡ 1 mod L.
Word root_of_unity(std::int64_t order, Word p) {
  const auto factors = prime_factors(order);
  for (Word base = 2;; ++base) {
    const Word root = power(base, (p - 1) / static_cast<Word>(order), p);
    const bool primitive =
        std::ranges::all_of(factors, [&](std::int64_t q) { return power(root, static_cast<Word>(order / q), p) != 1; });
    if (primitive) {
      return root;
    }
  }
}

/// dim H_k^G modulo p, k < size.
std::vector<Word> invariants_modulo(const FiniteGroup& group, std::size_t size, Word p) {
  const Word root = root_of_unity(group.exponent, p);
  std::vector<Word> sum(size, 0);
  std::vector<Word> series(size);
  for (const auto& [angles, elements] : group.classes) {
    std::ranges::fill(series, 0); // (1 − t²) Π 1/(1 − t ζ^a)
    series[0] = static_cast<Word>(elements) % p;
    if (size > 2) {
      series[2] = p - series[0];
    }
    for (const int a : angles) {
      const Word eigenvalue = power(root, static_cast<Word>(a), p);
      for (std::size_t k = 1; k < size; ++k) {
        series[k] = (series[k] + times(eigenvalue, series[k - 1], p)) % p;
      }
    }
    for (std::size_t k = 0; k < size; ++k) {
      sum[k] = (sum[k] + series[k]) % p;
    }
  }
  const Word inverse = power(static_cast<Word>(group.order) % p, p - 2, p);
  for (Word& value : sum) {
    value = times(value, inverse, p);
  }
  return sum;
}

} // namespace

void add_elements(FiniteGroup& group, std::vector<int> angles, std::int64_t elements) {
  std::ranges::sort(angles);
  const bool reflection = angles.size() > 1 && angles[angles.size() - 2] == 0 && 2L * angles.back() == group.exponent;
  group.reflections += reflection ? elements : 0;
  group.classes[std::move(angles)] += elements;
}

std::vector<BigInt> invariant_harmonics(const FiniteGroup& group, std::size_t size) {
  const double work = static_cast<double>(group.classes.size()) * static_cast<double>(size) * group.size;
  model::check_work(4 * work, "Molien's series of this group");
  const BigInt bound = size == 0 ? BigInt(1) : binomial(BigInt(size) + group.size, group.size);
  std::vector<BigInt> result(size);
  BigInt modulus = 1;
  Primes primes(group.exponent);
  while (modulus <= bound) {
    const Word p = primes.next();
    const std::vector<Word> residues = invariants_modulo(group, size, p);
    const Word inverse = power((modulus % p).convert_to<Word>(), p - 2, p);
    for (std::size_t k = 0; k < size; ++k) { // Garner: x + modulus·((residue − x)/modulus mod p)
      const Word known = (result[k] % p).convert_to<Word>();
      const Word digit = times((residues[k] + (p - known)) % p, inverse, p);
      result[k] += modulus * digit;
    }
    modulus *= p;
  }
  return result;
}

RationalSeries molien_series(const FiniteGroup& group) {
  // Each term is a polynomial of degree ≤ n(L − 1) + 2 over (1 − t^L)^n.
  const auto n = static_cast<std::size_t>(group.size);
  const auto period = static_cast<std::size_t>(group.exponent);
  const std::size_t size = n * (period - 1) + 3;
  std::vector<BigInt> series = invariant_harmonics(group, size);
  for (std::size_t factor = 0; factor < n; ++factor) {
    for (std::size_t k = size; k-- > period;) {
      series[k] -= series[k - period];
    }
  }
  RationalSeries result{.numerator = {}, .exponents = std::vector<int>(n, static_cast<int>(group.exponent))};
  for (std::size_t k = 0; k < size; ++k) {
    if (series[k] != 0) {
      result.numerator[static_cast<std::int64_t>(k)] = series[k];
    }
  }
  return result;
}

FiniteGroup cyclic_group(int p, const std::vector<int>& rotations) {
  FiniteGroup group{.size = 2 * static_cast<int>(rotations.size()), .order = p, .exponent = p};
  for (std::int64_t m = 0; m < p; ++m) {
    std::vector<int> angles;
    for (const std::int64_t q : rotations) {
      const std::int64_t a = ((m * q) % p + p) % p;
      angles.insert(angles.end(), {static_cast<int>(a), static_cast<int>((p - a) % p)});
    }
    add_elements(group, std::move(angles), 1);
  }
  return group;
}

FiniteGroup binary_polyhedral_group(const std::string& name) {
  // Number of quaternions with real part cos(2πa/L), by a; L = 12, 24, 60.
  struct Elements {
    int angle;
    int number;
  };
  FiniteGroup group{.size = 4};
  std::vector<Elements> elements;
  if (name == "2T") {
    group.order = 24;
    group.exponent = 12;
    elements = {{0, 1}, {6, 1}, {3, 6}, {2, 8}, {4, 8}};
  } else if (name == "2O") {
    group.order = 48;
    group.exponent = 24;
    elements = {{0, 1}, {12, 1}, {6, 18}, {4, 8}, {8, 8}, {3, 6}, {9, 6}};
  } else {
    group.order = 120;
    group.exponent = 60;
    elements = {{0, 1}, {30, 1}, {15, 30}, {10, 20}, {20, 20}, {6, 12}, {18, 12}, {12, 12}, {24, 12}};
  }
  for (const auto& [a, number] : elements) {
    const int back = a == 0 ? 0 : static_cast<int>(group.exponent) - a;
    add_elements(group, {a, a, back, back}, number);
  }
  return group;
}

} // namespace weyl
