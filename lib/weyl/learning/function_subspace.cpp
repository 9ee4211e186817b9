// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/function_subspace.hpp"

#include <algorithm>

#include <Eigen/SVD>
#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr double rank_tolerance = 1e-4; ///< of singular values: those of P's range are of order 1, others rounding

/// An orthonormal basis of the row space, size × rank.
Eigen::MatrixXd row_space(const Eigen::MatrixXd& rows) {
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(rows, Eigen::ComputeThinV);
  // Against the scale of a normalized function, so that rounding in an eigenspace without invariants stays zero.
  const double scale = std::sqrt(static_cast<double>(rows.rows()));
  const auto rank = (svd.singularValues().array() > rank_tolerance * scale).count();
  return svd.matrixV().leftCols(rank);
}

} // namespace

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
  for (const Eigenspace& e : space.eigenspaces) {
    result.basis.emplace_back(Eigen::MatrixXd::Identity(e.size, e.size));
  }
  return result;
}

FunctionSubspace invariant_functions(const FeatureSpace& space, const std::vector<Motion>& group) {
  FunctionSubspace result;
  result.basis.resize(space.eigenspaces.size());
  Random random(1);
  Eigen::MatrixXd mean(0, space.size()); // of φ(gx), a row a point
  std::vector<char> known(space.eigenspaces.size(), 0);
  for (Eigen::Index points = 16; std::ranges::count(known, 0) > 0; points *= 2) {
    const Points x = space.draw(random, points - mean.rows());
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(x.rows(), space.size());
    for (const Motion& g : group) {
      sum += space.features(g(x));
    }
    mean.conservativeResize(points, Eigen::NoChange);
    mean.bottomRows(x.rows()) = sum / static_cast<double>(group.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
      const Eigenspace& e = space.eigenspaces[i];
      if (known[i] == 0) {
        result.basis[i] = row_space(mean.middleCols(e.first, e.size));
        known[i] = static_cast<char>(2 * result.basis[i].cols() <= points);
      }
    }
  }
  // An invariant function has the same value at x and at gx.
  const Points x = space.draw(random, 8);
  const Eigen::MatrixXd here = values(result, space, space.features(x));
  for (const Motion& g : group) {
    const Eigen::MatrixXd there = values(result, space, space.features(g(x)));
    if (!((there - here).norm() <= 1e-4 * (1 + here.norm()))) {
      throw NumericalError(fmt::format("eigenspaces are not mapped to themselves by the group: invariant functions "
                                       "change by {:.1e}",
                                       (there - here).norm() / here.norm()));
    }
  }
  return result;
}

Eigen::MatrixXd values(const FunctionSubspace& subspace, const FeatureSpace& space, const Eigen::MatrixXd& features) {
  Eigen::MatrixXd result(features.rows(), subspace.size());
  Eigen::Index column = 0;
  for (std::size_t i = 0; i < subspace.basis.size(); ++i) {
    const Eigenspace& e = space.eigenspaces[i];
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
