// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/feature_space.hpp"

#include <cmath>
#include <numbers>

#include <Eigen/Eigenvalues>
#include <doctest/doctest.h>

#include "learning/sampled.hpp"
#include "weyl/core/error.hpp"
#include "weyl/learning/function_subspace.hpp"
#include "weyl/learning/point_kernel.hpp"

using namespace weyl;
using doctest::Approx;

namespace {

using std::numbers::pi;

/// Largest |(1/n) ΦᵀΦ − 1| over entries, of n uniform points.
double gram_error(const FeatureSpace& space, Eigen::Index n) {
  Random random(3);
  const Eigen::MatrixXd phi = space.features(space.draw(random, n));
  const Eigen::MatrixXd gram = phi.transpose() * phi / static_cast<double>(n);
  return (gram - Eigen::MatrixXd::Identity(space.size(), space.size())).cwiseAbs().maxCoeff();
}

double largest_difference(const PointKernel& a, const PointKernel& b, const FeatureSpace& space) {
  Random random(5);
  const Points x = space.draw(random, 7);
  const Points y = space.draw(random, 9);
  return (a(x, y) - b(x, y)).cwiseAbs().maxCoeff();
}

Motion minus(int n) { return affine_motion(-Eigen::MatrixXd::Identity(n, n), Eigen::VectorXd::Zero(n)); }

} // namespace

TEST_CASE("features are orthonormal for the uniform probability measure") {
  // |φ| is at most some 5 here, so that an entry of the Gram matrix has a deviation below 5/√n = 0.04, and rarely that;
  // 0.2 is missed by chance less than once in 10^6 runs.
  CHECK(gram_error(sphere_features(1, 4), 20000) < 0.2);
  CHECK(gram_error(sphere_features(2, 4), 20000) < 0.2);
  CHECK(gram_error(sphere_features(4, 2), 20000) < 0.2);
  CHECK(gram_error(torus_features(Eigen::Matrix2d{{1, 0}, {0.5, 1.3}}, 200), 20000) < 0.2);
  CHECK(gram_error(test::graph_of_squares(6), 20000) < 0.2);
}

TEST_CASE("sum of squares over an eigenspace of a homogeneous space is its dimension at every point") {
  // Unsöld's theorem: with the probability measure Σ φ(x)² = dim, to rounding.
  for (const FeatureSpace& space : {sphere_features(2, 12), sphere_features(3, 8), sphere_features(5, 4),
                                    torus_features(Eigen::Matrix2d{{1, 0}, {0.3, 2}}, 500)}) {
    Random random(1);
    const Eigen::MatrixXd phi = space.features(space.draw(random, 5));
    for (const FeatureLevel& e : space.eigenspaces) {
      for (const double sum : phi.middleCols(e.first, e.size).rowwise().squaredNorm()) {
        CHECK(sum == Approx(static_cast<double>(e.size)).epsilon(1e-10));
      }
    }
  }
}

TEST_CASE("kernels from features are those of the closed forms") {
  const Kernel sobolev = sobolev_kernel(2);
  for (const int d : {1, 2, 3, 5}) {
    CAPTURE(d);
    const FeatureSpace sphere = sphere_features(d, 6);
    CHECK(largest_difference(feature_kernel(sphere, all_functions(sphere), sobolev), sphere_kernel(d, sobolev, 6),
                             sphere) < 1e-11);
  }
  const Eigen::Matrix2d basis{{1, 0}, {0.5, 1.3}};
  const FeatureSpace torus = torus_features(basis, 900);
  CHECK(largest_difference(feature_kernel(torus, all_functions(torus), sobolev), torus_kernel(basis, sobolev, 900),
                           torus) < 1e-11);
}

TEST_CASE("the heat kernel of a torus is a product of theta functions, by either series") {
  const Eigen::Vector2d lengths(1, 2.5);
  const Eigen::Matrix2d basis = lengths.asDiagonal();
  const FeatureSpace torus = torus_features(basis, 100);
  for (const double t : {0.02, 0.3}) { // τ = t(2π/L)² on both sides of 2π
    const Kernel heat = heat_kernel(t);
    const double enough = 45 / t;
    CHECK(largest_difference(torus_heat_kernel(lengths, t), torus_kernel(basis, heat, enough), torus) < 1e-11);
  }
}

TEST_CASE("the kernel on a flat torus that is a mesh is the closed form up to the error of its eigenvalues") {
  // P1 elements with n cells a side: λ and the φ are known to O(h²λ), the low modes that carry the kernel to 1 %.
  const FeatureSpace mesh = test::graph_of_squares(12);
  const Kernel kernel = heat_kernel(0.02);
  const Points origin = test::graph_point(12, 0, 0);
  const Points there = test::graph_point(12, 3, 2);
  const PointKernel numerical = feature_kernel(mesh, all_functions(mesh), kernel);
  const PointKernel exact = torus_heat_kernel(Eigen::Vector2d(1, 1), 0.02);
  const Points u0 = Points::Zero(1, 2);
  const Points u1 = Eigen::RowVector2d(3 / 12.0, 2 / 12.0);
  CHECK(numerical(origin, origin)(0, 0) == Approx(exact(u0, u0)(0, 0)).epsilon(0.05));
  CHECK(numerical(origin, there)(0, 0) == Approx(exact(u0, u1)(0, 0)).epsilon(0.05));
}

TEST_CASE("invariant functions are as many as Molien's series has, from generators alone") {
  const FeatureSpace sphere = sphere_features(2, 12);
  const auto dimensions = [&](const std::vector<Motion>& generators) {
    std::vector<int> result;
    for (const Eigen::MatrixXd& block : invariant_functions(sphere, generators).basis) {
      result.push_back(static_cast<int>(block.cols()));
    }
    return result;
  };
  CHECK(dimensions({minus(3)}) == std::vector<int>{1, 0, 5, 0, 9, 0, 13, 0, 17, 0, 21, 0, 25});
  CHECK(dimensions({test::rotation(0, 1, 2 * pi / std::numbers::phi)}) == std::vector<int>(13, 1)); // SO(2): P_l
  // The rotations of the icosahedron (Meyer 1954): 1 + t⁶ + t¹⁰ + t¹² + …
  CHECK(dimensions(test::icosahedral_rotations()) == std::vector<int>{1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1});
  CHECK(dimensions({}) == std::vector<int>{1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25});
}

TEST_CASE("the invariant kernel is the mean of the kernel over the group, and has the invariants' eigenvalues alone") {
  const Kernel kernel = sobolev_kernel(2);
  const FeatureSpace sphere = sphere_features(2, 10);
  const Motion identity = affine_motion(Eigen::Matrix3d::Identity(), Eigen::Vector3d::Zero());
  CHECK(largest_difference(averaged_kernel(sphere_kernel(2, kernel, 10), {identity, minus(3)}),
                           feature_kernel(sphere, invariant_functions(sphere, {minus(3)}), kernel), sphere) < 1e-11);
  const FeatureSpace torus = torus_features(2 * pi * Eigen::Matrix2d::Identity(), 40);
  const Motion swap = affine_motion(Eigen::Matrix2d{{0, 1}, {1, 0}}, Eigen::Vector2d::Zero());
  const Motion stay = affine_motion(Eigen::Matrix2d::Identity(), Eigen::Vector2d::Zero());
  CHECK(
      largest_difference(averaged_kernel(torus_kernel(2 * pi * Eigen::Matrix2d::Identity(), kernel, 40), {stay, swap}),
                         feature_kernel(torus, invariant_functions(torus, {swap}), kernel), torus) < 1e-11);
}

TEST_CASE("a permutation of the vertices of a mesh moves points with their cells") {
  const FeatureSpace mesh = test::graph_of_squares(6);
  const FunctionSubspace invariant = invariant_functions(mesh, {test::graph_inversion(6)});
  Random random(9);
  const Points x = mesh.draw(random, 20);
  const Eigen::MatrixXd here = values(invariant, mesh, mesh.features(x));
  const Eigen::MatrixXd there = values(invariant, mesh, mesh.features(test::graph_inversion(6)(x)));
  CHECK((here - there).cwiseAbs().maxCoeff() < 1e-9);
  CHECK(invariant.size() == 20); // of 36 e^{imx}: m and −m are one, 4 m are their own negatives
}

TEST_CASE("spaces that are none are refused") {
  CHECK_THROWS_AS(sphere_features(0, 3), InputError);
  CHECK_THROWS_AS(torus_features(Eigen::Matrix2d{{1, 2}, {2, 4}}, 10), InputError);
  CHECK_THROWS_AS(torus_features(Eigen::MatrixXd::Identity(3, 3), 1e9), InputError);
  CHECK_THROWS_AS(torus_heat_kernel(Eigen::Vector2d(1, 1), 0), InputError);
}
