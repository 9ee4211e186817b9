// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Where on a space a learner knows how much: what eigenvalues alone do not tell of one that is not homogeneous.

#include <Eigen/Core>

#include "weyl/learning/feature_space.hpp"
#include "weyl/learning/function_subspace.hpp"
#include "weyl/learning/kernel.hpp"
#include "weyl/learning/risk.hpp"

namespace weyl {

/// The functions of a learner at points drawn uniformly.
struct LocalModes {
  Eigen::ArrayXd mu = {};       ///< J, the kernel's eigenvalue of each function ψ_j
  Eigen::ArrayXXd squares = {}; ///< P × J, ψ_j(x_i)²; each column has the mean 1, almost
};

/// At `points` points x_i, always the same. Cost: the features there.
LocalModes local_modes(const FeatureSpace& space, const FunctionSubspace& subspace, const Kernel& kernel,
                       Eigen::Index points = 4096);

/// What it may cost that n samples miss a part of the space, an estimate: m Σ_k (1 − 𝓛_k) f_k², 𝓛_k = μ_k/(μ_k + κ).
/// The share m of the space that is missed is the mean over x of exp(−n/ℓ(x)), with the local degrees of freedom
///     ℓ(x) = Σ_j 𝓛_j ψ_j(x)²,
/// whose mean is d_eff (functions that are not held add what is missing of it, evenly): about x the learner tells apart
/// regions of the measure 1/ℓ(x), and n uniform samples leave such a one empty with the probability (1 − 1/ℓ)^n. There
/// nothing but the kernel's norm holds the function, which costs at most f_k² and at most f_k² κ/μ_k. The equation for
/// the risk knows the mean of ℓ alone. On a homogeneous space m = exp(−n/d_eff) = exp(−1/(1 − `ridge_share`)).
double missed_risk(const LocalModes& modes, const Learner& learner, const Risk& risk);

} // namespace weyl
