// SPDX-License-Identifier: GPL-3.0-or-later
// Eigenpairs are complete, orthonormal and accurate, or the call fails.

#include <array>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "eigen/pencils.hpp"
#include "weyl/core/error.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/eigenpairs.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

void check_pairs(const Pencil& pencil, const Eigenpairs& pairs) {
  const Eigen::MatrixXd& x = pairs.vectors;
  const Eigen::MatrixXd gram = x.transpose() * (pencil.mass * x);
  CHECK((gram - Eigen::MatrixXd::Identity(x.cols(), x.cols())).cwiseAbs().maxCoeff() <= 1e-10);
  const Eigen::MatrixXd mx = pencil.mass * x;
  const Eigen::MatrixXd r = pencil.stiffness * x - mx * pairs.values.asDiagonal();
  for (Eigen::Index k = 0; k < x.cols(); ++k) {
    const double scale = std::abs(pairs.values[k]) + spectral_scale(pencil);
    CHECK(r.col(k).norm() <= 1e-9 * scale * mx.col(k).norm());
    CHECK(pairs.residuals[k] == doctest::Approx(r.col(k).norm() / (scale * mx.col(k).norm())).epsilon(1e-3));
  }
}

} // namespace

TEST_CASE("the smallest eigenpairs equal those of a dense solver") {
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd dense = dense_eigenvalues(pencil);
    const Eigenpairs pairs = eigenpairs(pencil, {.count = 20});
    REQUIRE(pairs.values.size() == 20);
    CHECK((pairs.values - dense.head(20)).cwiseAbs().maxCoeff() <= 1e-11 * dense.tail(1)[0]);
    CHECK(pairs.first == 0);
    check_pairs(pencil, pairs);
  }
}

TEST_CASE("by Lanczos: every copy of a multiple eigenvalue, on spaces with high multiplicities") {
  const struct {
    const char* name;
    Mesh mesh;
    std::int64_t count; ///< complete multiplets of the discrete pencil
  } cases[] = {{"sphere", make_sphere(1, 0.09), 81},
               {"flat torus", make_flat_torus(1, 1, 0.045), 45},
               {"cube surface", make_cube(1, 0.07), 60},
               {"circle", make_circle(1, 0.001), 41}};
  for (const auto& [name, mesh, count] : cases) {
    CAPTURE(name);
    const Pencil pencil = laplacian(mesh).pencil;
    REQUIRE(pencil.size() > 800); // beyond the dense solver
    const Eigenpairs pairs = eigenpairs(pencil, {.count = count});
    CHECK_FALSE(pairs.plan.dense);
    check_pairs(pencil, pairs);
    const EigenvalueCounter counter(pencil);
    for (Eigen::Index k = 1; k < count; ++k) {
      if (pairs.values[k] - pairs.values[k - 1] > 1e-6 * pairs.values[k]) {
        CHECK(counter.at((pairs.values[k] + pairs.values[k - 1]) / 2).count == k);
      }
    }
  }
}

TEST_CASE("copies that Lanczos cannot see are brought back by inertia") {
  // With diagonal K and M = I the Krylov space of a slice holds as many vectors of each eigenspace as a block has, up
  // to rounding: most of the 40 copies of each eigenvalue must be asked for again.
  const int n = 1200;
  Pencil pencil;
  pencil.mass.resize(n, n);
  pencil.mass.setIdentity();
  pencil.stiffness = pencil.mass;
  for (int i = 0; i < n; ++i) {
    pencil.stiffness.coeffRef(i, i) = std::floor(i / 40.0);
  }
  const Eigenpairs pairs = eigenpairs(pencil, {.count = 190});
  CHECK(pairs.recovered > 0);
  CHECK(pairs.cut == 10);
  for (int k = 0; k < 190; ++k) {
    CHECK(pairs.values[k] == doctest::Approx(std::floor(k / 40.0)).epsilon(1e-9));
  }
  check_pairs(pencil, pairs);
}

TEST_CASE("a request that cuts a multiplet says how much of it is missing") {
  const Pencil pencil = grid(30); // λ_1 = λ_2, …, and λ = 4 thirty times
  CHECK(eigenpairs(pencil, {.count = 1}).cut == 0);
  CHECK(eigenpairs(pencil, {.count = 2}).cut == 1);
  CHECK(eigenpairs(pencil, {.count = 3}).cut == 0);
  const std::int64_t below_four = count_below(pencil, 4).below;
  CHECK(eigenpairs(pencil, {.count = below_four}).cut == 0);
  CHECK(eigenpairs(pencil, {.count = below_four + 7}).cut == 23);
}

TEST_CASE("an interval gives all eigenvalues in it, both ends included") {
  const Pencil pencil = grid(30);
  const Eigenpairs pairs = eigenpairs(pencil, {.interval = std::array{3.9, 4.15}});
  CHECK(pairs.values.size() == 58);
  CHECK(pairs.first == count_below(pencil, 3.9).below);
  check_pairs(pencil, pairs);
  CHECK(eigenpairs(pencil, {.interval = std::array{4.0, 4.0}}).values.size() == 30);
  const Eigenpairs none = eigenpairs(pencil, {.interval = std::array{-5.0, -1.0}});
  CHECK(none.values.size() == 0);
  CHECK(none.vectors.cols() == 0);

  const Eigen::VectorXd dense = dense_eigenvalues(pencil);
  const Eigenpairs around = eigenpairs(pencil, {.interval = std::array{dense[100] - 1e-7, dense[180] + 1e-7}});
  CHECK(around.first <= 100);
  CHECK(around.first + around.values.size() >= 181);
}

TEST_CASE("asking for more eigenvalues than there are gives all of them") {
  const Pencil pencil = grid(6);
  const Eigenpairs pairs = eigenpairs(pencil, {.count = 1000});
  CHECK(pairs.values.size() == 36);
  CHECK(pairs.cut == 0);
  check_pairs(pencil, pairs);
}

TEST_CASE("null modes of several components are found exactly, without a shift of the eigenvalues") {
  Mesh two = make_sphere(1, 0.15);
  const Mesh one = two;
  for (const int v : one.cells) {
    two.cells.push_back(v + one.vertex_count);
  }
  two.positions.insert(two.positions.end(), one.positions.begin(), one.positions.end());
  two.vertex_count *= 2;
  const Pencil pencil = laplacian(two).pencil;
  const Eigenpairs pairs = eigenpairs(pencil, {.count = 8});
  CHECK(std::abs(pairs.values[0]) <= 1e-11);
  CHECK(std::abs(pairs.values[1]) <= 1e-11);
  CHECK(pairs.values[2] > 1.9);
  CHECK(pairs.cut == 0); // 2 zeros and 2 × 3
}

TEST_CASE("the result repeats for a seed, and its values do not depend on it") {
  const Pencil pencil = laplacian(make_torus(1, 0.4, 0.15)).pencil;
  const Eigenpairs a = eigenpairs(pencil, {.count = 15, .seed = 5});
  const Eigenpairs b = eigenpairs(pencil, {.count = 15, .seed = 5});
  const Eigenpairs c = eigenpairs(pencil, {.count = 15, .seed = 6});
  CHECK((a.vectors - b.vectors).norm() == 0);
  CHECK((a.values - c.values).cwiseAbs().maxCoeff() <= 1e-11 * a.values.tail(1)[0]);
}

TEST_CASE("impossible requests are refused") {
  const Pencil pencil = grid(5);
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(eigenpairs(pencil, {.count = 0}), InputError);
  CHECK_THROWS_AS(eigenpairs(pencil, {.interval = std::array{2.0, 1.0}}), InputError);
  CHECK_THROWS_AS(eigenpairs(pencil, {.interval = std::array{0.0, infinity}}), InputError);
}
