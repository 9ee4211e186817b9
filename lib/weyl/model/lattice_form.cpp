// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/lattice_form.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include <Eigen/Dense>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

namespace mp = boost::multiprecision;

std::optional<Rational> rational_root(const Rational& q) {
  const BigInt a = mp::sqrt(BigInt(mp::numerator(q)));
  const BigInt b = mp::sqrt(BigInt(mp::denominator(q)));
  const Rational root(a, b);
  return root * root == q ? std::optional(root) : std::nullopt;
}

/// b_i · b_j where it is a rational multiple of π^{2·power}.
std::optional<Rational> product(const std::vector<Number>& x, const std::vector<Number>& y, int power) {
  Rational sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    if (x[k].factor == 0 || y[k].factor == 0) {
      continue;
    }
    const auto root = rational_root(x[k].radicand * y[k].radicand);
    if (!root || x[k].pi_power != power || y[k].pi_power != power) {
      return std::nullopt;
    }
    sum += x[k].factor * y[k].factor * *root;
  }
  return sum;
}

/// A double to 60 bits behind the point of the largest entry.
Rational fixed(double value, double scale) {
  return Rational(BigInt(std::ldexp(value / scale, 60)), mp::pow(BigInt(2), 60U)) * Rational(BigInt(std::ceil(scale)));
}

/// \throws InputError where the matrix is singular.
RationalMatrix inverse(RationalMatrix a, Rational& determinant) {
  const std::size_t d = a.size();
  RationalMatrix result(d, std::vector<Rational>(d, 0));
  determinant = 1;
  for (std::size_t i = 0; i < d; ++i) {
    result[i][i] = 1;
  }
  for (std::size_t i = 0; i < d; ++i) { // a Gram matrix: pivots are positive unless it is singular
    const Rational pivot = a[i][i];
    if (pivot <= 0) {
      throw InputError("lattice", "the vectors are linearly dependent");
    }
    determinant *= pivot;
    for (std::size_t j = 0; j < d; ++j) {
      a[i][j] /= pivot;
      result[i][j] /= pivot;
    }
    for (std::size_t r = 0; r < d; ++r) {
      const Rational factor = a[r][i];
      for (std::size_t j = 0; r != i && j < d; ++j) {
        a[r][j] -= factor * a[i][j];
        result[r][j] -= factor * result[i][j];
      }
    }
  }
  return result;
}

/// Rounded quotient of integers, the divisor positive.
BigInt nearest(const BigInt& a, const BigInt& b) {
  const BigInt twice = 2 * a + b;
  BigInt q = twice / (2 * b);
  return q * 2 * b > twice ? BigInt(q - 1) : q;
}

/// Adds multiples of basis vectors to others while that shortens them (pairwise, as Lagrange for d = 2).
void reduce(LatticeForm& lattice) {
  IntegerMatrix& a = lattice.form;
  const std::size_t d = a.size();
  lattice.basis.assign(d, IntegerVector(d, 0));
  for (std::size_t i = 0; i < d; ++i) {
    lattice.basis[i][i] = 1;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        const BigInt q = i == j ? BigInt(0) : nearest(a[i][j], a[j][j]);
        if (q == 0 || q * (q * a[j][j] - 2 * a[i][j]) >= 0) {
          continue;
        }
        for (std::size_t k = 0; k < d; ++k) {
          a[i][k] -= q * a[j][k];
        }
        for (std::size_t k = 0; k < d; ++k) {
          a[k][i] -= q * a[k][j];
          lattice.basis[k][i] -= q * lattice.basis[k][j];
        }
        changed = true;
      }
    }
  }
}

/// The recursion over the coordinates d − 1, …, 1 in doubles, with slack; coordinate 0 exactly.
class Enumeration {
public:
  Enumeration(const LatticeForm& lattice, const BigInt& n) : a_(lattice.form), n_(n), x_(a_.size(), 0) {
    const auto d = static_cast<Eigen::Index>(a_.size());
    scale_ = std::max(1.0, a_[0][0].convert_to<double>());
    Eigen::MatrixXd form(d, d);
    for (Eigen::Index i = 0; i < d; ++i) {
      for (Eigen::Index j = 0; j < d; ++j) {
        form(i, j) = a_[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)].convert_to<double>() / scale_;
      }
    }
    upper_ = form.llt().matrixU();
    limit_ = n.convert_to<double>() / scale_;
    const double points = std::pow(std::numbers::pi * limit_, 0.5 * static_cast<double>(d - 1)) /
                          std::tgamma(0.5 * static_cast<double>(d + 1));
    double covolume = 1;
    for (Eigen::Index i = 1; i < d; ++i) {
      covolume *= upper_(i, i);
    }
    lines_ = points / covolume;
  }

  /// About how many lines parallel to coordinate 0 are visited.
  [[nodiscard]] double lines() const { return lines_; }

  /// `visit(x, from, to)`: coordinate 0 may be from … to, the others are x.
  void run(const std::function<void(const IntegerVector&, const BigInt&, const BigInt&)>& visit) {
    descend(a_.size() - 1, limit_, visit);
  }

private:
  const IntegerMatrix& a_;
  const BigInt& n_;
  IntegerVector x_;
  Eigen::MatrixXd upper_;
  double scale_ = 1;
  double limit_ = 0;
  double lines_ = 0;

  void descend(std::size_t i, double room,
               const std::function<void(const IntegerVector&, const BigInt&, const BigInt&)>& visit) {
    if (i == 0) {
      line(visit);
      return;
    }
    const auto row = static_cast<Eigen::Index>(i);
    double centre = 0;
    for (std::size_t j = i + 1; j < x_.size(); ++j) {
      centre -= upper_(row, static_cast<Eigen::Index>(j)) * x_[j].convert_to<double>() / upper_(row, row);
    }
    const double slack = 1e-9 * (1 + std::abs(centre) + std::sqrt(limit_) / upper_(row, row));
    const double radius = std::sqrt(std::max(0.0, room)) / upper_(row, row) + slack;
    const auto last = static_cast<std::int64_t>(std::floor(centre + radius));
    for (auto k = static_cast<std::int64_t>(std::ceil(centre - radius)); k <= last; ++k) {
      x_[i] = k;
      const double offset = (static_cast<double>(k) - centre) * upper_(row, row);
      descend(i - 1, room - offset * offset, visit);
    }
    x_[i] = 0;
  }

  void line(const std::function<void(const IntegerVector&, const BigInt&, const BigInt&)>& visit) const {
    BigInt s = 0; // a x² + 2 s x + t ≤ n ⇔ (a x + s)² ≤ s² − a (t − n)
    BigInt t = 0;
    for (std::size_t j = 1; j < x_.size(); ++j) {
      s += a_[0][j] * x_[j];
      for (std::size_t k = 1; k < x_.size(); ++k) {
        t += a_[j][k] * x_[j] * x_[k];
      }
    }
    const BigInt& a = a_[0][0];
    const BigInt discriminant = s * s - a * (t - n_);
    if (discriminant >= 0) {
      const BigInt root = mp::sqrt(discriminant);
      visit(x_, -floor_divide(root + s, a), floor_divide(root - s, a));
    }
  }

  static BigInt floor_divide(const BigInt& a, const BigInt& b) {
    const BigInt q = a / b;
    return q * b > a ? BigInt(q - 1) : q;
  }
};

} // namespace

LatticeForm lattice_form(const std::vector<std::vector<Number>>& basis) {
  const std::size_t d = basis.size();
  if (basis.front().size() != d) {
    throw InputError("lattice", fmt::format("{} vectors of {} numbers span no torus of full dimension; as many vectors "
                                            "as coordinates are expected",
                                            d, basis.front().size()));
  }
  LatticeForm result;
  int power = 0;
  for (const auto& row : basis) {
    for (const Number& entry : row) {
      power = entry.factor != 0 ? entry.pi_power : power;
    }
  }
  result.gram.assign(d, std::vector<Rational>(d));
  for (std::size_t i = 0; i < d && result.exact; ++i) {
    for (std::size_t j = 0; j < d && result.exact; ++j) {
      const auto entry = product(basis[i], basis[j], power);
      result.exact = entry.has_value();
      result.gram[i][j] = entry.value_or(0);
    }
  }
  if (!result.exact) {
    power = 0;
    Eigen::MatrixXd rows(d, d);
    for (std::size_t i = 0; i < d * d; ++i) {
      rows(static_cast<Eigen::Index>(i / d), static_cast<Eigen::Index>(i % d)) = basis[i / d][i % d].approximate();
    }
    const Eigen::MatrixXd gram = rows * rows.transpose();
    for (std::size_t i = 0; i < d * d; ++i) {
      result.gram[i / d][i % d] =
          fixed(gram(static_cast<Eigen::Index>(i / d), static_cast<Eigen::Index>(i % d)), gram.maxCoeff());
    }
  }
  Rational determinant;
  const RationalMatrix dual = inverse(result.gram, determinant);
  BigInt denominator = 1;
  for (const auto& row : dual) {
    for (const Rational& entry : row) {
      denominator = mp::lcm(denominator, BigInt(mp::denominator(entry)));
    }
  }
  result.form.assign(d, IntegerVector(d));
  BigInt content = 0;
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      result.form[i][j] = mp::numerator(Rational(dual[i][j] * denominator));
      content = mp::gcd(content, result.form[i][j]);
    }
  }
  for (auto& row : result.form) {
    for (BigInt& entry : row) {
      entry /= content;
    }
  }
  const Rational unit(4 * content, denominator);
  result.unit = power == 0 ? Value(0, unit) : Value(unit);
  result.volume =
      std::sqrt(determinant.convert_to<long double>()) *
      std::pow(std::numbers::pi_v<long double>, static_cast<long double>(power) * static_cast<long double>(d));
  result.dual = result.form;
  reduce(result);
  return result;
}

BigInt short_vector_count(const LatticeForm& lattice, const BigInt& n) {
  if (n < 0) {
    return 0;
  }
  Enumeration enumeration(lattice, n);
  check_work(40 * enumeration.lines(), "N(lambda) of this lattice");
  BigInt sum = 0;
  enumeration.run([&](const IntegerVector&, const BigInt& from, const BigInt& to) { sum += to - from + 1; });
  return sum;
}

void short_vectors(const LatticeForm& lattice, const BigInt& n,
                   const std::function<void(const IntegerVector&, const BigInt&)>& visit) {
  if (n < 0) {
    return;
  }
  check_work(short_vector_count(lattice, n).convert_to<double>(), "a list of these lattice vectors", largest_table);
  const std::size_t d = lattice.form.size();
  Enumeration(lattice, n).run([&](IntegerVector x, const BigInt& from, const BigInt& to) {
    for (x[0] = from; x[0] <= to; ++x[0]) {
      IntegerVector m(d, 0);
      BigInt norm = 0;
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
          m[i] += lattice.basis[i][j] * x[j];
          norm += lattice.form[i][j] * x[i] * x[j];
        }
      }
      visit(m, norm);
    }
  });
}

} // namespace weyl::model
