// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/feature_space.hpp"

namespace weyl {

Eigen::Index FeatureSpace::size() const {
  return eigenspaces.empty() ? 0 : eigenspaces.back().first + eigenspaces.back().size;
}

Motion affine_motion(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& translation) {
  return [matrix, translation](const Points& x) {
    return Points((x * matrix.transpose()).rowwise() + translation.transpose());
  };
}

} // namespace weyl
