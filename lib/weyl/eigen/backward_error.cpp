// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/backward_error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "weyl/eigen/ldlt.hpp"

namespace weyl {

namespace {

/// Sums of up to 2^31 terms without cancellation, and some operations more, lose less than this.
constexpr double slack = 1 + 1e-6;

/// Calls body(i, j, |l_ij|) for the entries of L below the diagonal, in the order of the analysis.
template <class Body>
void for_entries(const Analysis& a, const double* values, const Body& body) {
  for (int s = 0; s < a.supernode_count(); ++s) {
    const int* row = a.rows.data() + a.first_row[s];
    const auto rows = static_cast<int>(a.first_row[s + 1] - a.first_row[s]);
    const double* column = values + a.first_value[s];
    for (int j = a.first_column[s]; j < a.first_column[s + 1]; ++j, column += rows) {
      for (int i = j - a.first_column[s] + 1; i < rows; ++i) {
        body(row[i], j, std::abs(column[i]));
      }
    }
  }
}

} // namespace

std::vector<int> row_counts(const Analysis& a) {
  std::vector<int> count(static_cast<std::size_t>(a.size), 0);
  for (int s = 0; s < a.supernode_count(); ++s) {
    const int columns = a.first_column[s + 1] - a.first_column[s];
    for (std::int64_t r = a.first_row[s]; r < a.first_row[s + 1]; ++r) {
      count[a.permutation[a.rows[r]]] += std::min(columns, a.rows[r] - a.first_column[s]);
    }
  }
  return count;
}

double rounding_factor(int count) {
  constexpr double u = std::numeric_limits<double>::epsilon() / 2;
  const double m = count + 8.0;
  return slack * m * u / (1 - m * u);
}

Eigen::VectorXd backward_error(const Ldlt& factor, const SparseMatrix& matrix) {
  const Analysis& a = factor.analysis();
  const std::vector<int> count = row_counts(a);
  // |L||D||Lᵀ| 1, one factor after the other.
  Eigen::VectorXd sum = Eigen::VectorXd::Ones(a.size);
  double largest = 1;
  for_entries(a, factor.values(), [&](int /*i*/, int j, double l) {
    sum[j] += l;
    largest = std::max(largest, l);
  });
  double largest_pivot = 1;
  for (int k = 0; k < a.size; ++k) {
    sum[k] *= std::abs(factor.diagonal()[k]);
    largest_pivot = std::max(largest_pivot, std::abs(factor.diagonal()[k]));
  }
  Eigen::VectorXd product = sum;
  for_entries(a, factor.values(), [&](int i, int j, double l) { product[i] += l * sum[j]; });

  const double underflow = std::numeric_limits<double>::denorm_min() * (1 + largest) * (1 + largest_pivot) * a.size;
  Eigen::VectorXd result(a.size);
  for (int k = 0; k < a.size; ++k) {
    const int row = a.permutation[k];
    double entries = 0;
    for (SparseMatrix::InnerIterator entry(matrix, row); entry; ++entry) {
      entries += std::abs(entry.value());
    }
    result[row] = slack * (rounding_factor(count[row]) * (entries + product[k]) + (count[row] + 8) * underflow);
  }
  return result;
}

} // namespace weyl
