// SPDX-License-Identifier: GPL-3.0-or-later
// However the spectrum is cut, resumed or fitted into memory, the eigenpairs are the same.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <optional>

#include <doctest/doctest.h>

#include "eigen/pencils.hpp"
#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/memory.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/eigen/joints.hpp"
#include "weyl/eigen/kernels.hpp"
#include "weyl/eigen/lowest.hpp"
#include "weyl/eigen/random.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

Pencil torus() { return laplacian(make_torus(1, 0.4, 0.08)).pencil; }

/// The pencil of so many copies of a space, apart from each other: every eigenvalue as often more.
Pencil copies(const Pencil& pencil, int number) {
  const auto repeated = [&](const SparseMatrix& matrix) {
    const auto n = static_cast<int>(matrix.rows());
    std::vector<Eigen::Triplet<double>> entries;
    for (int copy = 0; copy < number; ++copy) {
      for (int column = 0; column < n; ++column) {
        for (SparseMatrix::InnerIterator entry(matrix, column); entry; ++entry) {
          entries.emplace_back(copy * n + static_cast<int>(entry.row()), copy * n + column, entry.value());
        }
      }
    }
    SparseMatrix result(number * n, number * n);
    result.setFromTriplets(entries.begin(), entries.end());
    return result;
  };
  return {repeated(pencil.stiffness), repeated(pencil.mass), pencil.dimension};
}

} // namespace

TEST_CASE("the eigenpairs do not depend on the slices or the width of blocks, and are orthogonal across cuts") {
  const Pencil pencil = torus();
  const Eigenpairs one = eigenpairs(pencil, {.count = 130, .threads = 1, .slice = 200, .block = 16});
  REQUIRE(one.plan.slices == 1);
  for (const std::int64_t slice : {16, 30, 64}) {
    for (const int block : {8, 16}) {
      CAPTURE(slice);
      CAPTURE(block);
      const Eigenpairs many = eigenpairs(pencil, {.count = 130, .slice = slice, .block = block});
      CHECK(many.plan.slices > 1);
      CHECK((many.values - one.values).cwiseAbs().maxCoeff() <= 1e-11 * one.values.tail(1)[0]);
      CHECK(many.overlap <= 1e-10);
      const Eigen::MatrixXd gram = many.vectors.transpose() * (pencil.mass * many.vectors);
      CHECK((gram - Eigen::MatrixXd::Identity(130, 130)).cwiseAbs().maxCoeff() <= 1e-9);
    }
  }
}

TEST_CASE("vectors of a cluster that a cut runs through are made orthogonal, and stay eigenvectors") {
  // Copies of an eigenvalue of the sphere, rotated against each other as two slices would leave them.
  const Pencil pencil = laplacian(make_sphere(1, 0.2)).pencil;
  const Eigenpairs exact = eigenpairs(pencil, {.count = 9});
  Pairs pairs{exact.values, exact.residuals, VectorStore(pencil.size(), 9, {})};
  pairs.vectors.put(0, exact.vectors);
  pairs.vectors.put(1, exact.vectors.col(1) + 1e-3 * exact.vectors.col(2));
  const double left = join_slices(pencil, spectral_scale(pencil), {0, 2}, pairs);
  CHECK(left <= 1e-12);
  CHECK((pairs.values - exact.values).cwiseAbs().maxCoeff() <= 1e-10 * exact.values[8]);
  CHECK(pairs.residuals.maxCoeff() <= 1e-9);
}

TEST_CASE("many narrow slices of a spectrum full of exact multiplets") {
  // The icosahedron's symmetry makes copies of up to 5; just outside of a slice there are multiplets, too.
  const Pencil pencil = laplacian(make_sphere(1, 0.09)).pencil;
  const Eigenpairs pairs = eigenpairs(pencil, {.count = 400, .vectors = false, .slice = 24});
  CHECK(pairs.plan.slices > 10);
  const EigenvalueCounter counter(pencil);
  for (Eigen::Index k = 40; k < 400; k += 40) {
    if (pairs.values[k] - pairs.values[k - 1] > 1e-7 * pairs.values[k]) {
      CHECK(counter.at((pairs.values[k] + pairs.values[k - 1]) / 2).count == k);
    }
  }
}

TEST_CASE("few pairs around one shift: all up to a gap, as a dense solver has them, whatever the law of the spectrum") {
  const struct {
    std::string name;
    Pencil pencil;
  } cases[] = {{"sphere", laplacian(make_sphere(1, 0.17)).pencil},
               {"circle", laplacian(make_circle(1, 0.002)).pencil},
               {"ball", laplacian(make_ball(1, 0.3)).pencil},
               {"a grid's multiplets, M = I", grid(24)},
               {"24 spheres: 24 null modes, 72 of the next", copies(laplacian(make_sphere(1, 0.8)).pencil, 24)}};
  for (const auto& [name, pencil] : cases) {
    CAPTURE(name);
    REQUIRE(pencil.size() > 400); // smaller ones are solved densely
    const EigenvalueCounter counter(pencil);
    const std::optional<LowestPairs> lowest = solve_lowest(SliceProblem(counter), counter, 30, {.block = 8});
    REQUIRE(lowest);
    const Eigen::VectorXd dense = dense_eigenvalues(pencil);
    const Eigen::VectorXd& values = lowest->pairs.values;
    CHECK(values.size() >= 30);
    CHECK((dense.array() <= lowest->slice.high).count() == values.size());
    CHECK((values - dense.head(values.size())).cwiseAbs().maxCoeff() <= 1e-11 * dense.tail(1)[0]);
    CHECK(lowest->pairs.residuals.maxCoeff() <= 1e-9);
  }
}

TEST_CASE("without vectors: the same eigenvalues and residuals") {
  const Pencil pencil = torus();
  const Eigenpairs with = eigenpairs(pencil, {.count = 60});
  const Eigenpairs without = eigenpairs(pencil, {.count = 60, .vectors = false});
  CHECK(without.values == with.values);
  CHECK(without.residuals == with.residuals);
  CHECK(without.vectors.cols() == 0);
  CHECK(without.vectors.rows() == pencil.size());
}

TEST_CASE("all pairs of a pencil too large to be solved densely") {
  const Pencil pencil = laplacian(make_sphere(1, 0.17)).pencil;
  REQUIRE(pencil.size() > 400);
  const Eigenpairs pairs = eigenpairs(pencil, {.count = pencil.size()});
  REQUIRE(pairs.values.size() == pencil.size());
  CHECK((pairs.values - dense_eigenvalues(pencil)).cwiseAbs().maxCoeff() <= 1e-11 * pairs.values.tail(1)[0]);
}

TEST_CASE("progress rises to what inertia promises") {
  std::int64_t last = 0;
  std::int64_t expected = 0;
  const auto listen = [&](const EigenProgress& progress) {
    CHECK(progress.found > last);
    last = progress.found;
    expected = progress.expected;
  };
  const Eigenpairs pairs = eigenpairs(torus(), {.count = 80, .slice = 20, .progress = listen});
  CHECK(last == expected);
  CHECK(expected >= pairs.values.size());
}

TEST_CASE("a checkpoint is resumed to the same result, whatever of it is there") {
  const Pencil pencil = torus();
  const TempDir temporary;
  const std::filesystem::path folder = temporary.folder() / "resumed";
  EigenOptions options{.count = 90, .slice = 20};
  const Eigenpairs whole = eigenpairs(pencil, options);
  options.checkpoint = folder;
  const auto check = [&](std::int64_t resumed) {
    const Eigenpairs pairs = eigenpairs(pencil, options);
    CHECK(pairs.plan.resumed == resumed);
    CHECK(pairs.values == whole.values);
    CHECK(pairs.residuals == whole.residuals);
    CHECK(pairs.vectors == whole.vectors);
    CHECK(pairs.cut == whole.cut);
  };
  const std::int64_t slices = whole.plan.slices;
  REQUIRE(slices >= 3);
  check(0);
  check(slices);
  std::filesystem::remove(folder / "slice-00001.npz");
  std::filesystem::resize_file(folder / "slice-00002.npz", 1000); // damaged: is computed again
  check(slices - 2);

  SUBCASE("another computation is refused") {
    options.count = 91;
    CHECK_THROWS_WITH_AS(eigenpairs(pencil, options), doctest::Contains("another computation"), InputError);
    CHECK_THROWS_AS(eigenpairs(laplacian(make_sphere(1, 0.1)).pencil, {.count = 90, .checkpoint = options.checkpoint}),
                    InputError);
  }
  SUBCASE("a folder that cannot be made, or holds something else, is refused") {
    options.checkpoint = folder / "slice-00001.npz" / "below";
    CHECK_THROWS_AS(eigenpairs(pencil, options), InputError);
    std::ofstream(folder / "plan.json") << "{";
    options.checkpoint = folder;
    CHECK_THROWS_WITH_AS(eigenpairs(pencil, options), doctest::Contains("not a plan"), InputError);
  }
}

TEST_CASE("memory is planned: fewer slices at a time, or a refusal with the figure and the remedy") {
  const Pencil pencil = torus();
  const Eigenpairs free = eigenpairs(pencil, {.count = 90, .threads = 4, .slice = 20});
  CHECK(free.plan.concurrent == 4);
  CHECK(free.plan.memory < available_memory());
  const Eigenpairs tight =
      eigenpairs(pencil, {.count = 90, .threads = 4, .slice = 20, .memory = 0.5 * free.plan.memory});
  CHECK(tight.plan.concurrent < 4);
  CHECK(tight.plan.memory <= 0.5 * free.plan.memory);
  CHECK((tight.values - free.values).cwiseAbs().maxCoeff() <= 1e-11 * free.values.tail(1)[0]);
  CHECK_THROWS_WITH_AS(eigenpairs(pencil, {.count = 90, .memory = 1e5}), doctest::Contains("GiB of memory are needed"),
                       NumericalError);
  // Few pairs of a larger pencil: one slice at a time, which all threads share.
  const Pencil larger = laplacian(make_sphere(1, 0.03)).pencil;
  const Eigenpairs few = eigenpairs(larger, {.count = 40, .threads = 4, .slice = 20});
  CHECK(few.plan.slices > 1);
  CHECK(few.plan.concurrent == 1);
}

TEST_CASE("no slice of a small pencil is so large that its Krylov space nears the whole space") {
  const Pencil pencil = laplacian(make_sphere(1, 0.09)).pencil;
  REQUIRE(pencil.size() < 3000);
  CHECK(eigenpairs(pencil, {.count = 128, .threads = 1}).plan.slices > 1);
}

TEST_CASE("vectors in a file are those in memory, need none of it, and appear whole or not at all") {
  const Pencil pencil = torus();
  const TempDir folder;
  const std::string path = folder.path("modes.npy");
  std::vector<int> rows(static_cast<std::size_t>(pencil.size())); // every unknown two rows further on
  std::iota(rows.begin(), rows.end(), 2);
  const VectorFile file{.path = path, .rows = pencil.size() + 5, .row_of_unknown = rows};
  const auto check = [&](const EigenOptions& in_memory) {
    EigenOptions on_disk = in_memory;
    on_disk.vector_file = file;
    const Eigenpairs expected = eigenpairs(pencil, in_memory);
    const Eigenpairs pairs = eigenpairs(pencil, on_disk);
    CHECK(pairs.vectors.cols() == 0);
    CHECK(pairs.plan.memory <= expected.plan.memory);
    CHECK(pairs.values == expected.values);
    const std::string bytes = slurp(path);
    REQUIRE(bytes.size() == 128 + 8 * static_cast<std::size_t>((pencil.size() + 5) * expected.vectors.cols()));
    CHECK(bytes.substr(1, 5) == "NUMPY");
    const Eigen::Map<const Eigen::MatrixXd> stored(reinterpret_cast<const double*>(bytes.data() + 128),
                                                   pencil.size() + 5, expected.vectors.cols());
    CHECK(stored(rows, Eigen::all) == expected.vectors);
    CHECK(stored.topRows(2).isZero(0));
    CHECK(stored.bottomRows(3).isZero(0));
  };
  check({.count = 90, .threads = 1, .slice = 20});
  check({.interval = {{900.0, 2000.0}}, .threads = 1, .slice = 20});
  std::filesystem::remove(path);
  EigenOptions impossible{.count = 90, .vector_file = file, .tolerance = 1e-30};
  CHECK_THROWS_AS(eigenpairs(pencil, impossible), NumericalError);
  CHECK(std::filesystem::is_empty(folder.folder()));
  impossible.vector_file.path = folder.path("no folder/modes.npy");
  CHECK_THROWS_WITH_AS(eigenpairs(pencil, impossible), doctest::Contains("cannot be written"), InputError);
}

TEST_CASE("the kernels of every instruction set that this machine has compute the same") {
  const Pencil pencil = laplacian(make_sphere(1, 0.1)).pencil;
  const auto n = static_cast<int>(pencil.size());
  for (int rank = 0; kernels_of_rank(rank) != nullptr; ++rank) {
    const Kernels* kernel = kernels_of_rank(rank);
    CAPTURE(kernel->name);
    for (const int width : {8, 16}) {
      const Block x = random_block(n, width, 1);
      const Block w = random_block(n, 16, 2);
      Block y(n, width);
      kernel->multiply(pencil.mass.outerIndexPtr(), pencil.mass.innerIndexPtr(), pencil.mass.valuePtr(), 0, n, x.data(),
                       y.data(), width);
      CHECK((y.matrix() - pencil.mass * x.matrix()).norm() <= 1e-14 * y.matrix().norm());
      RowMajor c = RowMajor::Zero(width, 16);
      kernel->add_gram(x.data(), width, w.data(), 16, n, c.data(), x.data());
      const RowMajor expected = x.matrix().transpose() * w.matrix();
      CHECK((c - expected).norm() <= 1e-13 * std::sqrt(n) * expected.norm());
      Block v(n, 16);
      v.matrix() = w.matrix();
      kernel->subtract(x.data(), width, c.data(), n, v.data(), 16, x.data());
      CHECK((v.matrix() - (w.matrix() - x.matrix() * c)).norm() <= 1e-13 * v.matrix().norm());
    }
    for (const int columns :
         {1, 5, 8, 9, 31, 64}) { // a supernode of 70 rows: L D Lᵀ of its triangle, and solves with it
      constexpr int rows = 70;
      CAPTURE(columns);
      const Eigen::MatrixXd random = Eigen::MatrixXd::Random(rows, rows);
      const Eigen::MatrixXd a = random * random.transpose() + rows * Eigen::MatrixXd::Identity(rows, rows);
      Eigen::MatrixXd l = a.leftCols(columns);
      Eigen::VectorXd d(columns);
      kernel->factor_columns(l.data(), rows, columns, d.data());
      l.topRows(columns).triangularView<Eigen::StrictlyUpper>().setZero();
      l.diagonal().setOnes();
      const Eigen::MatrixXd product = l * d.asDiagonal() * l.transpose();
      CHECK((product.leftCols(columns) - a.leftCols(columns)).norm() <= 1e-13 * a.norm());
      Eigen::MatrixXd u(rows - columns, rows - columns);
      kernel->outer(u.data(), rows - columns, l.data() + columns, rows, columns, d.data());
      const Eigen::MatrixXd update = -product.bottomRightCorner(rows - columns, rows - columns);
      CHECK((u - update).triangularView<Eigen::Lower>().toDenseMatrix().norm() <= 1e-13 * a.norm());

      std::vector<int> row(rows);
      for (int i = 0; i < rows; ++i) {
        row[static_cast<std::size_t>(i)] = i;
      }
      const SupernodeBlock node{l.data(), row.data(), rows, columns};
      Eigen::MatrixXd whole = Eigen::MatrixXd::Identity(rows, rows);
      whole.leftCols(columns) = l;
      Eigen::VectorXd pivots = Eigen::VectorXd::Ones(rows);
      pivots.head(columns) = d;
      for (const int width : {8, 16}) {
        const Block b = random_block(rows, width, 3);
        Block x(rows, width);
        x.matrix() = b.matrix();
        kernel->solve_lower(node, x.data(), width);
        CHECK((whole * x.matrix() - b.matrix()).norm() <= 1e-13 * b.matrix().norm());
        kernel->solve_upper(node, d.data(), x.data(), width);
        CHECK((whole * pivots.asDiagonal() * whole.transpose() * x.matrix() - b.matrix()).norm() <=
              1e-12 * b.matrix().norm());
      }
    }
  }
}
