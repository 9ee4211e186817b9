// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/function_subspace.hpp"

#include <algorithm>

#include "weyl/core/blas.hpp"

namespace weyl {

Eigen::Index FunctionSubspace::size() const {
  Eigen::Index sum = 0;
  for (const Eigen::MatrixXd& block : basis) {
    sum += block.cols();
  }
  return sum;
}

Eigen::ArrayXd FunctionSubspace::eigenvalues(const FeatureSpace& space) const {
  Eigen::ArrayXd result(size());
  Eigen::Index column = 0;
  for (std::size_t e = 0; e < basis.size(); ++e) {
    result.segment(column, basis[e].cols()) = space.eigenspaces[e].lambda;
    column += basis[e].cols();
  }
  return result;
}

FunctionSubspace all_functions(const FeatureSpace& space) {
  FunctionSubspace result;
  for (const FeatureLevel& e : space.eigenspaces) {
    result.basis.emplace_back(Eigen::MatrixXd::Identity(e.size, e.size));
  }
  return result;
}

FunctionSubspace invariant_functions(const FeatureSpace& space, const std::vector<Motion>& generators) {
  constexpr double zero = 1e-6; // the square of a change that counts as none
  const Eigen::Index largest = std::ranges::max(space.eigenspaces, {}, &FeatureLevel::size).size;
  const Eigen::Index points = 2 * largest + 16;
  Random random(1);
  const Points x = space.draw(random, points);
  const Eigen::MatrixXd here = space.features(x);
  std::vector<Eigen::MatrixXd> changes;
  changes.reserve(generators.size());
  for (const Motion& g : generators) {
    changes.emplace_back(space.features(g(x)) - here);
  }
  FunctionSubspace result;
  for (const FeatureLevel& e : space.eigenspaces) {
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(e.size, e.size);
    for (const Eigen::MatrixXd& change : changes) {
      const auto part = change.middleCols(e.first, e.size);
      a.noalias() += part.transpose() * part / static_cast<double>(points);
    }
    const Eigen::VectorXd squared = blas::symmetric_eigenvalues(a);
    result.basis.emplace_back(a.leftCols((squared.array() < zero).count()));
  }
  return result;
}

Eigen::MatrixXd values(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::MatrixXd& features) {
  Eigen::MatrixXd result(features.rows(), subspace.size());
  Eigen::Index column = 0;
  for (std::size_t i = 0; i < subspace.basis.size(); ++i) {
    const FeatureLevel& e = space.eigenspaces[i];
    const Eigen::Index dimension = subspace.basis[i].cols();
    result.middleCols(column, dimension).noalias() = features.middleCols(e.first, e.size) * subspace.basis[i];
    column += dimension;
  }
  return result;
}

Eigen::VectorXd project(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::VectorXd& c) {
  return values(subspace, space, c.transpose()).transpose();
}

} // namespace weyl
