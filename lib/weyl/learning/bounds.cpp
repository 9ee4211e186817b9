// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/bounds.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/learning/effective_dimension.hpp"
#include "weyl/learning/scan.hpp"

namespace weyl {

namespace {

/// c_θ = max_x x^(2−θ)·1/(1 + x)²: (κ/(μ+κ))² ≤ c_θ (κ/μ)^θ.
double bias_constant(double theta) { return std::pow(theta, theta) * std::pow(2 - theta, 2 - theta) / 4; }

void check_theta(double theta) {
  if (!(theta > 0 && theta <= 2)) {
    throw InputError("the source condition", fmt::format("needs 0 < theta <= 2, not {}", theta));
  }
}

void check_smoothness(int dimension, double s) {
  if (!(s > dimension / 2.0 && std::isfinite(s))) {
    throw InputError("the bound", fmt::format("needs a finite s > d/2 = {}, but s is {}", dimension / 2.0, s));
  }
}

} // namespace

SourceClass source_class(const Learner& learner, double theta) {
  check_theta(theta);
  double square = 0;
  for (Eigen::Index i = 0; i < learner.target_power.size(); ++i) {
    if (learner.target_power[i] > 0) {
      square += learner.target_power[i] * std::pow(learner.target_mu[i], -theta);
    }
  }
  if (!std::isfinite(square)) {
    throw InputError("the target", fmt::format("its norm, the sum of f_k^2 mu_k^(-{}), is infinite: it is less smooth "
                                               "than the bound supposes",
                                               theta));
  }
  return {theta, std::sqrt(square)};
}

AsymptoticBound asymptotic_bound(const Geometry& geometry, double s, const SourceClass& target, double noise,
                                 double samples, double length) {
  check_smoothness(geometry.dimension, s);
  check_theta(target.theta);
  if (!(noise > 0 && target.radius > 0)) {
    throw InputError("the bound", "needs noise and a target that is not zero");
  }
  const double a = geometry.dimension / (2 * s);
  const double theta = target.theta;
  Geometry closed = geometry; // one term
  closed.boundary_volume = 0;
  const double variance = noise * asymptotic_degrees_of_freedom(closed, s, 1.0, length).d_2 / samples;
  const double bias = bias_constant(theta) * target.radius * target.radius;
  const double eta = std::pow(a * variance / (theta * bias), 1 / (theta + a));
  return {.ridge = eta * samples,
          .risk = variance * std::pow(eta, -a) + bias * std::pow(eta, theta),
          .exponent = theta / (theta + a)};
}

double upper_bound(const Learner& learner, const SourceClass& target, double samples, std::optional<double> ridge) {
  const double bias = bias_constant(target.theta) * target.radius * target.radius;
  const auto bound = [&](double kappa) {
    const double inflation = samples / (samples - degrees_of_freedom(learner.kernel, kappa).d_2);
    return inflation * (bias * std::pow(kappa, target.theta) + learner.violation) + learner.noise * (inflation - 1);
  };
  const double least = risk(learner, samples, ridge.value_or(least_ridge(learner.kernel))).kappa;
  return bound(ridge ? least : minimize_over_decades(bound, least, 1e4 * (learner.kernel.mu[0] + least)));
}

double guaranteed_bound(const Learner& learner, double largest_diagonal, double samples, std::optional<double> ridge) {
  if (learner.violation > 0) {
    throw InputError("the guarantee", "is for targets without violation");
  }
  const auto bound = [&](double delta) {
    const double leverage = 1 + largest_diagonal / delta;
    const double eta = delta / (samples + 1);
    return leverage * leverage * (learner.target_power * eta / (learner.target_mu + eta)).sum() +
           leverage * learner.noise * degrees_of_freedom(learner.kernel, eta).d_eff / (samples + 1);
  };
  return bound(ridge ? *ridge
                     : minimize_over_decades(bound, 1e-3 * largest_diagonal, 1e3 * samples * largest_diagonal));
}

double lower_bound(const Learner& learner, double samples) {
  const Eigen::ArrayXd power = learner.target_power / learner.sharing;
  return learner.violation +
         (power > 0).select(learner.target_power * learner.noise / (learner.noise + samples * power), 0.0).sum();
}

double minimax_risk(const KernelSpectrum& kernel, const SourceClass& target, double noise, double samples) {
  check_theta(target.theta);
  if (!(noise > 0 && target.radius > 0)) {
    return 0; // without noise the bound says nothing
  }
  const Eigen::ArrayXd inverse_weight = kernel.mu.pow(target.theta); // 1/w
  const Eigen::ArrayXd root = inverse_weight.sqrt();
  const double budget = target.radius * target.radius * samples / noise;
  const auto used = [&](double level) { // Σ w ((Λ/w)^½ − 1)_+ at Λ = level²
    return kernel.sum((level * root > 1).select((level * root - 1) / inverse_weight, 0.0));
  };
  double low = 0;
  double high = 1 / root[0];
  while (used(high) < budget) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (used(middle) < budget ? low : high) = middle;
  }
  return noise / samples * kernel.sum((high * root > 1).select(1 - 1 / (high * root), 0.0));
}

double asymptotic_minimax_risk(const Geometry& geometry, double t, double radius, double noise, double samples,
                               double length) {
  const double d = geometry.dimension;
  const double w = weyl_constant(d) * geometry.volume / std::pow(length, d);
  const double constant = t / (t + d) * std::pow((t + d) * (2 * t + d) / (t * d), d / (2 * t + d));
  return constant * std::pow(w * noise / samples, 2 * t / (2 * t + d)) * std::pow(radius, 2 * d / (2 * t + d));
}

double paper_bound(const Geometry& geometry, double s, const SourceClass& target, double noise, double samples,
                   double length) {
  check_smoothness(geometry.dimension, s);
  const double d = geometry.dimension;
  const double smooth = target.theta * s;
  const double w = weyl_constant(d) * geometry.volume / std::pow(length, d);
  const double base = w * noise / ((2 * s / d - 1) * samples);
  return 32 * std::pow(base, smooth / (smooth + d / 2)) * std::pow(target.radius, d / (smooth + d / 2));
}

} // namespace weyl
