// SPDX-License-Identifier: GPL-3.0-or-later
// Cells are enclosed: in the digits that rounding leaves, and in the constants of nonconforming interpolation.

#include <cmath>
#include <numbers>
#include <vector>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/cell_enclosure.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/refine.hpp"

using namespace weyl;

namespace {

Mesh simplex(int d, int n, std::vector<double> positions) {
  Mesh mesh{.dimension = d, .ambient_dimension = n, .vertex_count = d + 1, .positions = std::move(positions)};
  for (int i = 0; i <= d; ++i) {
    mesh.cells.push_back(i);
  }
  return mesh;
}

void check_contains(double middle, double radius, double truth) {
  CAPTURE(middle);
  CAPTURE(radius);
  CHECK(std::abs(middle - truth) <= radius);
}

/// C_T of a simplex from below: the largest ‖v‖/‖∇v‖ among linear elements on its refinement with mean 0 on each facet.
double interpolation_constant(const Mesh& cell, int levels) {
  const Mesh mesh = refine(cell, levels);
  const Laplacian l = laplacian(mesh);
  const auto n = static_cast<Eigen::Index>(l.vertex_of_dof.size());
  // Means over the facets by the trapezium rule of each of their pieces, found by barycentric coordinates.
  Eigen::MatrixXd means = Eigen::MatrixXd::Zero(n, cell.dimension + 1);
  const std::size_t children = mesh.cell_count();
  for (std::size_t child = 0; child < children; ++child) {
    const auto corners = child_corners(cell.dimension, levels, child);
    for (int facet = 0; facet <= cell.dimension; ++facet) {
      std::vector<int> on;
      for (int i = 0; i <= cell.dimension; ++i) {
        if (corners[static_cast<std::size_t>(i)][static_cast<std::size_t>(facet)] == 0) {
          on.push_back(mesh.cell(child)[static_cast<std::size_t>(i)]);
        }
      }
      if (on.size() == static_cast<std::size_t>(cell.dimension)) {
        for (const int v : on) {
          means(v, facet) += 1; // all pieces of a facet have the same size
        }
      }
    }
  }
  const Eigen::MatrixXd q = Eigen::HouseholderQR<Eigen::MatrixXd>(means).householderQ();
  const Eigen::MatrixXd basis = q.rightCols(n - cell.dimension - 1);
  const Eigen::MatrixXd stiffness = basis.transpose() * (l.pencil.stiffness * basis);
  const Eigen::MatrixXd mass = basis.transpose() * (l.pencil.mass * basis);
  return 1 /
         std::sqrt(Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd>(stiffness, mass, Eigen::EigenvaluesOnly)
                       .eigenvalues()[0]);
}

} // namespace

TEST_CASE("a right triangle is known to the last digits") {
  const CellEnclosure cell = enclose_cells(simplex(2, 2, {0, 0, 1, 0, 0, 1}), 0)[0];
  check_contains(cell.volume, cell.volume_radius, 0.5);
  check_contains(cell.stiffness[0], cell.stiffness_radius[0], -0.5);
  check_contains(cell.stiffness[2], cell.stiffness_radius[2], 0);
  CHECK(cell.volume_radius < 1e-15);
  CHECK(cell.stiffness_radius[0] < 1e-15);
  CHECK(cell.constant == doctest::Approx(2 * 0.1893 * 0.1893));
}

TEST_CASE("a triangle whose height is 2^-30 of its base is enclosed as sharply, in the plane and by lengths") {
  const double height = std::ldexp(1.0, -30);
  const Mesh sliver = simplex(2, 2, {0, 0, 1, 0, 0.5, height});
  const auto check = [&](const CellEnclosure& cell) {
    check_contains(cell.volume, cell.volume_radius, height / 2);
    check_contains(cell.stiffness[0], cell.stiffness_radius[0], (0.25 - height * height) / (2 * height));
    CHECK(cell.volume_radius < 1e-14 * cell.volume);
  };
  check(enclose_cells(sliver, 0)[0]);
  const double half = 0x1.0p-1; // sides 1, s, s with s² = 1/4 + 2^-50 in floating point
  Mesh intrinsic{.dimension = 2, .ambient_dimension = 0, .vertex_count = 3, .cells = {0, 1, 2}};
  intrinsic.edge_lengths = {1, half + std::ldexp(1.0, -50), half + std::ldexp(1.0, -50)};
  const CellEnclosure cell = enclose_cells(intrinsic, 0)[0];
  const double s = half + std::ldexp(1.0, -50);
  check_contains(cell.volume, cell.volume_radius + 1e-15 * cell.volume, std::sqrt((s - half) * (s + half)) / 2);
  CHECK(cell.volume_radius < 1e-13 * cell.volume);
}

TEST_CASE("refined cells are those of refine, but for its rounding") {
  for (const Mesh& mesh :
       {make_tetrahedron(1, 0.7), make_box(1, 2, 0.5, 0.9), make_klein(1, 1, 0.2), make_interval(3, 0.4)}) {
    const auto fine = enclose_cells(mesh, 2);
    const auto other = enclose_cells(refine(mesh, 2), 0);
    REQUIRE(fine.size() == other.size());
    for (std::size_t c = 0; c < fine.size(); ++c) {
      CHECK(fine[c].volume == doctest::Approx(other[c].volume).epsilon(1e-12));
      CHECK(fine[c].constant == doctest::Approx(other[c].constant).epsilon(1e-12));
      for (std::size_t e = 0; e < 6; ++e) {
        CHECK(std::abs(fine[c].stiffness[e] - other[c].stiffness[e]) < 1e-12 * (1 + std::abs(fine[c].stiffness[e])));
      }
    }
  }
}

TEST_CASE("cells without volume are refused, with their number") {
  CHECK_THROWS_WITH_AS(enclose_cells(simplex(2, 2, {0, 0, 1, 0, 2, 0}), 0),
                       "the mesh: cell 0 has no volume, so that its shape cannot be certified; repair the mesh",
                       InputError);
}

TEST_CASE("the constants of interpolation are above what finite elements find, on triangles of every shape") {
  const double equilateral = interpolation_constant(simplex(2, 2, {0, 0, 1, 0, 0.5, std::sqrt(0.75)}), 4);
  CHECK(equilateral == doctest::Approx(0.18907).epsilon(0.01));
  CHECK(equilateral < 0.1893);
  for (const double x : {0.0, 0.2, 0.5, 0.8}) {
    for (const double y : {0.05, 0.2, 0.5, 0.85, 1.2}) {
      const Mesh triangle = simplex(2, 2, {0, 0, 1, 0, x, y});
      CAPTURE(x);
      CAPTURE(y);
      CHECK(interpolation_constant(triangle, 3) < std::sqrt(enclose_cells(triangle, 0)[0].constant));
    }
  }
  for (const double z : {0.1, 0.5, 1.0, 2.0}) {
    const Mesh tetrahedron = simplex(3, 3, {0, 0, 0, 1, 0, 0, 0.4, 1, 0, 0.3, 0.2, z});
    CAPTURE(z);
    const double bound = std::sqrt(enclose_cells(tetrahedron, 0)[0].constant);
    const double found = interpolation_constant(tetrahedron, 3);
    CHECK(found < bound);
    CHECK(found > bound / 3);
  }
}
