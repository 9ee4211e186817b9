// SPDX-License-Identifier: GPL-3.0-or-later
// Inertia with a proof: the bound on rounding is a bound, and counts lie on the right side of the truth.

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "eigen/pencils.hpp"
#include "weyl/eigen/backward_error.hpp"
#include "weyl/eigen/certified_inertia.hpp"
#include "weyl/eigen/ldlt.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

/// Row sums of |L D Lᵀ − A|, the product in extended precision.
Eigen::VectorXd true_error(const Ldlt& factor, const SparseMatrix& matrix) {
  using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  const Analysis& a = factor.analysis();
  Matrix l = Matrix::Identity(a.size, a.size);
  for (int s = 0; s < a.supernode_count(); ++s) {
    const int* row = a.rows.data() + a.first_row[s];
    const auto rows = static_cast<int>(a.first_row[s + 1] - a.first_row[s]);
    for (int j = a.first_column[s]; j < a.first_column[s + 1]; ++j) {
      for (int i = j - a.first_column[s] + 1; i < rows; ++i) {
        l(row[i], j) = factor.values()[a.first_value[s] + std::ptrdiff_t{j - a.first_column[s]} * rows + i];
      }
    }
  }
  Matrix product = l;
  for (int k = 0; k < a.size; ++k) {
    product.col(k) *= factor.diagonal()[static_cast<std::size_t>(k)];
  }
  product *= l.transpose();
  for (int j = 0; j < a.size; ++j) {
    for (SparseMatrix::InnerIterator entry(matrix, a.permutation[static_cast<std::size_t>(j)]); entry; ++entry) {
      product(a.inverse_permutation[static_cast<std::size_t>(entry.row())], j) -= entry.value();
    }
  }
  Eigen::VectorXd result(a.size);
  for (int i = 0; i < a.size; ++i) {
    result[a.permutation[static_cast<std::size_t>(i)]] = static_cast<double>(product.row(i).cwiseAbs().sum());
  }
  return result;
}

std::int64_t negative(const Eigen::MatrixXd& matrix) {
  const Eigen::VectorXd values =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix, Eigen::EigenvaluesOnly).eigenvalues();
  return std::ranges::count_if(values, [](double value) { return value < 0; });
}

} // namespace

TEST_CASE("the computed backward error bounds the true one in every row, near vanishing pivots too") {
  std::mt19937 generator(41);
  int checked = 0;
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const auto analysis = std::make_shared<Analysis>(analyse(shifted(pencil, 1)));
    std::uniform_int_distribution<Eigen::Index> anywhere(0, pencil.size() - 1);
    for (int trial = 0; trial < 4; ++trial) {
      const Eigen::Index j = anywhere(generator);
      for (const double nudge : {0.3, 1e-5, 1e-12}) {
        const SparseMatrix matrix =
            shifted(pencil, pencil.stiffness.coeff(j, j) / pencil.mass.coeff(j, j) * (1 + nudge));
        const Ldlt factor(analysis, matrix);
        const Eigen::VectorXd bound = backward_error(factor, matrix);
        if (std::isfinite(factor.growth())) { // no pivot vanished
          CHECK((true_error(factor, matrix).array() <= bound.array()).all());
          CHECK(bound.minCoeff() > 0);
          ++checked;
        } else {
          CHECK(!bound.allFinite());
        }
      }
    }
  }
  CHECK(checked > 60);
}

TEST_CASE("certified counts enclose dense ones at hundreds of shifts, and mostly equal them") {
  std::mt19937 generator(42);
  int trials = 0;
  int equal = 0;
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd values = dense_eigenvalues(pencil);
    std::uniform_real_distribution<double> anywhere(0, 0.5 * values.tail(1)[0]);
    CertifiedInertia inertia(shifted(pencil, 1), 1);
    for (int trial = 0; trial < 30; ++trial) {
      const double lambda = anywhere(generator);
      const EnclosedMatrix a{shifted(pencil, lambda), Eigen::VectorXd::Zero(pencil.size())};
      const auto lower = inertia.at_least(a);
      const auto upper = inertia.at_most(a);
      REQUIRE(lower.has_value());
      REQUIRE(upper.has_value());
      const auto below = std::ranges::count_if(values, [&](double v) { return v < lambda * (1 + 1e-12); });
      const auto up_to = std::ranges::count_if(values, [&](double v) { return v <= lambda * (1 - 1e-12); });
      CHECK(*lower <= below);
      CHECK(*upper >= up_to);
      ++trials;
      equal += *lower == *upper;
    }
  }
  CHECK(equal >= trials * 95 / 100);
}

TEST_CASE("certified counts hold for every matrix within the radius") {
  std::mt19937 generator(43);
  std::uniform_real_distribution<double> unit(-1, 1);
  const Pencil pencil = random_pencil(60, 5);
  for (int trial = 0; trial < 40; ++trial) {
    EnclosedMatrix a{shifted(pencil, 2 + unit(generator)), Eigen::VectorXd::Zero(60)};
    const double size = std::pow(10.0, -1 - trial % 6);
    Eigen::MatrixXd truth(a.matrix);
    for (int i = 0; i < 60; ++i) {
      for (int j = 0; j <= i; ++j) {
        const double error = size * unit(generator) / 60;
        truth(i, j) += error;
        a.radius[i] += std::abs(error);
        if (j < i) {
          truth(j, i) += error;
          a.radius[j] += std::abs(error);
        }
      }
    }
    CertifiedInertia inertia(a.matrix, 1);
    const std::int64_t count = negative(truth);
    CHECK(inertia.at_least(a).value_or(0) <= count);
    CHECK(inertia.at_most(a).value_or(60) >= count);
  }
}

TEST_CASE("a matrix whose numbers are out of range is not certified") {
  SparseMatrix tiny(2, 2);
  tiny.insert(0, 0) = 1e-200;
  tiny.insert(1, 1) = 1e-200;
  tiny.makeCompressed();
  CertifiedInertia inertia(tiny, 1);
  CHECK(!inertia.at_least({tiny, Eigen::VectorXd::Zero(2)}).has_value());
}
