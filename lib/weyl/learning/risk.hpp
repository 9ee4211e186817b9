// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The risk of kernel ridge regression, predicted from a spectrum.

#include <optional>

#include <Eigen/Core>

#include "weyl/learning/kernel_spectrum.hpp"
#include "weyl/learning/target.hpp"

namespace weyl {

/// All that the risk depends on, the number of samples and the ridge apart.
struct Learner {
  KernelSpectrum kernel;            ///< of the functions that it can represent
  Eigen::ArrayXd target_mu = {};    ///< the kernel's eigenvalue at each level of the target
  Eigen::ArrayXd target_power = {}; ///< Σ f_k² there, of what it can represent
  Eigen::ArrayXd sharing = {};      ///< functions that share it evenly, as `TargetLevel` has it
  double violation = 0;             ///< Σ f_k² of what it cannot: its risk never falls below
  double noise = 0;                 ///< σ², variance of what is added to f(x_i)
};

/// A learner with the kernel of M: it can represent all of the target.
Learner plain_learner(KernelSpectrum manifold, const Kernel& kernel, const Target& target, double sigma);

/// A learner with the G-invariant kernel, whose modes are those of M/G: the target's violation is noise to it.
Learner invariant_learner(KernelSpectrum quotient, const Kernel& kernel, const Target& target, double sigma);

/// The excess risk E‖f̂ − f‖² in L² of the uniform probability measure, over samples and noise; the noise not added.
struct Risk {
  double samples = 0;                ///< n
  double ridge = 0;                  ///< δ of (K + δI)^(−1)
  double kappa = 0;                  ///< κ, the ridge that the infinite sample would have to do the same
  double bias = 0;                   ///< what remains without noise, the violation included
  double variance = 0;               ///< what the noise adds, σ²·Σ𝓛²/(n − Σ𝓛²)
  double ridge_share = 0;            ///< δ/(nκ) in [0, 1]: 0 where the training values are interpolated
  double error = 0;                  ///< how far the risk may be off because of Weyl's law beyond the known modes
  std::optional<double> missed = {}; ///< `missed_risk` (local_modes.hpp), where it was looked at

  [[nodiscard]] double excess() const { return bias + variance; } ///< E‖f̂ − f‖²
  /// Where the share of the explicit ridge is small, or samples that miss a part of the space may cost as much as
  /// counts, the prediction is known to be too optimistic about the bias and too pessimistic about the variance, by up
  /// to a few tens of percent (docs/learning.md measures it).
  [[nodiscard]] bool near_interpolation() const {
    return ridge_share < least_ridge_share || missed > most_missed * excess();
  }

  static constexpr double least_ridge_share =
      0.75; ///< below it the learner comes close to interpolation, and the equation may be off by more
  static constexpr double most_missed = 0.05; ///< of the risk
};

/// The self-consistent equation of kernel ridge regression (Bordelon, Canatar & Pehlevan 2020; Jacot et al. 2020; Simon
/// et al. 2021): κ is the root of
///     n = Σ 𝓛_k + δ/κ,   𝓛_k = μ_k/(μ_k + κ),
/// and with E_0 = n/(n − Σ𝓛_k²)
///     excess risk = E_0 (Σ (1 − 𝓛_k)² f_k² + violation) + σ² (E_0 − 1).
/// A heuristic: exact as n → ∞ at a fixed κ (proved under conditions by Cheng & Montanari 2022, Misiakiewicz & Saeed
/// 2024), and close on homogeneous spaces from some tens of samples on.
/// \param samples n > 0, real; \param ridge δ ≥ 0
/// \throws InputError for n or δ out of range, or δ = 0 where the kernel has no n eigenvalues.
/// Cost: linear in the number of levels, a few tens of times.
Risk risk(const Learner& learner, double samples, double ridge);

/// The same at a given κ, where the ridge is δ = κ(n − Σ𝓛_k); it may come out negative.
Risk risk_at(const Learner& learner, double samples, double kappa);

/// 1e-10 of the kernel's trace: a smaller ridge is lost in the rounding of the kernel's matrix.
double least_ridge(const KernelSpectrum& kernel);

/// The ridge with the least risk, from `least_ridge` on.
Risk optimal_risk(const Learner& learner, double samples);

/// Samples that the learner needs for an excess risk at its best ridge: the least n over all κ at which
/// risk_at(n, κ) is the risk and the ridge is not negative. Infinite at or below the violation.
double samples_for(const Learner& learner, double risk);

} // namespace weyl
