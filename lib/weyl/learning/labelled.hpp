// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Learning from labels on a sample of points: target and noise estimated, the curve predicted, and measured on points
/// that were held out.
///
/// The sample stands for the space: its own distribution, 1/N a point, takes the place of the uniform one, so that
/// nothing is assumed of its density. All points shape the kernel; labels are given to some.

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "weyl/learning/kernel.hpp"
#include "weyl/learning/risk.hpp"
#include "weyl/learning/simulated_risk.hpp"

namespace weyl {

/// A kernel between the N points of a sample, by its own eigenfunctions there.
struct SampleKernel {
  Eigen::ArrayXd mu = {};        ///< J eigenvalues of the integral operator of the sample's distribution, descending
  Eigen::MatrixXd features = {}; ///< N × J, √μ_j ψ_j(x_i), (1/N) ΨᵀΨ = 1: the kernel is features · featuresᵀ
};

/// Σ_k μ(λ_k) φ_k(x) φ_k(y) of the functions that are given.
/// \param lambda K eigenvalues of the sample's Laplacian. \param functions N × K, of mean square about 1.
/// Cost: NK² + K³.
SampleKernel sample_kernel(const Eigen::VectorXd& lambda, const Eigen::MatrixXd& functions, const Kernel& kernel);

/// Numbers of points of the sample.
using SampleRows = std::vector<Eigen::Index>;

/// What labels on n points say.
struct LabelEstimate {
  double noise = 0;           ///< σ²: noise, and what of the target n samples do not tell from noise
  double power = 0;           ///< Σ f_j², mean included
  Eigen::ArrayXd powers = {}; ///< f_j², J
};

/// Target and noise from a ridge regression on n labelled points, at the ridge whose leave-one-out error V is least: it
/// estimates the error 𝓔 on a new label, also where the functions that are learned live on few points each, as on real
/// data, which generalized cross-validation takes for evenly spread. By the self-consistent equation
/// (`risk`; Simon et al. 2021) f̂_j has the mean 𝓛_j f_j and the variance 𝓛_j² 𝓔/n: so f_j² is f̂_j²/𝓛_j² − 𝓔/n, not
/// below 0 in bins of ten functions, where 𝓛_j > ½; elsewhere it counts as 0. The noise is such that the equation gives
/// V:
///     σ² = V (1 − Σ 𝓛_j²/n) − Σ (1 − 𝓛_j)² f_j².
/// \throws InputError for fewer than 16 labels. Cost: n J min(n, J) + 200 n min(n, J).
LabelEstimate estimate_target(const SampleKernel& kernel, const SampleRows& rows, const Eigen::VectorXd& labels);

/// The learner with this kernel of a target that was estimated.
Learner sample_learner(const SampleKernel& kernel, const LabelEstimate& estimate);

/// Ridge regressions on n of the points `pool`, drawn anew in each of `trials`: the mean square error on the labels of
/// the rest of them, noise included. Cost per trial: n J min(n, J).
TrialMean held_out_error(const SampleKernel& kernel, const SampleRows& pool, const Eigen::VectorXd& labels,
                         Eigen::Index samples, double ridge, int trials, std::uint64_t seed = 1);

} // namespace weyl
