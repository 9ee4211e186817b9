// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The functions that a learner can represent: all of a space, or the invariant ones.

#include <vector>

#include <Eigen/Core>

#include "weyl/learning/feature_space.hpp"

namespace weyl {

/// Functions ψ_j = Σ_k B_kj φ_k, J of them, orthonormal, each of one eigenvalue.
struct FunctionSubspace {
  std::vector<Eigen::MatrixXd> basis; ///< per eigenspace of the space, its block of B: size × dimension

  [[nodiscard]] Eigen::Index size() const;                             ///< J
  [[nodiscard]] Eigen::ArrayXd eigenvalues(const FeatureSpace&) const; ///< λ of every ψ_j
};

/// All of them: B = 1.
FunctionSubspace all_functions(const FeatureSpace& space);

/// The invariant ones, in each eigenspace. With P = (1/|G|) Σ_g D(g), the mean of the representation φ(gx) = D(g)φ(x),
/// mean_g φ(gx) = P φ(x): its values at random points span P's range, which a singular value decomposition finds, from
/// twice as many points as it has dimensions (as Spec-Avg's step 4, Soleymani et al. 2025, from values alone).
/// \param group  every element; for a group of positive dimension a finite one with the same invariants
/// \throws NumericalError if an eigenspace is not mapped to itself.
/// Cost: |G| evaluations of the features at about twice as many points as invariants in the largest eigenspace.
FunctionSubspace invariant_functions(const FeatureSpace& space, const std::vector<Motion>& group);

/// Φ B: values of the ψ_j, n × J, from those of the features, n × K. Cost: 2n Σ (size · dimension) flops.
Eigen::MatrixXd values(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::MatrixXd& features);

/// Bᵀc: coefficients of the orthogonal projection, J, of a function with the coefficients c, K.
Eigen::VectorXd project(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::VectorXd& c);

} // namespace weyl
