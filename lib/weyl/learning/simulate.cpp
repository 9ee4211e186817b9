// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include <boost/random/normal_distribution.hpp>
#include <fmt/format.h>

#include "weyl/core/blas.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"

namespace weyl {

namespace {

/// Of one set of points.
struct TrialRisk {
  double bias = 0;     ///< ‖E f̂ − f‖² on the subspace
  double variance = 0; ///< for σ² = 1
};

/// From the values Ψ (n × J), those of the target (n), and the target's coefficients in the subspace (J).
using Estimator = std::function<TrialRisk(const Eigen::MatrixXd&, const Eigen::VectorXd&, const Eigen::VectorXd&)>;

/// n ≤ J. With S = Ψ√μ and A = (SSᵀ + δI)⁻¹ the coefficients are √μ SᵀA y, and their variance is Σ_j μ_j ‖(AS)_j‖².
TrialRisk dual_ridge(Eigen::MatrixXd s, const Eigen::ArrayXd& mu, double ridge, const Eigen::VectorXd& y,
                     const Eigen::VectorXd& coefficients) {
  Eigen::MatrixXd l = blas::gram_of_rows(s, ridge);
  blas::cholesky(l);
  blas::cholesky_solve(l, s);
  const Eigen::VectorXd fitted = mu.sqrt() * (s.transpose() * y).array();
  return {(fitted - coefficients).squaredNorm(), (s.colwise().squaredNorm().array() * mu.transpose()).sum()};
}

/// J < n. With N = (SᵀS + δI)⁻¹ they are √μ N Sᵀy, and N SᵀS N = N − δN².
TrialRisk primal_ridge(const Eigen::MatrixXd& s, const Eigen::ArrayXd& mu, double ridge, const Eigen::VectorXd& y,
                       const Eigen::VectorXd& coefficients) {
  Eigen::MatrixXd inverse = blas::gram_of_columns(s, ridge);
  blas::cholesky(inverse);
  Eigen::MatrixXd fitted = s.transpose() * y;
  blas::cholesky_solve(inverse, fitted);
  blas::cholesky_inverse(inverse);
  const Eigen::ArrayXd diagonal = inverse.diagonal();
  inverse.triangularView<Eigen::StrictlyUpper>() = inverse.transpose();
  const Eigen::ArrayXd squared = inverse.colwise().squaredNorm().transpose();
  return {(mu.sqrt() * fitted.col(0).array() - coefficients.array()).square().sum(),
          (mu * (diagonal - ridge * squared)).sum()};
}

SimulatedRisk simulate(const FeatureSpace& space, const FunctionSubspace& subspace, const Estimator& estimator,
                       const TargetDraw& target, const SimulationOptions& options) {
  if (options.samples < 1 || options.trials < 1 || !(options.noise >= 0)) {
    throw InputError("a simulation", "needs samples, trials and a variance that is not negative");
  }
  Eigen::ArrayXd bias(options.trials);
  Eigen::ArrayXd variance(options.trials);
  std::mutex guard;
  int finished = 0;
  parallel_tasks(static_cast<std::size_t>(options.trials), options.threads, [&](std::size_t trial) {
    std::seed_seq seed{static_cast<std::uint32_t>(options.seed), static_cast<std::uint32_t>(options.seed >> 32U),
                       static_cast<std::uint32_t>(trial)};
    Random random(seed);
    const Eigen::VectorXd c = target(random);
    const Eigen::MatrixXd phi = space.features(space.draw(random, options.samples));
    const Eigen::VectorXd inside = project(subspace, space, c);
    const TrialRisk r = estimator(values(subspace, space, phi), phi * c, inside);
    const auto t = static_cast<Eigen::Index>(trial);
    bias[t] = r.bias + c.squaredNorm() - inside.squaredNorm() + options.tail_power * (1 + r.variance);
    variance[t] = options.noise * r.variance;
    const std::scoped_lock lock(guard);
    ++finished;
    if (options.progress) {
      options.progress(finished);
    }
  });
  return {.risk = mean_of(bias + variance), .bias = mean_of(bias), .variance = mean_of(variance)};
}

} // namespace

ResolvedTarget resolve(const Target& target, const FeatureSpace& space, const FunctionSubspace& invariant) {
  const auto count = static_cast<Eigen::Index>(space.eigenspaces.size());
  ResolvedTarget result{.power = Eigen::ArrayXd::Zero(count), .violation = Eigen::ArrayXd::Zero(count)};
  const double scale = space.eigenspaces.back().lambda;
  for (const TargetLevel& level : target) {
    const auto e = std::ranges::find_if(space.eigenspaces, [&](const FeatureLevel& candidate) {
      return std::abs(candidate.lambda - level.lambda) <= 1e-6 * std::max(candidate.lambda, 1e-6 * scale);
    });
    if (e == space.eigenspaces.end() && level.power + level.violation > 0 && level.lambda < scale) {
      throw InputError(fmt::format("lambda = {:.9g}", level.lambda),
                       "the target has power here, but it is no eigenvalue of the space");
    }
    if (e == space.eigenspaces.end()) {
      result.beyond += level.power + level.violation;
      continue;
    }
    const auto i = e - space.eigenspaces.begin();
    const Eigen::Index dimension = invariant.basis[static_cast<std::size_t>(i)].cols();
    if (level.power > 0 && dimension == 0) {
      throw InputError(fmt::format("lambda = {:.6g}", level.lambda),
                       "no function of this eigenvalue is invariant; its power is violation");
    }
    if (level.violation > 0 && dimension == e->size) {
      throw InputError(fmt::format("lambda = {:.6g}", level.lambda),
                       "all functions of this eigenvalue are invariant; none violates the symmetry");
    }
    result.power[i] += level.power;
    result.violation[i] += level.violation;
  }
  return result;
}

TargetDraw random_target(const ResolvedTarget& target, const FeatureSpace& space, const FunctionSubspace& invariant) {
  return [target, space, invariant](Random& random) {
    boost::random::normal_distribution<double> normal;
    Eigen::VectorXd c = Eigen::VectorXd::Zero(space.size());
    for (std::size_t i = 0; i < space.eigenspaces.size(); ++i) {
      const auto e = static_cast<Eigen::Index>(i);
      const double power = target.power[e];
      const double violation = target.violation[e];
      if (power > 0 || violation > 0) {
        const Eigen::MatrixXd& basis = invariant.basis[i];
        const Eigen::VectorXd direction =
            Eigen::VectorXd::NullaryExpr(space.eigenspaces[i].size, [&]() { return normal(random); });
        const Eigen::VectorXd inside = basis * (basis.transpose() * direction);
        const Eigen::VectorXd outside = direction - inside;
        auto part = c.segment(space.eigenspaces[i].first, space.eigenspaces[i].size);
        if (power > 0) {
          part += std::sqrt(power) * inside.normalized();
        }
        if (violation > 0) {
          part += std::sqrt(violation) * outside.normalized();
        }
      }
    }
    return c;
  };
}

SimulatedRisk simulate_ridge_regression(const FeatureSpace& space, const FunctionSubspace& subspace,
                                        const Kernel& kernel, double ridge, const TargetDraw& target,
                                        const SimulationOptions& options) {
  const Eigen::ArrayXd mu = subspace.eigenvalues(space).unaryExpr(kernel.eigenvalue);
  const double shift = ridge + options.tail_trace;
  const Estimator estimator = [&](const Eigen::MatrixXd& psi, const Eigen::VectorXd& y, const Eigen::VectorXd& c) {
    Eigen::MatrixXd s = psi * mu.sqrt().matrix().asDiagonal();
    return s.rows() <= s.cols() ? dual_ridge(std::move(s), mu, shift, y, c) : primal_ridge(s, mu, shift, y, c);
  };
  return simulate(space, subspace, estimator, target, options);
}

SimulatedRisk simulate_spectral_averaging(const FeatureSpace& space, const FunctionSubspace& subspace, double cutoff,
                                          const TargetDraw& target, const SimulationOptions& options) {
  const Eigen::Index kept = (subspace.eigenvalues(space) <= cutoff).count();
  const Estimator estimator = [&](const Eigen::MatrixXd& psi, const Eigen::VectorXd& y, const Eigen::VectorXd& c) {
    const auto n = static_cast<double>(psi.rows());
    Eigen::VectorXd fitted = Eigen::VectorXd::Zero(c.size());
    fitted.head(kept) = psi.leftCols(kept).transpose() * y / n;
    return TrialRisk{(fitted - c).squaredNorm(), psi.leftCols(kept).squaredNorm() / (n * n)};
  };
  return simulate(space, subspace, estimator, target, options);
}

double spectral_cutoff(const FeatureSpace& space, const FunctionSubspace& subspace, double alpha, double samples) {
  const double most = std::pow(samples, 1 / (1 + alpha));
  double count = 0;
  double cutoff = 0;
  for (std::size_t i = 0; i < space.eigenspaces.size(); ++i) {
    count += static_cast<double>(subspace.basis[i].cols());
    if (i > 0 && count > most) {
      break;
    }
    cutoff = space.eigenspaces[i].lambda;
  }
  return cutoff;
}

} // namespace weyl
