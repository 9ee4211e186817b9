// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/intrinsic_delaunay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "mesh/facts.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

/// Sum of the cotangents of the angles opposite each edge, edges told apart by their ends and length.
std::map<std::tuple<int, int, long>, std::vector<double>> opposite_cotangents(const Mesh& mesh) {
  std::map<std::tuple<int, int, long>, std::vector<double>> result;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto squared = edge_lengths_squared(mesh, c);
    const double four_areas = 4 * cell_volume(mesh, c);
    for (std::size_t e = 0; e < 3; ++e) {
      const auto [low, high] = std::minmax(mesh.cell(c)[static_cast<std::size_t>(simplex_edges[e][0])],
                                           mesh.cell(c)[static_cast<std::size_t>(simplex_edges[e][1])]);
      const double sum = squared[0] + squared[1] + squared[2] - 2 * squared[e];
      result[{low, high, std::lround(std::sqrt(squared[e]) * 1e7)}].push_back(sum / four_areas);
    }
  }
  return result;
}

double least_weight(const Mesh& mesh) {
  double least = std::numeric_limits<double>::max();
  for (const auto& [edge, cotangents] : opposite_cotangents(mesh)) {
    if (cotangents.size() == 2) {
      least = std::min(least, cotangents[0] + cotangents[1]);
    }
  }
  return least;
}

/// A plane rectangle with vertices moved at random, triangulated as the regular grid was: no triangle turns over, but
/// many edges are not Delaunay. Stretched, so that they are far from it.
Mesh distorted_rectangle(double stretch) {
  Mesh mesh = make_rectangle(1, 1, 0.05);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> shift(-0.008, 0.008);
  for (int v = 0; v < mesh.vertex_count; ++v) {
    double* const p = mesh.positions.data() + static_cast<std::size_t>(v) * 2;
    for (std::size_t k = 0; k < 2; ++k) {
      p[k] += p[0] > 0 && p[0] < 1 && p[1] > 0 && p[1] < 1 ? shift(random) : 0.0;
    }
  }
  for (std::size_t i = 0; i < mesh.positions.size(); i += 2) {
    mesh.positions[i] = stretch * mesh.positions[i] + 3 * mesh.positions[i + 1];
  }
  return mesh;
}

std::vector<double> sorted_boundary_lengths(const Mesh& mesh) {
  std::vector<double> lengths;
  for (const auto& [edge, cotangents] : opposite_cotangents(mesh)) {
    if (cotangents.size() == 1) {
      lengths.push_back(static_cast<double>(std::get<2>(edge)));
    }
  }
  std::sort(lengths.begin(), lengths.end());
  return lengths;
}

} // namespace

TEST_CASE("after the flips all triangles are Delaunay and the metric is the same") {
  for (const Mesh& mesh :
       {distorted_rectangle(1), distorted_rectangle(20), make_ellipsoid(1, 0.3, 0.1, 0.1), make_mobius(3.5, 1, 0.2)}) {
    REQUIRE(least_weight(mesh) < -1e-3);
    const IntrinsicDelaunay delaunay = intrinsic_delaunay(mesh);
    CHECK(delaunay.flips > 0);
    CHECK(delaunay.mollification == 0);
    CHECK(least_weight(delaunay.mesh) > -1e-7);
    CHECK(volume(delaunay.mesh) == doctest::Approx(volume(mesh)).epsilon(1e-12));
    CHECK(delaunay.mesh.vertex_count == mesh.vertex_count);
    CHECK(delaunay.mesh.cell_count() == mesh.cell_count());
    CHECK(delaunay.mesh.positions == mesh.positions);
    CHECK(sorted_boundary_lengths(delaunay.mesh) == sorted_boundary_lengths(mesh));
  }
}

TEST_CASE("flips keep an oriented surface oriented") {
  CHECK(facts::is_oriented(intrinsic_delaunay(distorted_rectangle(1)).mesh));
}

TEST_CASE("in the plane the intrinsic lengths are distances between the vertices") {
  const Mesh flipped = intrinsic_delaunay(distorted_rectangle(3)).mesh;
  Mesh embedded = flipped;
  embedded.edge_lengths.clear();
  for (std::size_t c = 0; c < flipped.cell_count(); ++c) {
    const auto lengths = edge_lengths_squared(flipped, c);
    const auto distances = edge_lengths_squared(embedded, c);
    for (std::size_t e = 0; e < 3; ++e) {
      REQUIRE(lengths[e] == doctest::Approx(distances[e]).epsilon(1e-10));
    }
  }
}

TEST_CASE("a Delaunay mesh stays as it is") {
  for (const char* kind : {"icosphere", "icosahedron", "flat-torus", "klein", "disk"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind);
    const IntrinsicDelaunay delaunay = intrinsic_delaunay(mesh);
    CHECK(delaunay.flips == 0);
    CHECK(delaunay.mesh.cells == mesh.cells);
    CHECK(volume(delaunay.mesh) == doctest::Approx(volume(mesh)).epsilon(1e-14));
  }
}

TEST_CASE("a sheared flat torus comes out with the triangles of the reduced lattice") {
  // R² modulo the lattice of (1,0) and (4,1): the same torus as for (1,0) and (0,1). One vertex; the three edges are
  // loops of the lengths of (1,0), (4,1) and (5,1), told apart by these.
  Mesh torus;
  torus.ambient_dimension = 0;
  torus.vertex_count = 1;
  const double a = std::sqrt(17.0);
  const double b = std::sqrt(26.0);
  torus.cells = {0, 0, 0, 0, 0, 0};
  torus.edge_lengths = {1, b, a, 1, b, a};
  const IntrinsicDelaunay delaunay = intrinsic_delaunay(torus);
  CHECK(delaunay.flips == 4);
  CHECK(volume(delaunay.mesh) == doctest::Approx(1).epsilon(1e-14));
  std::vector<double> lengths = delaunay.mesh.edge_lengths;
  std::sort(lengths.begin(), lengths.end());
  CHECK(lengths[0] == doctest::Approx(1).epsilon(1e-14));
  CHECK(lengths[3] == doctest::Approx(1).epsilon(1e-14));
  CHECK(lengths[5] == doctest::Approx(std::sqrt(2.0)).epsilon(1e-14));
}

TEST_CASE("boundary edges and non-manifold edges are never flipped") {
  // Three obtuse triangles on the edge (0,1): flipping is impossible there, however large the angles.
  Mesh book;
  book.vertex_count = 5;
  book.positions = {0, 0, 0, 1, 0, 0, 0.5, 0.1, 0, 0.5, -0.1, 0, 0.5, 0, 0.1};
  book.cells = {0, 1, 2, 0, 1, 3, 0, 1, 4};
  CHECK(intrinsic_delaunay(book).flips == 0);
  CHECK(intrinsic_delaunay(book).mesh.cells == book.cells);

  Mesh kite = book; // two of them: the edge is flipped, the boundary is not
  kite.vertex_count = 4;
  kite.positions.resize(12);
  kite.cells.resize(6);
  const IntrinsicDelaunay delaunay = intrinsic_delaunay(kite);
  CHECK(delaunay.flips == 1);
  CHECK(*std::min_element(delaunay.mesh.edge_lengths.begin(), delaunay.mesh.edge_lengths.end()) ==
        doctest::Approx(0.2).epsilon(1e-14));
}

TEST_CASE("triangles that face oppositely are flipped like others") {
  Mesh kite;
  kite.ambient_dimension = 2;
  kite.vertex_count = 4;
  kite.positions = {0, 0, 1, 0, 0.6, 0.1, 0.3, -0.2};
  kite.cells = {0, 1, 2, 0, 1, 3};
  const double area = volume(kite);
  for (std::size_t turn = 0; turn < 3; ++turn) {
    const IntrinsicDelaunay delaunay = intrinsic_delaunay(kite);
    CHECK(delaunay.flips == 1);
    CHECK(volume(delaunay.mesh) == doctest::Approx(area).epsilon(1e-14));
    const auto longest = std::hypot(0.3, 0.3);
    CHECK(std::count_if(delaunay.mesh.edge_lengths.begin(), delaunay.mesh.edge_lengths.end(),
                        [&](double l) { return std::abs(l - longest) < 1e-14; }) == 2);
    std::rotate(kite.cells.begin() + 3, kite.cells.begin() + 4, kite.cells.end());
  }
}

TEST_CASE("degenerate triangles are mollified and become usable") {
  // The vertex 3 lies on the edge (0,1): the triangle (0,1,3) has no area.
  Mesh mesh;
  mesh.ambient_dimension = 2;
  mesh.vertex_count = 5;
  mesh.positions = {0, 0, 1, 0, 0.5, 1, 0.5, 0, 0.5, -1};
  mesh.cells = {0, 1, 2, 1, 0, 3, 0, 4, 3, 4, 1, 3};
  const IntrinsicDelaunay delaunay = intrinsic_delaunay(mesh, {.slack = 1e-8});
  CHECK(delaunay.mollification > 0);
  CHECK(delaunay.mollification < 2e-8);
  CHECK(delaunay.flips >= 1);
  CHECK(volume(delaunay.mesh) == doctest::Approx(2 * 0.5 * 1 * 1).epsilon(1e-3));
  CHECK(least_weight(delaunay.mesh) > -1e-7);
  for (std::size_t c = 0; c < 4; ++c) {
    CHECK(cell_volume(delaunay.mesh, c) > 0.2);
  }
}

TEST_CASE("mollification adds the least length that is enough") {
  Mesh mesh;
  mesh.ambient_dimension = 0;
  mesh.vertex_count = 3;
  mesh.cells = {0, 1, 2};
  mesh.edge_lengths = {1, 1, 2};
  const IntrinsicDelaunay delaunay = intrinsic_delaunay(mesh, {.slack = 0.03});
  CHECK(delaunay.mollification == doctest::Approx(0.03 * 4 / 3).epsilon(1e-12));
  CHECK(delaunay.mesh.edge_lengths[0] + delaunay.mesh.edge_lengths[1] - delaunay.mesh.edge_lengths[2] ==
        doctest::Approx(0.03 * 4 / 3).epsilon(1e-12));
}

TEST_CASE("what is no surface with lengths is refused") {
  CHECK_THROWS_AS(intrinsic_delaunay(make_ball(1, 0.9)), InputError);
  CHECK_THROWS_AS(intrinsic_delaunay(make_circle(1, 0.1)), InputError);
  CHECK_THROWS_AS(intrinsic_delaunay(Mesh{}), InputError);
  CHECK_THROWS_AS(intrinsic_delaunay(make_sphere(1, 0.9), {.slack = 0}), InputError);
  CHECK_THROWS_AS(intrinsic_delaunay(make_sphere(1, 0.9), {.slack = std::nan("")}), InputError);
  Mesh torus = make_flat_torus(1, 1, 0.3);
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    torus.edge_lengths[5] = bad;
    CHECK_THROWS_AS(intrinsic_delaunay(torus), InputError);
  }
  std::fill(torus.edge_lengths.begin(), torus.edge_lengths.end(), 0.0);
  CHECK_THROWS_AS(intrinsic_delaunay(torus), InputError);
}
