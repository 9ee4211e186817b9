// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include <Eigen/LU>
#include <boost/random/uniform_01.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/learning/feature_space.hpp"
#include "weyl/learning/frequencies.hpp"

namespace weyl {

namespace {

constexpr double largest_box = 1e8;
constexpr double largest_number = 1e6;

/// e^{2πi m u}, m = 0, …, top: n × (top + 1).
Eigen::MatrixXcd waves(const Eigen::VectorXd& u, int top) {
  return Eigen::MatrixXcd::NullaryExpr(u.size(), top + 1, [&](Eigen::Index i, Eigen::Index m) {
    return std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(m) * u[i]);
  });
}

} // namespace

std::vector<Frequency> frequencies(const Eigen::MatrixXd& basis, double lambda) {
  const Eigen::Index d = basis.rows();
  if (d < 1 || basis.cols() != d || !(std::abs(basis.determinant()) > 0) || !std::isfinite(lambda)) {
    throw InputError("torus", "needs a basis of R^d and a finite largest eigenvalue");
  }
  const Eigen::MatrixXd dual = 2 * std::numbers::pi * basis.inverse(); // ξ = dual·m, ξ·b_i = 2π m_i
  const Eigen::VectorXd top = (basis.rowwise().norm() * std::sqrt(lambda) / (2 * std::numbers::pi)).array() + 1e-9;
  double box = 1;
  for (const double t : top) {
    box *= 2 * std::floor(t) + 1;
  }
  if (box > largest_box) {
    throw InputError("torus", fmt::format("{:.2g} frequencies up to lambda = {:.6g} are too many", box, lambda));
  }
  std::vector<Frequency> result;
  Eigen::VectorXi m = -top.cast<int>();
  const Eigen::VectorXi end = -m;
  for (;;) {
    const double value = (dual * m.cast<double>()).squaredNorm();
    const int* sign = std::ranges::find_if(m.data(), m.data() + d, [](int i) { return i != 0; });
    if (value <= lambda * (1 + 1e-9) && (sign == m.data() + d || *sign > 0)) {
      result.push_back({value, m});
    }
    Eigen::Index i = d - 1;
    while (i >= 0 && m[i] == end[i]) {
      m[i] = -end[i];
      --i;
    }
    if (i < 0) {
      break;
    }
    ++m[i];
  }
  std::ranges::stable_sort(result, {}, &Frequency::lambda);
  return result;
}

FeatureSpace torus_features(const Eigen::MatrixXd& basis, double lambda) {
  const std::vector<Frequency> all = frequencies(basis, lambda);
  if (2.0 * static_cast<double>(all.size()) > largest_number) {
    throw InputError("torus", fmt::format("{} functions up to lambda = {:.6g} are too many", 2 * all.size(), lambda));
  }
  FeatureSpace space;
  const Eigen::Index d = basis.rows();
  Eigen::VectorXi top = Eigen::VectorXi::Zero(d);
  for (const Frequency& f : all) {
    if (space.eigenspaces.empty() || f.lambda > space.eigenspaces.back().lambda * (1 + 1e-9) + 1e-12 * lambda) {
      space.eigenspaces.push_back({.lambda = f.lambda, .first = space.size(), .size = 0});
    }
    space.eigenspaces.back().size += f.m.isZero() ? 1 : 2;
    top = top.cwiseMax(f.m.cwiseAbs());
  }
  space.draw = [d](Random& random, Eigen::Index n) {
    boost::random::uniform_01<double> uniform;
    return Points(Points::NullaryExpr(n, d, [&]() { return uniform(random); }));
  };
  space.features = [all, top, columns = space.size()](const Points& u) {
    std::vector<Eigen::MatrixXcd> wave;
    for (Eigen::Index i = 0; i < u.cols(); ++i) {
      wave.push_back(waves(u.col(i), top[i]));
    }
    Eigen::MatrixXd result(u.rows(), columns);
    Eigen::Index column = 0;
    for (const Frequency& f : all) {
      Eigen::ArrayXcd e = Eigen::ArrayXcd::Constant(u.rows(), f.m.isZero() ? 1.0 : std::sqrt(2.0));
      for (Eigen::Index i = 0; i < u.cols(); ++i) {
        const auto power = wave[static_cast<std::size_t>(i)].col(std::abs(f.m[i])).array();
        if (f.m[i] > 0) {
          e *= power;
        } else if (f.m[i] < 0) {
          e *= power.conjugate();
        }
      }
      result.col(column++) = e.real();
      if (!f.m.isZero()) {
        result.col(column++) = e.imag();
      }
    }
    return result;
  };
  return space;
}

} // namespace weyl
