// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/repair.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mesh/facts.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

/// The triangles of a surface in R^3 as a file would list them.
Soup soup_of(const Mesh& mesh) {
  Soup soup;
  soup.source = "test.off";
  soup.points = mesh.positions;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    soup.add_polygon(mesh.cell(c));
  }
  return soup;
}

/// The same triangles with points of their own, as STL files have them.
Soup exploded(const Mesh& mesh) {
  Soup soup;
  soup.source = "test.stl";
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    std::array<int, 3> corners{};
    for (std::size_t i = 0; i < 3; ++i) {
      corners[i] = static_cast<int>(soup.point_count());
      const auto p = mesh.position(mesh.cell(c)[i]);
      soup.points.insert(soup.points.end(), p.begin(), p.end());
    }
    soup.add_polygon(corners);
  }
  return soup;
}

bool says(const CheckedMesh& result, const std::string& text) {
  return std::find(result.warnings.begin(), result.warnings.end(), text) != result.warnings.end();
}

double six_volumes(const Mesh& mesh) {
  double sum = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    sum += facts::signed_volume(mesh, c);
  }
  return sum;
}

/// An octahedron with a further vertex at the distance `depth` below the middle of its edge (0,2), joined by a triangle
/// of that height.
Soup octahedron_with_cap(double depth) {
  Soup soup;
  soup.source = "cap.off";
  soup.points = {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0.5, 0.5, -depth};
  for (const auto& t : {std::array{0, 2, 4},
                        {2, 1, 4},
                        {1, 3, 4},
                        {3, 0, 4},
                        {2, 0, 6},
                        {6, 0, 5},
                        {2, 6, 5},
                        {1, 2, 5},
                        {3, 1, 5},
                        {0, 3, 5}}) {
    soup.add_polygon(t);
  }
  return soup;
}

} // namespace

TEST_CASE("a good surface is left alone, without a word") {
  const Mesh sphere = make_sphere(1, 0.3);
  const CheckedMesh result = repair(soup_of(sphere));
  CHECK(result.warnings.empty());
  CHECK(result.mesh.vertex_count == sphere.vertex_count);
  CHECK(result.mesh.cell_count() == sphere.cell_count());
  CHECK(volume(result.mesh) == doctest::Approx(volume(sphere)).epsilon(1e-13));
  CHECK(repair(soup_of(make_mesh("torus", 0.4))).warnings.empty());
}

TEST_CASE("triangles that share no points are sewn together") {
  const Mesh sphere = make_sphere(1, 0.5);
  const CheckedMesh result = repair(exploded(sphere));
  CHECK(result.mesh.vertex_count == sphere.vertex_count);
  CHECK(facts::euler_characteristic(result.mesh) == 2);
  CHECK(says(result, "merged " +
                         std::to_string(3 * sphere.cell_count() - static_cast<std::size_t>(sphere.vertex_count)) +
                         " duplicate points"));
}

TEST_CASE("triangles turned at random come out consistent, and a closed surface faces outward") {
  Mesh sphere = make_sphere(1, 0.3);
  std::mt19937 random(3);
  for (std::size_t c = 0; c < sphere.cell_count(); ++c) {
    if (random() % 2 == 0) {
      std::swap(sphere.cells[3 * c], sphere.cells[3 * c + 1]);
    }
  }
  REQUIRE_FALSE(facts::is_oriented(sphere));
  const CheckedMesh result = repair(soup_of(sphere));
  CHECK(facts::is_oriented(result.mesh));
  CHECK(facts::euler_characteristic(result.mesh) == 2);
  CHECK(six_volumes(result.mesh) > 0);
}

TEST_CASE("duplicate and degenerate polygons and unused points go, each with its count") {
  const Mesh sphere = make_sphere(1, 0.5);
  Soup soup = soup_of(sphere);
  soup.warnings = {"what the reader said"};
  soup.add_polygon(sphere.cell(4));
  soup.add_polygon(sphere.cell(9));
  soup.add_polygon(std::array{0, 1, 1});
  soup.points.insert(soup.points.end(), {9, 9, 9});
  const CheckedMesh result = repair(soup);
  CHECK(result.warnings.front() == "what the reader said");
  CHECK(says(result, "removed 3 duplicate or degenerate polygons"));
  CHECK(says(result, "dropped 1 unused point"));
  CHECK(result.mesh.vertex_count == sphere.vertex_count);
  CHECK(result.mesh.cell_count() == sphere.cell_count());
  CHECK(facts::has_clean_vertices(result.mesh));
}

TEST_CASE("a triangle without area is removed and the surface stays closed") {
  const CheckedMesh result = repair(octahedron_with_cap(0));
  CHECK(says(result, "removed 1 triangle without area"));
  CHECK(facts::boundary(result.mesh).empty());
  CHECK(facts::euler_characteristic(result.mesh) == 2);
  for (std::size_t c = 0; c < result.mesh.cell_count(); ++c) {
    CHECK(cell_volume(result.mesh, c) > 0.1);
  }
}

TEST_CASE("needles and caps go on request") {
  const Soup soup = octahedron_with_cap(1e-5);
  CHECK(facts::angles(repair(soup).mesh).second > 179);
  const CheckedMesh result = repair(soup, {.remove_slivers = true});
  CHECK(result.warnings.size() == 1);
  CHECK(facts::angles(result.mesh).second < 179);
  CHECK(facts::euler_characteristic(result.mesh) == 2);
}

TEST_CASE("surfaces that are no manifold are cut into one") {
  Soup book;
  book.source = "book.off";
  book.points = {0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, -1, 0, 0};
  for (const int page : {2, 3, 4}) {
    book.add_polygon(std::array{0, 1, page});
  }
  const CheckedMesh pages = repair(book);
  CHECK(facts::is_manifold(pages.mesh));
  CHECK(facts::is_oriented(pages.mesh));
  CHECK(pages.mesh.cell_count() == 3);
  CHECK_FALSE(pages.warnings.empty());

  const CheckedMesh strip = repair(soup_of(make_mobius(8, 1, 0.5)));
  CHECK(facts::is_oriented(strip.mesh));
  CHECK(facts::is_manifold(strip.mesh));
  CHECK(facts::euler_characteristic(strip.mesh) == 1); // cut open, it is a disk
  CHECK(strip.warnings.size() == 1);
}

TEST_CASE("polygons are triangulated") {
  Soup cube;
  cube.source = "cube.off";
  for (int corner = 0; corner < 8; ++corner) {
    for (int axis = 0; axis < 3; ++axis) {
      cube.points.push_back((corner >> axis) & 1);
    }
  }
  for (const auto& face :
       {std::array{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}}) {
    cube.add_polygon(face);
  }
  const CheckedMesh result = repair(cube);
  CHECK(result.warnings.empty());
  CHECK(result.mesh.cell_count() == 12);
  CHECK(volume(result.mesh) == doctest::Approx(6).epsilon(1e-14));
  CHECK(six_volumes(result.mesh) == doctest::Approx(6).epsilon(1e-14));
}

TEST_CASE("what cannot be repaired is refused with its name") {
  Soup empty;
  empty.source = "empty.off";
  CHECK_THROWS_WITH_AS(repair(empty), "empty.off: there is no polygon with an area", InputError);
  Soup solid;
  solid.source = "solid.mesh";
  solid.points = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
  solid.tetrahedra = {0, 1, 2, 3};
  CHECK_THROWS_WITH_AS(repair(solid), "solid.mesh: only surfaces can be repaired, and this is a mesh of tetrahedra",
                       InputError);
  Soup line;
  line.source = "line.off";
  line.points = {0, 0, 0, 1, 0, 0, 2, 0, 0};
  line.add_polygon(std::array{0, 1, 2});
  CHECK_THROWS_AS(repair(line), Error);
}
