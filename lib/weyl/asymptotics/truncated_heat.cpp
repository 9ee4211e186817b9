// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/truncated_heat.hpp"

#include <Eigen/Dense>
#include <boost/math/special_functions/gamma.hpp>

namespace weyl::truncated_heat {

Eigen::VectorXd values(std::span<const double> eigenvalues, double end, const Eigen::VectorXd& times) {
  const auto below = std::ranges::lower_bound(eigenvalues, end) - eigenvalues.begin();
  const Eigen::Map<const Eigen::ArrayXd> list(eigenvalues.data(), below);
  Eigen::VectorXd result(times.size());
  for (Eigen::Index i = 0; i < times.size(); ++i) {
    result[i] = (-times[i] * list).exp().sum() - static_cast<double>(below) * std::exp(-times[i] * end);
  }
  return result;
}

Eigen::VectorXd term(double q, double end, const Eigen::VectorXd& times) {
  using boost::math::policies::policy;
  using boost::math::policies::promote_double;
  return times.unaryExpr([&](double t) {
    const double seen = q > -1 ? boost::math::gamma_p(q + 1, t * end, policy<promote_double<false>>()) : 1.0;
    return std::pow(t, -q) * seen;
  });
}

Eigen::VectorXd times(double start, double end, int count) {
  Eigen::VectorXd result(count);
  for (int i = 0; i < count; ++i) {
    result[i] = start / end * std::pow(4.0, i / (count - 1.0));
  }
  return result;
}

Regression regress(const Eigen::VectorXd& values, double end, const Eigen::VectorXd& times,
                   const std::vector<double>& powers, double weight) {
  const Eigen::ArrayXd weights = times.array().pow(weight);
  Eigen::MatrixXd design(times.size(), static_cast<Eigen::Index>(powers.size()));
  Eigen::VectorXd scale(design.cols());
  for (Eigen::Index j = 0; j < design.cols(); ++j) {
    design.col(j) = weights * term(powers[static_cast<std::size_t>(j)], end, times).array();
    scale[j] = design.col(j).lpNorm<Eigen::Infinity>();
    design.col(j) /= scale[j];
  }
  const Eigen::VectorXd target = weights * values.array();
  const Eigen::VectorXd solution = design.colPivHouseholderQr().solve(target);
  return {solution.cwiseQuotient(scale), (design * solution - target).squaredNorm()};
}

} // namespace weyl::truncated_heat
