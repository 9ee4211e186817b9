// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/lagrange.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/quadrature.hpp"

namespace weyl {

namespace {

/// Calls visit(i) for every multi-index with i_0 + … + i_d ≤ sum, or = sum.
void for_each_index(int dimension, int sum, const std::function<void(const MultiIndex&)>& visit) {
  MultiIndex i{};
  const std::function<void(int, int)> next = [&](int axis, int left) {
    if (axis == 0) {
      i[0] = left;
      visit(i);
      return;
    }
    for (i[static_cast<std::size_t>(axis)] = 0; i[static_cast<std::size_t>(axis)] <= left;
         ++i[static_cast<std::size_t>(axis)]) {
      next(axis - 1, left - i[static_cast<std::size_t>(axis)]);
    }
  };
  next(dimension, sum);
}

/// Legendre–Gauss–Lobatto points on [0, 1]: n + 1 of them, ascending; the inner ones are the roots of L_n', the Jacobi
/// polynomial P^(1,1)_{n−1}, as eigenvalues of its Jacobi matrix.
Eigen::VectorXd lobatto(int n) {
  Eigen::VectorXd points(n + 1);
  points[0] = 0;
  points[n] = 1;
  if (n > 1) {
    Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(n - 1, n - 1);
    for (int k = 1; k < n - 1; ++k) {
      jacobi(k, k - 1) = jacobi(k - 1, k) = std::sqrt(k * (k + 2.0) / ((2.0 * k + 1) * (2.0 * k + 3)));
    }
    points.segment(1, n - 1) =
        (1 + Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(jacobi, Eigen::EigenvaluesOnly).eigenvalues().array()) / 2;
  }
  for (int i = 0; 2 * i <= n; ++i) { // symmetric to the last bit
    points[i] = 2 * i == n ? 0.5 : points[i];
    points[n - i] = 1 - points[i];
  }
  return points;
}

/// Isaac 2020, eq. (2): x_α = Σ_i w_i x_{α without i} / Σ_i w_i with w_i the Lobatto point number |α| − α_i of |α| + 1.
std::vector<double> recursive_node(std::span<const int> index, const std::vector<Eigen::VectorXd>& lines) {
  std::vector<double> x(index.size(), 0.0);
  if (index.size() == 1) {
    return {1};
  }
  int sum = 0;
  for (const int i : index) {
    sum += i;
  }
  double total = 0;
  for (std::size_t i = 0; i < index.size(); ++i) {
    std::vector<int> rest(index.begin(), index.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    const double weight = lines[static_cast<std::size_t>(sum)][sum - index[i]];
    if (weight == 0) {
      continue;
    }
    const std::vector<double> face = recursive_node(rest, lines);
    for (std::size_t j = 0; j < face.size(); ++j) {
      x[j < i ? j : j + 1] += weight * face[j];
    }
    total += weight;
  }
  for (double& coordinate : x) {
    coordinate /= total;
  }
  return x;
}

/// A number with its derivatives along ξ_1, ξ_2, ξ_3.
using Dual = Eigen::Array4d;
Dual product(const Dual& a, const Dual& b) {
  Dual c = a[0] * b + b[0] * a;
  c[0] = a[0] * b[0];
  return c;
}

/// s^n P_n^(a,0)(x/s) for n ≤ order by the three-term recurrence (NIST DLMF 18.9.2), made homogeneous.
std::vector<Dual> homogeneous_jacobi(int order, int a, const Dual& x, const Dual& s) {
  std::vector<Dual> p(static_cast<std::size_t>(order) + 1, Dual::Zero());
  p[0][0] = 1;
  if (order > 0) {
    p[1] = ((a + 2.0) * x + a * s) / 2;
  }
  const Dual s2 = product(s, s);
  for (int n = 1; n < order; ++n) {
    const double c = 2.0 * n + a;
    const double scale = 2.0 * (n + 1) * (n + a + 1) * c;
    const auto k = static_cast<std::size_t>(n);
    p[k + 1] = ((c + 1) * product((c + 2) * c * x + 1.0 * a * a * s, p[k]) -
                2.0 * (n + a) * n * (c + 2) * product(s2, p[k - 1])) /
               scale;
  }
  return p;
}

} // namespace

ShapeValues dubiner(int dimension, int order, const Eigen::MatrixXd& points) {
  // ψ_i = Π_k s_k^{i_k} P_{i_k}^(2(i_1 + … + i_{k−1}) + k − 1, 0)((λ_k − s_{k−1}) / s_k), s_k = λ_0 + … + λ_k.
  std::vector<MultiIndex> modes;
  for_each_index(dimension, order, [&](const MultiIndex& i) { modes.push_back(i); });
  ShapeValues result;
  const auto count = static_cast<Eigen::Index>(modes.size());
  result.values.resize(count, points.cols());
  for (int i = 0; i < dimension; ++i) {
    result.gradient[static_cast<std::size_t>(i)].resize(count, points.cols());
  }
  for (Eigen::Index q = 0; q < points.cols(); ++q) {
    std::array<Dual, 4> lambda;
    for (int k = 0; k <= dimension; ++k) {
      lambda[static_cast<std::size_t>(k)] = Dual::Zero();
      lambda[static_cast<std::size_t>(k)][0] = points(k, q);
      if (k > 0) {
        lambda[static_cast<std::size_t>(k)][k] = 1;
        lambda[0][k] = -1;
      }
    }
    // factor[k][m][n]: the k-th factor where i_1 + … + i_{k−1} = m and i_k = n
    std::array<std::vector<std::vector<Dual>>, 4> factor;
    Dual s = lambda[0];
    for (int k = 1; k <= dimension; ++k) {
      const Dual x = lambda[static_cast<std::size_t>(k)] - s;
      s += lambda[static_cast<std::size_t>(k)];
      for (int m = 0; m <= order; ++m) {
        factor[static_cast<std::size_t>(k)].push_back(homogeneous_jacobi(order - m, 2 * m + k - 1, x, s));
      }
    }
    for (Eigen::Index mode = 0; mode < count; ++mode) {
      const MultiIndex& i = modes[static_cast<std::size_t>(mode)];
      Dual value = Dual::Zero();
      double norm = 1;
      value[0] = 1;
      int m = 0;
      for (int k = 1; k <= dimension; ++k) {
        const int n = i[static_cast<std::size_t>(k)];
        value = product(value,
                        factor[static_cast<std::size_t>(k)][static_cast<std::size_t>(m)][static_cast<std::size_t>(n)]);
        m += n;
        norm *= 2 * m + k; // 1/∫ t^(2m'+k−1) P² dt over [0, 1], m' = m − n
      }
      value *= std::sqrt(norm);
      result.values(mode, q) = value[0];
      for (int a = 0; a < dimension; ++a) {
        result.gradient[static_cast<std::size_t>(a)](mode, q) = value[a + 1];
      }
    }
  }
  return result;
}

LagrangeElement::LagrangeElement(int dimension, int order) : dimension_(dimension), order_(order) {
  if (dimension < 1 || dimension > 3 || order < 1 || order > largest_order) {
    throw InputError("Lagrange elements", fmt::format("dimension 1 to 3 and order 1 to {} are there, not dimension {} "
                                                      "and order {}",
                                                      largest_order, dimension, order));
  }
  for_each_index(dimension, order, [&](const MultiIndex& i) { indices_.push_back(i); });
  const auto support = [](const MultiIndex& i) { return std::ranges::count_if(i, [](int k) { return k > 0; }); };
  // By the dimension of the face, corners in their order.
  std::ranges::sort(indices_, [&](const MultiIndex& a, const MultiIndex& b) {
    return support(a) != support(b) ? support(a) < support(b) : a > b;
  });
  std::vector<Eigen::VectorXd> lines{Eigen::VectorXd::Zero(1)};
  for (int n = 1; n <= order; ++n) {
    lines.push_back(lobatto(n));
  }
  nodes_.resize(dimension + 1, size());
  for (int a = 0; a < size(); ++a) {
    const std::vector<double> x =
        recursive_node({indices_[static_cast<std::size_t>(a)].data(), static_cast<std::size_t>(dimension) + 1}, lines);
    nodes_.col(a) = Eigen::Map<const Eigen::VectorXd>(x.data(), dimension + 1);
  }
  inverse_ = dubiner(dimension, order, nodes_).values.transpose().inverse();
}

ShapeValues LagrangeElement::at(const Eigen::MatrixXd& points) const {
  ShapeValues modes = dubiner(dimension_, order_, points);
  modes.values = (inverse_.transpose() * modes.values).eval();
  for (int i = 0; i < dimension_; ++i) {
    auto& gradient = modes.gradient[static_cast<std::size_t>(i)];
    gradient = (inverse_.transpose() * gradient).eval();
  }
  return modes;
}

} // namespace weyl
