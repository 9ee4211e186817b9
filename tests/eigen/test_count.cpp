// SPDX-License-Identifier: GPL-3.0-or-later
// Counting by inertia is exact for the pencil.

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "eigen/pencils.hpp"
#include "weyl/core/error.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/inertia.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/mumps.hpp"
#include "weyl/eigen/random.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

std::int64_t count_dense(const Eigen::VectorXd& values, double lambda) {
  return std::ranges::count_if(values, [&](double value) { return value <= lambda; });
}

/// Relative distance from λ to the nearest eigenvalue: dense eigenvalues are no truth closer than their own rounding.
double distance(const Eigen::VectorXd& values, double lambda) {
  return (values.array() - lambda).abs().minCoeff() / values[values.size() - 1];
}

} // namespace

TEST_CASE("N(λ) equals the count of dense eigenvalues at hundreds of random shifts") {
  std::mt19937 generator(20260);
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd values = dense_eigenvalues(pencil);
    const EigenvalueCounter counter(pencil, {.threads = 1});
    std::uniform_real_distribution<double> anywhere(-0.1 * values.tail(1)[0], 1.1 * values.tail(1)[0]);
    for (int trial = 0; trial < 60; ++trial) {
      const double lambda = anywhere(generator);
      if (distance(values, lambda) > 1e-10) {
        CAPTURE(lambda);
        CHECK(counter.at(lambda).count == count_dense(values, lambda));
      }
    }
  }
}

TEST_CASE("N(λ) is right where a pivot of the unpivoted factorization vanishes, and pivoting is reported") {
  // λ = K_jj/M_jj makes the first pivot zero whenever j comes first in the ordering; close to it, it is tiny.
  std::int64_t pivoted = 0;
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd values = dense_eigenvalues(pencil);
    const EigenvalueCounter counter(pencil, {.threads = 1});
    for (Eigen::Index j = 0; j < pencil.size(); j += std::max<Eigen::Index>(1, pencil.size() / 12)) {
      for (const double nudge : {0.0, 1e-15, -1e-13, 1e-11}) {
        const double lambda = pencil.stiffness.coeff(j, j) / pencil.mass.coeff(j, j) * (1 + nudge);
        if (distance(values, lambda) > 1e-8) {
          CAPTURE(lambda);
          const EigenvalueCount count = counter.at(lambda);
          CHECK(count.count == count_dense(values, lambda));
          pivoted += count.pivoted;
        }
      }
    }
  }
  CHECK(pivoted > 0); // otherwise this test would not test what it says
}

TEST_CASE("at an eigenvalue N counts it with its multiplicity, and the result says so") {
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd values = dense_eigenvalues(pencil);
    const EigenvalueCounter counter(pencil, {.threads = 1});
    for (Eigen::Index k = 1; k < values.size() / 2; k += 7) {
      // Only multiplets that are well separated from their neighbours have a multiplicity in floating point.
      const double close = 1e-10 * values.tail(1)[0];
      const auto below = std::ranges::count_if(values, [&](double v) { return v < values[k] - close; });
      const auto up_to = std::ranges::count_if(values, [&](double v) { return v <= values[k] + close; });
      const double gap = std::min(values[k] - values[std::max<Eigen::Index>(0, below - 1)], values[up_to] - values[k]);
      const double spread = values[up_to - 1] - values[below];
      if (gap > 1e-6 * values[k] && spread < 1e-10 * values[k]) {
        const EigenvalueCount count = counter.at(values[k]);
        CHECK(count.at_eigenvalue);
        CHECK(count.below == below);
        CHECK(count.count == up_to);
      }
    }
  }
}

TEST_CASE("N(0) is the number of components, and N is 0 below and n above the spectrum") {
  const Pencil sphere = laplacian(make_sphere(1, 0.1)).pencil;
  CHECK(count_below(sphere, 0).count == 1);
  CHECK(count_below(sphere, 0).below == 0);
  CHECK(count_below(sphere, 0).at_eigenvalue);
  CHECK(count_below(sphere, -1).count == 0);
  CHECK(count_below(sphere, 1e9).count == sphere.size());
  CHECK(count_below(laplacian(make_disk(1, 0.1), {.boundary = Boundary::dirichlet}).pencil, 0).count == 0);
}

TEST_CASE("SLEPc's grids: multiplicity 30 at one point") {
  const Pencil thirty = grid(30);
  const EigenvalueCounter counter(thirty);
  CHECK(counter.at(4.15).count - counter.at(3.9).below == 58);
  CHECK(counter.at(4).at_eigenvalue);
  CHECK(counter.at(4).count - counter.at(4).below == 30);
  const Pencil ten = grid(10, 0.25);
  CHECK(count_below(ten, 0.1).count == 3);
  CHECK(count_below(ten, 0.2).count == 6);
}

TEST_CASE("counts do not depend on the number of threads, the ordering, or who shares the analysis") {
  const Mesh mesh = make_sphere(1, 0.06);
  const Pencil consistent = laplacian(mesh).pencil;
  const Pencil lumped = laplacian(mesh, {.mass = Mass::lumped}).pencil;
  std::vector<double> lambdas;
  for (int i = 0; i < 16; ++i) {
    lambdas.push_back(3.7 + 11.3 * i);
  }
  const auto counts = [&](const EigenvalueCounter& counter) {
    std::vector<std::int64_t> result;
    for (const auto& count : counter.at(lambdas)) {
      result.push_back(count.count);
    }
    return result;
  };
  const EigenvalueCounter one(consistent, {.threads = 1});
  CHECK(counts(one) == counts(EigenvalueCounter(consistent, {.threads = 4})));
  CHECK(counts(one) == counts(EigenvalueCounter(consistent, {.ordering = Ordering::metis})));
  CHECK(counts(one) == counts(EigenvalueCounter(consistent, {.memory = 1}))); // one at a time then
  CHECK(counts(EigenvalueCounter(lumped, one)) == counts(EigenvalueCounter(lumped)));
}

TEST_CASE("progress is reported once per count") {
  const Pencil pencil = grid(12);
  int steps = 0;
  const std::vector<double> lambdas{1, 2, 3, 4, 5};
  const auto counts = EigenvalueCounter(pencil).at(lambdas, [&] { ++steps; });
  CHECK(steps == 5);
  CHECK(counts[3].lambda == 4);
}

TEST_CASE("what counts as small does not become smaller with the mesh, in two and three dimensions") {
  // λ_1 = π² of the unit square and the unit cube.
  for (const int d : {2, 3}) {
    CAPTURE(d);
    const auto scale = [&](double h) {
      return spectral_scale(laplacian(d == 2 ? make_rectangle(1, 1, h) : make_box(1, 1, 1, h)).pencil);
    };
    CHECK(scale(0.1) / scale(0.2) > 0.7);
    CHECK(scale(0.1) / scale(0.2) < 1.4);
    CHECK(scale(0.1) > 1);
    CHECK(scale(0.1) < 100);
  }
}

TEST_CASE("a λ that is not a number is refused") {
  const Pencil pencil = grid(5);
  CHECK_THROWS_AS((void)count_below(pencil, std::nan("")), InputError);
  CHECK_THROWS_AS((void)count_below(pencil, std::numeric_limits<double>::infinity()), InputError);
}

TEST_CASE("the referee agrees with dense inertia") {
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const Eigen::VectorXd values = dense_eigenvalues(pencil);
    for (const double fraction : {0.011, 0.13, 0.57}) {
      const double lambda = fraction * values.tail(1)[0];
      const SparseMatrix a = shifted(pencil, lambda);
      CHECK(mumps_negative_eigenvalues(a, analyse(a)) == count_dense(values, lambda));
    }
  }
}

TEST_CASE("L D Lᵀ solves: vectors and blocks, definite and indefinite") {
  for (const auto& [name, pencil] : small_pencils()) {
    for (const double sigma : {-spectral_scale(pencil), 3.1415 * spectral_scale(pencil)}) {
      CAPTURE(name);
      CAPTURE(sigma);
      const SparseMatrix a = shifted(pencil, sigma);
      const Ldlt factor(std::make_shared<Analysis>(analyse(a)), a);
      const Eigen::MatrixXd b = Eigen::MatrixXd::Random(a.rows(), 19); // more than fit in one block of the kernels
      Eigen::MatrixXd block = b;
      factor.solve_block(block);
      // ‖Ax − b‖ ≤ c·n·u·growth·max|A|·‖x‖: the backward error of the factorization
      const double bound = 1e-15 * static_cast<double>(a.rows()) * factor.growth() * a.coeffs().abs().maxCoeff();
      CHECK((a * block - b).norm() <= bound * block.norm());
      Eigen::VectorXd x = b.col(17);
      factor.solve(x);
      CHECK((x - block.col(17)).norm() <= 1e-9 * x.norm());
    }
  }
}

TEST_CASE("an elimination that keeps no factor knows the same pivots, and Bᵀ A⁻¹ B") {
  for (const auto& [name, pencil] : small_pencils()) {
    CAPTURE(name);
    const double sigma = 3.1415 * spectral_scale(pencil);
    const SparseMatrix a = shifted(pencil, sigma);
    const auto analysis = std::make_shared<Analysis>(analyse(a));
    const LowerPencil lower = lower_part(pencil, *analysis);
    const Ldlt factor(analysis, lower, sigma);
    const Block b = random_block(a.rows(), 8, 1);
    Block x = b.copy();
    factor.solve(x);
    const RowMajor expected = b.matrix().transpose() * x.matrix();
    for (const int threads : {1, 3}) {
      CAPTURE(threads);
      Inertia inertia(analysis, threads);
      for (int again = 0; again < 2; ++again) {
        inertia.eliminate(lower, sigma, b);
        CHECK(inertia.negative_pivots() == factor.negative_pivots());
        CHECK(inertia.growth() == doctest::Approx(factor.growth()).epsilon(1e-6));
        // Both have the backward error of the same factorization.
        const double bound = 1e-15 * static_cast<double>(a.rows()) * factor.growth() * a.coeffs().abs().maxCoeff();
        CHECK((inertia.projected_inverse() - expected).norm() <= 2 * bound * x.matrix().squaredNorm());
      }
    }
  }
}

TEST_CASE("threads share a factorization by subtrees of the elimination tree: inertia and solutions are as with one") {
  std::vector<SparseMatrix> matrices;
  for (const auto& [name, pencil] : small_pencils()) {
    matrices.push_back(shifted(pencil, 3.1415 * spectral_scale(pencil)));
  }
  const SparseMatrix component = shifted(grid(5), 1.1);
  std::vector<Eigen::Triplet<double>> entries; // 60 components: as many roots
  for (int copy = 0; copy < 60; ++copy) {
    for (int k = 0; k < component.outerSize(); ++k) {
      for (SparseMatrix::InnerIterator entry(component, k); entry; ++entry) {
        entries.emplace_back(25 * copy + entry.row(), 25 * copy + entry.col(), entry.value());
      }
    }
  }
  matrices.emplace_back(1500, 1500).setFromTriplets(entries.begin(), entries.end());

  for (const SparseMatrix& a : matrices) {
    CAPTURE(a.rows());
    const auto analysis = std::make_shared<Analysis>(analyse(a));
    const Ldlt one(analysis, a);
    const Eigen::MatrixXd b = Eigen::MatrixXd::Random(a.rows(), 8);
    const double bound = 1e-15 * static_cast<double>(a.rows()) * one.growth() * a.coeffs().abs().maxCoeff();
    for (const int threads : {2, 3, 8}) {
      CAPTURE(threads);
      Ldlt shared(analysis, a, threads);
      for (int again = 0; again < 2; ++again) {
        CHECK(shared.negative_pivots() == one.negative_pivots());
        CHECK(shared.growth() == doctest::Approx(one.growth()).epsilon(1e-6));
        Eigen::MatrixXd x = b;
        shared.solve_block(x);
        CHECK((a * x - b).norm() <= bound * x.norm());
        shared.factor(lower_part(a, *analysis), 0);
      }
    }
  }
}
