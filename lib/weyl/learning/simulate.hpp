// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Real regressions on drawn samples: what the predictions are measured against.
///
/// Given the points, the risk and its mean over the noise are exact, by orthonormality of the features; the points
/// alone are drawn. A trial is seeded by itself, so that the result does not depend on the number of threads.

#include <cstdint>
#include <functional>

#include <Eigen/Core>

#include "weyl/learning/feature_space.hpp"
#include "weyl/learning/function_subspace.hpp"
#include "weyl/learning/kernel.hpp"
#include "weyl/learning/simulated_risk.hpp"
#include "weyl/learning/target.hpp"

namespace weyl {

/// Coefficients of a target, K of them, drawn anew in every trial or always the same.
using TargetDraw = std::function<Eigen::VectorXd(Random&)>;

/// Powers of a target by eigenspace, as far as a space has them.
struct ResolvedTarget {
  Eigen::ArrayXd power = {};     ///< Σ f_k² of its invariant functions
  Eigen::ArrayXd violation = {}; ///< of the others
  double beyond = 0;             ///< power and violation at eigenvalues that the space does not hold
};

/// Levels are matched to eigenspaces within 1e-6, relative; above the last one they are beyond.
/// \throws InputError for a level between eigenvalues, for power where no function is invariant, and for violation
/// where all are.
ResolvedTarget resolve(const Target& target, const FeatureSpace& space, const FunctionSubspace& invariant);

/// In each eigenspace a function of these powers in a direction drawn uniformly.
TargetDraw random_target(const ResolvedTarget& target, const FeatureSpace& space, const FunctionSubspace& invariant);

/// How regressions are simulated.
struct SimulationOptions {
  Eigen::Index samples = 0; ///< n > 0
  double noise = 0;         ///< σ², variance of what is added to f(x_i)
  int trials = 100;         ///< independent ones
  std::uint64_t seed = 1;   ///< the same numbers for the same seed
  int threads = 0;          ///< 0: one per hardware thread; each holds n·(K + 2J) and min(n, J)² numbers
  double tail_trace = 0;    ///< Σ μ of the kernel's functions beyond the space: at n points they are a ridge, almost
  double tail_power = 0;    ///< Σ f_k² of the target's coefficients there: noise, almost, and lost
  std::function<void(int finished)> progress = {}; ///< called by one thread at a time
};

/// Kernel ridge regression f̂ = Σ_i α_i k(x_i, ·), α = (K + δI)⁻¹y, k = Σ_j μ_j ψ_j ψ_j on the subspace: on all
/// functions the plain learner, on the invariant ones that with the kernel mean_g k(x, gy). The coefficients of f̂ are
/// diag(μ) Ψᵀα, Ψ = (ψ_j(x_i)).
/// \throws NumericalError if K + δI is not positive definite to rounding.
/// Cost per trial: the features at n points, and with p = min(n, J), q = max(n, J) about 3p²q flops (n ≤ J) or
/// p²(p + q) of BLAS-3.
SimulatedRisk simulate_ridge_regression(const FeatureSpace& space, const FunctionSubspace& subspace,
                                        const Kernel& kernel, double ridge, const TargetDraw& target,
                                        const SimulationOptions& options);

/// Spec-Avg (Soleymani, Tahmasebi, Jegelka & Jaillet 2025): f̂ = Σ_j (1/n) Σ_i y_i ψ_j(x_i) ψ_j over the functions of
/// the subspace up to the eigenvalue `cutoff`. Needs no kernel and solves nothing. Cost per trial: the features.
SimulatedRisk simulate_spectral_averaging(const FeatureSpace& space, const FunctionSubspace& subspace, double cutoff,
                                          const TargetDraw& target, const SimulationOptions& options);

/// The eigenvalue up to which a space's first n^(1/(1+α)) functions go, α = 2s/d, whole eigenspaces of the subspace
/// counted (the paper counts all functions, though the invariant ones alone carry variance), the constants always.
double spectral_cutoff(const FeatureSpace& space, const FunctionSubspace& subspace, double alpha, double samples);

} // namespace weyl
