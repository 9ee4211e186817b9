// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/refine.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mesh/facts.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

/// The same mesh with its metric as edge lengths instead of positions.
Mesh intrinsic(Mesh mesh) {
  const auto edges = static_cast<std::size_t>(simplex_edge_count(mesh.dimension));
  std::vector<double> lengths;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto squared = edge_lengths_squared(mesh, c);
    for (std::size_t e = 0; e < edges; ++e) {
      lengths.push_back(std::sqrt(squared[e]));
    }
  }
  mesh.edge_lengths = lengths;
  mesh.positions.clear();
  mesh.ambient_dimension = 0;
  return mesh;
}

} // namespace

TEST_CASE("refinement keeps the space: volume, topology, orientation, old vertices") {
  for (const char* kind : {"interval", "circle", "disk", "mobius", "icosphere", "flat-torus", "klein", "box", "ball"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.9);
    const Mesh fine = refine(mesh, 2);
    CHECK(fine.cell_count() == mesh.cell_count() << (2 * mesh.dimension));
    CHECK(volume(fine) == doctest::Approx(volume(mesh)).epsilon(1e-12));
    CHECK(facts::euler_characteristic(fine) == facts::euler_characteristic(mesh));
    CHECK(facts::is_manifold(fine));
    CHECK(facts::has_clean_vertices(fine));
    CHECK(facts::boundary(fine).size() == facts::boundary(mesh).size() << (2 * (mesh.dimension - 1)));
    for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
      REQUIRE(fine.positions[i] == mesh.positions[i]);
    }
  }
  CHECK(facts::is_oriented(refine(make_sphere(1, 0.9), 2)));
  const Mesh ball = refine(make_ball(1, 0.9), 2);
  for (std::size_t c = 0; c < ball.cell_count(); ++c) {
    REQUIRE(facts::signed_volume(ball, c) > 0);
  }
}

TEST_CASE("zero levels change nothing, two levels are one level twice") {
  const Mesh mesh = make_ball(1, 0.9);
  CHECK(refine(mesh, 0).cells == mesh.cells);
  CHECK(refine(mesh, 2).cells == refine(refine(mesh)).cells);
  CHECK(refine(mesh, 2).positions == refine(refine(mesh)).positions);
}

TEST_CASE("the children of a triangle are similar to it") {
  const Mesh mesh = make_ellipsoid(1, 0.7, 0.4, 0.5);
  const auto [least, greatest] = facts::angles(mesh);
  const auto [fine_least, fine_greatest] = facts::angles(refine(mesh, 3));
  CHECK(fine_least == doctest::Approx(least).epsilon(1e-9));
  CHECK(fine_greatest == doctest::Approx(greatest).epsilon(1e-9));
}

TEST_CASE("at most three shapes of tetrahedra descend from one, so quality is bounded over any number of levels") {
  Mesh corner; // no symmetry at all
  corner.dimension = 3;
  corner.vertex_count = 4;
  corner.positions = {0, 0, 0, 1, 0.1, 0.05, 0.2, 0.9, -0.1, 0.15, 0.3, 1.2};
  corner.cells = {0, 1, 2, 3};
  const auto first = facts::angles(refine(corner, 1));
  Mesh fine = corner;
  for (int level = 1; level <= 5; ++level) {
    fine = refine(fine);
    std::set<std::vector<long>> shapes;
    for (std::size_t c = 0; c < fine.cell_count(); ++c) {
      auto squared = edge_lengths_squared(fine, c);
      std::sort(squared.begin(), squared.end());
      std::vector<long> shape(squared.size());
      std::transform(squared.begin(), squared.end(), shape.begin(),
                     [&](double s) { return std::lround(s * std::ldexp(1.0, 2 * level) * 1e6); });
      shapes.insert(shape);
      REQUIRE(cell_volume(fine, c) == doctest::Approx(volume(corner) * std::ldexp(1.0, -3 * level)).epsilon(1e-9));
    }
    CHECK(shapes.size() <= 3);
    CHECK(facts::angles(fine).first >= std::min(first.first, facts::angles(corner).first) * 0.999);
  }
}

TEST_CASE("the model meshes of solids keep their quality over four levels") {
  for (const char* kind : {"ball", "box"}) {
    const Mesh mesh = make_mesh(kind, 1.2);
    CAPTURE(kind);
    const auto once = facts::angles(refine(mesh, 1));
    const auto often = facts::angles(refine(mesh, 4));
    CHECK(often.first > once.first - 1);
    CHECK(often.second < once.second + 1);
  }
}

TEST_CASE("an intrinsic mesh refines to the lengths of the embedded one") {
  for (const char* kind : {"circle", "icosphere", "ball", "box:1,2,3"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.9);
    const Mesh embedded = intrinsic(refine(mesh, 2));
    const Mesh lengths = refine(intrinsic(mesh), 2);
    CHECK(lengths.positions.empty());
    REQUIRE(lengths.cells == embedded.cells);
    for (std::size_t i = 0; i < lengths.edge_lengths.size(); ++i) {
      REQUIRE(lengths.edge_lengths[i] == doctest::Approx(embedded.edge_lengths[i]).epsilon(1e-12));
    }
  }
}

TEST_CASE("two edges between the same vertices keep two midpoints when their lengths differ") {
  // Two triangles over the same three vertices, glued along one edge only: a bigon-shaped disk.
  Mesh mesh;
  mesh.ambient_dimension = 0;
  mesh.vertex_count = 3;
  mesh.cells = {0, 1, 2, 1, 0, 2};
  mesh.edge_lengths = {1, 1, 1, 1, 0.8, 0.9}; // (0,1) is shared; (0,2) and (1,2) differ
  CHECK(number_edges(mesh).count == 5);
  CHECK(refine(mesh).vertex_count == 8);
  CHECK(volume(refine(mesh)) == doctest::Approx(volume(mesh)).epsilon(1e-14));
}

TEST_CASE("a non-manifold edge has one midpoint, a doubled segment two") {
  Mesh book;
  book.vertex_count = 5;
  book.positions = {0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, -1, 0, 0};
  book.cells = {0, 1, 2, 0, 1, 3, 0, 1, 4};
  CHECK(refine(book).vertex_count == 5 + 7);

  Mesh doubled;
  doubled.dimension = 1;
  doubled.ambient_dimension = 0;
  doubled.vertex_count = 2;
  doubled.cells = {0, 1, 1, 0};
  doubled.edge_lengths = {1, 1};
  CHECK(refine(doubled).vertex_count == 4);
  CHECK(facts::euler_characteristic(refine(doubled)) == 0);
}

TEST_CASE("levels that make no sense are refused") {
  const Mesh mesh = make_sphere();
  CHECK_THROWS_WITH_AS(refine(mesh, -1), "refine: the number of levels must not be negative, but is -1", InputError);
  CHECK_THROWS_AS(refine(mesh, 10), InputError);
  CHECK_THROWS_AS(refine(mesh, 2000000000), InputError);
}
