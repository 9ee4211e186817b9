// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/local_modes.hpp"

#include <algorithm>

#include "weyl/learning/effective_dimension.hpp"

namespace weyl {

LocalModes local_modes(const FeatureSpace& space, const FunctionSubspace& subspace, const Kernel& kernel,
                       Eigen::Index points) {
  Random random(1);
  return {.mu = subspace.eigenvalues(space).unaryExpr(kernel.eigenvalue),
          .squares = values(subspace, space, space.features(space.draw(random, points))).array().square()};
}

double missed_risk(const LocalModes& modes, const Learner& learner, const Risk& risk) {
  const Eigen::ArrayXd learned = modes.mu / (modes.mu + risk.kappa);
  const double rest = std::max(0.0, degrees_of_freedom(learner.kernel, risk.kappa).d_eff - learned.sum());
  const Eigen::ArrayXd local = (modes.squares.matrix() * learned.matrix()).array() + rest;
  const double missed = (-risk.samples / local).exp().mean();
  return missed * (risk.kappa / (learner.target_mu + risk.kappa) * learner.target_power).sum();
}

} // namespace weyl
