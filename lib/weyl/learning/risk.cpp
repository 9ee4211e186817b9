// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/risk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/learning/effective_dimension.hpp"
#include "weyl/learning/scan.hpp"

namespace weyl {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The sums over the modes at one κ.
struct Sums {
  double learned = 0; ///< Σ𝓛
  double squared = 0; ///< Σ𝓛²
  double left = 0;    ///< Σ(1 − 𝓛)² f² and the violation
  double learned_error = 0;
  double squared_error = 0;
};

Sums sums(const Learner& learner, double kappa) {
  const DegreesOfFreedom dof = degrees_of_freedom(learner.kernel, kappa);
  return {.learned = dof.d_eff,
          .squared = dof.d_2,
          .left = ((kappa / (learner.target_mu + kappa)).square() * learner.target_power).sum() + learner.violation,
          .learned_error = dof.d_eff_error,
          .squared_error = dof.d_2_error};
}

Learner learner(KernelSpectrum spectrum, const Kernel& kernel, const Target& target, double sigma) {
  Learner result{.kernel = std::move(spectrum), .noise = sigma * sigma};
  const auto levels = static_cast<Eigen::Index>(target.size());
  result.target_mu.resize(levels);
  result.target_power.resize(levels);
  result.sharing.resize(levels);
  for (Eigen::Index i = 0; i < levels; ++i) {
    result.target_mu[i] = kernel.eigenvalue(target[static_cast<std::size_t>(i)].lambda);
    result.target_power[i] = target[static_cast<std::size_t>(i)].power;
    result.sharing[i] = target[static_cast<std::size_t>(i)].sharing;
  }
  return result;
}

/// The κ of a ridge: g(κ) = Σ𝓛 + δ/κ − n falls and is convex, so that Newton's steps from the left of its root never
/// pass it.
double kappa_of(const KernelSpectrum& kernel, double samples, double ridge) {
  const double all = kernel.sum((kernel.mu > 0).cast<double>());
  if (ridge == 0 && !(all > samples)) {
    throw InputError("ridge 0", fmt::format("the kernel has {:.6g} functions, not enough to interpolate {:.6g} samples;"
                                            " use a positive ridge",
                                            all, samples));
  }
  const double trace = kernel.sum(kernel.mu);
  double kappa = ridge > 0 ? ridge / samples : 1e-16 * kernel.mu[0];
  for (int i = 0; i < 200; ++i) {
    const Eigen::ArrayXd learned = kernel.mu / (kernel.mu + kappa);
    const double excess = kernel.sum(learned) + ridge / kappa - samples;
    const double slope = kernel.sum(learned / (kernel.mu + kappa)) + ridge / (kappa * kappa);
    const double next = std::min(kappa + excess / slope, (ridge + trace) / samples);
    if (!(next > kappa * (1 + 1e-14))) {
      break;
    }
    kappa = next;
  }
  return kappa;
}

} // namespace

Learner plain_learner(KernelSpectrum manifold, const Kernel& kernel, const Target& target, double sigma) {
  Target whole = target;
  for (TargetLevel& level : whole) {
    level.power += level.violation;
  }
  return learner(std::move(manifold), kernel, whole, sigma);
}

Learner invariant_learner(KernelSpectrum quotient, const Kernel& kernel, const Target& target, double sigma) {
  Learner result = learner(std::move(quotient), kernel, target, sigma);
  result.violation = violation(target);
  return result;
}

Risk risk_at(const Learner& learner, double samples, double kappa) {
  const Sums s = sums(learner, kappa);
  const double left = samples - s.squared;
  const double inflation = samples / left; // E_0
  Risk result{.samples = samples,
              .ridge = kappa * (samples - s.learned),
              .kappa = kappa,
              .bias = inflation * s.left,
              .variance = learner.noise * s.squared / left,
              .ridge_share = 1 - s.learned / samples};
  result.error = inflation * (s.left + learner.noise) * s.squared_error / left;
  return result;
}

Risk risk(const Learner& learner, double samples, double ridge) {
  if (!(samples > 0 && std::isfinite(samples) && ridge >= 0 && std::isfinite(ridge))) {
    throw InputError(
        "risk", fmt::format("needs a positive number of samples and a ridge from 0 on, not {} and {}", samples, ridge));
  }
  Risk result = risk_at(learner, samples, kappa_of(learner.kernel, samples, ridge));
  result.ridge = ridge; // without the rounding of κ
  result.ridge_share = ridge / (samples * result.kappa);
  return result;
}

double least_ridge(const KernelSpectrum& kernel) { return 1e-10 * kernel.sum(kernel.mu); }

Risk optimal_risk(const Learner& learner, double samples) {
  const Risk lowest = risk(learner, samples, least_ridge(learner.kernel));
  const double top = 1e4 * (learner.kernel.mu[0] + lowest.kappa);
  const double kappa =
      minimize_over_decades([&](double k) { return risk_at(learner, samples, k).excess(); }, lowest.kappa, top);
  const Risk best = risk_at(learner, samples, kappa);
  return best.excess() < lowest.excess() ? best : lowest;
}

double samples_for(const Learner& learner, double risk) {
  const double least = least_ridge(learner.kernel);
  // Risk = (n·left + σ²Σ𝓛²)/(n − Σ𝓛²), solved for n.
  const auto samples = [&](double kappa) {
    const Sums s = sums(learner, kappa);
    return risk > s.left ? std::max(s.squared * (risk + learner.noise) / (risk - s.left), s.learned + least / kappa)
                         : infinity;
  };
  const double low = 1e-12 * learner.kernel.mu[0];
  return samples(minimize_over_decades(samples, low, 1e4 * learner.kernel.mu[0]));
}

} // namespace weyl
