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

/// The invariant ones, in each eigenspace. f = cᵀφ is invariant iff cᵀ(φ(gx) − φ(x)) = 0 at all x, for generators g
/// alone (steps 3 and 4 of Spec-Avg, Soleymani et al. 2025): with twice as many random points as the largest eigenspace
/// has dimensions, the vectors c are the null space of A = Σ_g mean_x (φ(gx) − φ(x))(φ(gx) − φ(x))ᵀ.
/// \param generators  of the group, or of a dense subgroup of it; none: all functions are invariant
/// A c of eigenvalue below 1e-6 counts as invariant: an element of order up to 1000 is told from the identity.
/// Cost: |generators| + 1 evaluations of the features, and O(size³) for each eigenspace.
FunctionSubspace invariant_functions(const FeatureSpace& space, const std::vector<Motion>& generators);

/// Φ B: values of the ψ_j, n × J, from those of the features, n × K. Cost: 2n Σ (size · dimension) flops.
Eigen::MatrixXd values(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::MatrixXd& features);

/// Bᵀc: coefficients of the orthogonal projection, J, of a function with the coefficients c, K.
Eigen::VectorXd project(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::VectorXd& c);

} // namespace weyl
