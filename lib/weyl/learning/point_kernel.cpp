// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/point_kernel.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/learning/frequencies.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

/// u_i − v_j of one coordinate.
Eigen::ArrayXXd differences(const Points& x, const Points& y, Eigen::Index coordinate) {
  return (x.col(coordinate).replicate(1, y.rows()) - y.col(coordinate).transpose().replicate(x.rows(), 1)).array();
}

/// 1 + 2 Σ_m q^(m²) cos 2πmw, q = e^(−τ), τ = t(2π/L)² ≥ 2π; or the same by Poisson's sum.
Eigen::ArrayXXd theta(const Eigen::ArrayXXd& w, double tau) {
  constexpr double negligible = 40; // e^(−40) < 1e-17
  if (tau > 2 * pi) {
    Eigen::ArrayXXd sum = Eigen::ArrayXXd::Ones(w.rows(), w.cols());
    for (int m = 1; m * m * tau < negligible; ++m) {
      sum += 2 * std::exp(-tau * m * m) * (2 * pi * m * w).cos();
    }
    return sum;
  }
  const double rate = pi * pi / tau; // L²/4t
  const Eigen::ArrayXXd nearest = w - w.round();
  const int reach = 1 + static_cast<int>(std::sqrt(negligible / rate));
  Eigen::ArrayXXd sum = Eigen::ArrayXXd::Zero(w.rows(), w.cols());
  for (int j = -reach; j <= reach; ++j) {
    sum += (-rate * (nearest + j).square()).exp();
  }
  return std::sqrt(rate / pi) * sum;
}

} // namespace

PointKernel sphere_kernel(int d, const Kernel& kernel, int degree) {
  std::vector<double> weights;
  for (const FeatureLevel& e : sphere_features(d, degree).eigenspaces) {
    weights.push_back(kernel.eigenvalue(e.lambda) * static_cast<double>(e.size));
  }
  return [d, weights](const Points& x, const Points& y) {
    const Eigen::ArrayXXd t = (x * y.transpose()).array();
    Eigen::ArrayXXd before = Eigen::ArrayXXd::Ones(t.rows(), t.cols());
    Eigen::ArrayXXd p = t;
    Eigen::ArrayXXd sum = weights[0] * before;
    for (std::size_t l = 1; l < weights.size(); ++l) {
      sum += weights[l] * p;
      const auto degree_l = static_cast<double>(l);
      const Eigen::ArrayXXd next = ((2 * degree_l + d - 1) * t * p - degree_l * before) / (degree_l + d - 1);
      before = std::move(p);
      p = next;
    }
    return Eigen::MatrixXd(sum);
  };
}

PointKernel torus_kernel(const Eigen::MatrixXd& basis, const Kernel& kernel, double lambda) {
  const std::vector<Frequency> all = frequencies(basis, lambda);
  return [all, kernel](const Points& x, const Points& y) {
    Eigen::ArrayXXd sum = Eigen::ArrayXXd::Zero(x.rows(), y.rows());
    for (const Frequency& f : all) {
      const Eigen::VectorXd phase_x = x * f.m.cast<double>();
      const Eigen::VectorXd phase_y = y * f.m.cast<double>();
      const double weight = (f.m.isZero() ? 1 : 2) * kernel.eigenvalue(f.lambda);
      sum += weight * (2 * pi * differences(phase_x, phase_y, 0)).cos();
    }
    return Eigen::MatrixXd(sum);
  };
}

PointKernel torus_heat_kernel(const Eigen::VectorXd& lengths, double t) {
  if (!(t > 0 && (lengths.array() > 0).all())) {
    throw InputError(fmt::format("heat:{}", t), "the time of a heat kernel and a torus's lengths must be positive");
  }
  return [lengths, t](const Points& x, const Points& y) {
    Eigen::ArrayXXd product = Eigen::ArrayXXd::Ones(x.rows(), y.rows());
    for (Eigen::Index i = 0; i < lengths.size(); ++i) {
      const double wave = 2 * pi / lengths[i];
      product *= theta(differences(x, y, i), t * wave * wave);
    }
    return Eigen::MatrixXd(product);
  };
}

PointKernel feature_kernel(const FeatureSpace& space, const FunctionSubspace& subspace, const Kernel& kernel) {
  const Eigen::VectorXd mu = subspace.eigenvalues(space).unaryExpr(kernel.eigenvalue);
  return [space, subspace, mu](const Points& x, const Points& y) {
    return Eigen::MatrixXd(values(subspace, space, space.features(x)) * mu.asDiagonal() *
                           values(subspace, space, space.features(y)).transpose());
  };
}

PointKernel averaged_kernel(PointKernel kernel, std::vector<Motion> group) {
  return [kernel = std::move(kernel), group = std::move(group)](const Points& x, const Points& y) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(x.rows(), y.rows());
    for (const Motion& g : group) {
      sum += kernel(x, g(y));
    }
    return Eigen::MatrixXd(sum / static_cast<double>(group.size()));
  };
}

} // namespace weyl
