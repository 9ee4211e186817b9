// SPDX-License-Identifier: GPL-3.0-or-later
// Surfaces cut by planes, and made symmetric from copies of a part.

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include <Eigen/Geometry>
#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/clip.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/symmetry/isometries.hpp"
#include "weyl/symmetry/symmetrize.hpp"

using namespace weyl;

namespace {

/// An icosphere turned so that none of its symmetries is about a coordinate axis.
Mesh turned_sphere() {
  Mesh mesh = make_mesh("icosphere", 0.3);
  const Eigen::Matrix3d turn = Eigen::AngleAxisd(0.7, Eigen::Vector3d(0.3, -0.5, 0.9).normalized()).toRotationMatrix();
  for (int v = 0; v < mesh.vertex_count; ++v) {
    Eigen::Map<Eigen::Vector3d> x(&mesh.positions[3 * static_cast<std::size_t>(v)]);
    x = turn * Eigen::Vector3d(x);
  }
  return mesh;
}

} // namespace

TEST_CASE("a plane cuts a sphere into two disks, whose areas are together about that of the sphere") {
  const Mesh ball = turned_sphere();
  const Eigen::Vector3d normal(0.2, 0.4, -1);
  const Mesh above = clip(ball, normal);
  const Mesh below = clip(ball, -normal);
  for (const Mesh& half : {above, below}) {
    CHECK(topology(half).euler_characteristic == 1);
    CHECK(topology(half).boundary_components == 1);
  }
  for (int v = 0; v < above.vertex_count; ++v) {
    CHECK(normal.dot(Eigen::Map<const Eigen::Vector3d>(above.position(v).data())) >= -1e-12);
  }
  // Vertices that move onto the plane turn their triangles by at most 0.05: areas change by less than 0.05² relative.
  CHECK(volume(above) + volume(below) == doctest::Approx(volume(ball)).epsilon(0.0025));
}

TEST_CASE("copies of a part of a sphere are a sphere with the group asked for, near the one that was given") {
  const Mesh ball = turned_sphere();
  for (const std::string symbol : {"Cs", "Ci", "C2", "C5", "C3v", "D3", "D2d", "S4", "T", "Th", "O", "Oh", "Ih"}) {
    CAPTURE(symbol);
    const Symmetrized result = symmetrize(ball, symbol);
    CHECK(result.group.name == symbol);
    CHECK(topology(result.mesh).euler_characteristic == 2);
    CHECK(topology(result.mesh).boundary_facets == 0);
    CHECK(isometry_group(result.mesh).order() % result.group.order() == 0); // Lagrange: a subgroup of what is found
    // Both surfaces lie between the unit sphere and its chords: edges of at most h leave h²/8, and vertices that moved
    // along edges as much again.
    CHECK(result.defect.moved.largest <= 2 * 0.3 * 0.3 / 8);
    CHECK(result.defect.strayed.largest <= 2 * 0.3 * 0.3 / 8);
    CHECK(volume(result.mesh) == doctest::Approx(volume(ball)).epsilon(0.01));
  }
}

TEST_CASE("a shape that is not symmetric is refused: which vertex, and by how much") {
  Mesh ball = turned_sphere();
  for (std::size_t i = 2; i < ball.positions.size(); i += 3) {
    ball.positions[i] *= 2;
  }
  CHECK_THROWS_WITH_AS(symmetrize(ball, "C3", {.axis = Eigen::Vector3d(1, 0, 0)}),
                       doctest::Contains("a rotation of order 3"), InputError);
  CHECK(symmetrize(ball, "D2h").group.order() == 8); // an ellipsoid has it about any axes across z
}

TEST_CASE("in the plane half turns fix points or axes, and the inversion is a half turn") {
  // The copies are the disk itself: no curvature, and a border of 63 edges that is moved by less than its sagitta h²/8.
  const Mesh disk = make_mesh("disk", 0.1);
  for (const auto& [symbol, name, order] :
       {std::tuple("C2", "C2", 2), std::tuple("Ci", "C2", 2), std::tuple("D2", "C2v", 4), std::tuple("S4", "C4", 4)}) {
    CAPTURE(symbol);
    const Symmetrized result = symmetrize(disk, symbol);
    CHECK(result.group.name == name);
    CHECK(result.group.order() == order);
    CHECK(topology(result.mesh).euler_characteristic == 1);
    CHECK(result.defect.moved.largest <= 0.1 * 0.1 / 8);
    CHECK(result.defect.strayed.root_mean_square <= result.defect.strayed.largest);
  }
}

TEST_CASE("a surface without points in a fundamental cell is refused") {
  Mesh mesh{.dimension = 2, .ambient_dimension = 3, .vertex_count = 6};
  mesh.positions = {1, 0, 0, 1, 0.1, 0, 1, 0, 0.1, -1, 0, 0, -1, 0.1, 0, -1, 0, 0.1};
  mesh.cells = {0, 1, 2, 3, 4, 5};
  CHECK_THROWS_AS(symmetrize(mesh, "Ih", {.tolerance = 100}), InputError);
}

TEST_CASE("a mirror that holds the whole surface has no fundamental cell") {
  CHECK_THROWS_WITH_AS(symmetrize(make_mesh("disk", 0.3), "C3h"), doctest::Contains("moves nothing"), InputError);
  CHECK(symmetrize(make_mesh("disk", 0.3), "C3v").group.order() == 6);
}
