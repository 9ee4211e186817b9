// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Kernels between points, k(x, y) = Σ_k μ(λ_k) φ_k(x) φ_k(y), in closed form or from features.

#include <functional>
#include <vector>

#include <Eigen/Core>

#include "weyl/learning/feature_space.hpp"
#include "weyl/learning/function_subspace.hpp"
#include "weyl/learning/kernel.hpp"

namespace weyl {

/// k(x_i, y_j) of n points x and m points y, as the space writes them: n × m.
using PointKernel = std::function<Eigen::MatrixXd(const Points&, const Points&)>;

/// On S^d: Σ_l μ(λ_l) dim H_l P_l(x·y) up to `degree`, P_l the Gegenbauer polynomials with P_l(1) = 1 (the addition
/// theorem; Müller, Spherical Harmonics, 1966). Cost: 5·degree flops a pair.
PointKernel sphere_kernel(int d, const Kernel& kernel, int degree);

/// On R^d/Λ: Σ_m μ(λ_m) cos 2πm·(u − v) up to the eigenvalue `lambda`. Cost: a cosine for each ±m a pair.
PointKernel torus_kernel(const Eigen::MatrixXd& basis, const Kernel& kernel, double lambda);

/// The heat kernel on a torus of these lengths: a product of theta functions. In each factor Σ_m e^(−t(2πm/L)²)
/// cos 2πm(u−v) or, by Poisson's sum, L/√(4πt) Σ_j e^(−L²(u−v+j)²/4t), whichever falls faster; all terms above 1e-17.
/// \throws InputError unless t > 0.
PointKernel torus_heat_kernel(const Eigen::VectorXd& lengths, double t);

/// Ψ(x) diag(μ) Ψ(y)ᵀ of the functions of a subspace: on a mesh from its eigenfunctions.
PointKernel feature_kernel(const FeatureSpace& space, const FunctionSubspace& subspace, const Kernel& kernel);

/// The invariant kernel k_G(x, y) = mean_g k(x, gy). Cost: |G| evaluations of k.
PointKernel averaged_kernel(PointKernel kernel, std::vector<Motion> group);

} // namespace weyl
