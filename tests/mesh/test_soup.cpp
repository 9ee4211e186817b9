// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/soup.hpp"

namespace {

using weyl::CheckedMesh;
using weyl::Soup;
using weyl::to_mesh;

/// A soup of triangles.
Soup triangles(std::vector<double> points, const std::vector<std::vector<int>>& cells) {
  Soup soup;
  soup.source = "soup";
  soup.points = std::move(points);
  for (const auto& cell : cells) {
    soup.add_polygon(cell);
  }
  return soup;
}

std::string complaint(Soup soup) {
  try {
    static_cast<void>(to_mesh(std::move(soup)));
  } catch (const weyl::InputError& error) {
    return error.what();
  }
  return "";
}

const std::vector<double> square{0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0};

} // namespace

TEST_CASE("the cells of the highest dimension make the mesh") {
  Soup soup = triangles({0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, {{0, 1, 2}});
  soup.segments = {0, 1};
  CHECK(to_mesh(soup).mesh.dimension == 2);
  soup.tetrahedra = {0, 1, 2, 3};
  CHECK(to_mesh(soup).mesh.dimension == 3);
  soup.tetrahedra.clear();
  soup.polygon_corners.clear();
  soup.polygon_ends.clear();
  CHECK(to_mesh(soup).mesh.dimension == 1);
}

TEST_CASE("points that no cell uses are dropped, and the others keep their order") {
  const CheckedMesh checked = to_mesh(triangles({9, 9, 9, 0, 0, 0, 1, 0, 0, 8, 8, 8, 0, 1, 0}, {{4, 1, 2}}));
  CHECK(checked.mesh.vertex_count == 3);
  CHECK(checked.mesh.positions == std::vector<double>{0, 0, 0, 1, 0, 0, 0, 1, 0});
  CHECK(checked.mesh.cells == std::vector<int>{2, 0, 1});
  CHECK(checked.warnings == std::vector<std::string>{"2 isolated vertices dropped"});
}

TEST_CASE("cells that repeat a vertex are dropped") {
  const CheckedMesh checked = to_mesh(triangles(square, {{0, 1, 2}, {0, 2, 2}, {0, 2, 3}, {1, 1, 1}}));
  CHECK(checked.mesh.cells == std::vector<int>{0, 1, 2, 0, 2, 3});
  CHECK(checked.warnings == std::vector<std::string>{"2 triangles with a repeated vertex dropped"});
}

TEST_CASE("cells without volume are kept, and so are their vertices") {
  const CheckedMesh checked = to_mesh(triangles({0, 0, 0, 1, 0, 0, 0, 1, 0, 2, 0, 0}, {{0, 1, 2}, {0, 1, 3}}));
  CHECK(checked.mesh.cell_count() == 2);
  CHECK(checked.mesh.vertex_count == 4);
  CHECK(checked.warnings == std::vector<std::string>{"1 triangle of zero area contributes nothing"});
}

TEST_CASE("cells with the same vertices are kept, whatever their order") {
  const CheckedMesh checked = to_mesh(triangles(square, {{0, 1, 2}, {2, 1, 0}, {0, 2, 3}, {1, 2, 0}}));
  CHECK(checked.mesh.cell_count() == 4);
  CHECK(checked.warnings == std::vector<std::string>{"2 duplicate cells kept"});
}

TEST_CASE("duplicates are found among segments and tetrahedra too") {
  Soup soup;
  soup.points = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
  soup.segments = {0, 1, 1, 0, 1, 2, 2, 3};
  CHECK(to_mesh(soup).warnings == std::vector<std::string>{"1 duplicate cell kept"});
  soup.tetrahedra = {0, 1, 2, 3, 3, 2, 1, 0};
  CHECK(to_mesh(soup).warnings == std::vector<std::string>{"1 duplicate cell kept"});
}

TEST_CASE("points that coincide are merged only where the format asks for it") {
  Soup soup = triangles({0, 0, 0, 1, 0, 0, 1, 1, 0, -0.0, 0, 0, 1, 1, 0, 0, 1, 0}, {{0, 1, 2}, {3, 4, 5}});
  CHECK(to_mesh(soup).mesh.vertex_count == 6);
  soup.merge_points = true;
  const CheckedMesh merged = to_mesh(soup);
  CHECK(merged.mesh.positions == square);
  CHECK(merged.mesh.cells == std::vector<int>{0, 1, 2, 0, 2, 3});
  CHECK(merged.warnings.empty());
}

TEST_CASE("what the reader noticed comes first") {
  Soup soup = triangles({0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 5}, {{0, 1, 2}});
  soup.warnings = {"noticed"};
  CHECK(to_mesh(soup).warnings == std::vector<std::string>{"noticed", "1 isolated vertex dropped"});
}

TEST_CASE("a soup that cannot be a mesh says why") {
  CHECK(complaint(triangles(square, {})) == "soup: there is no cell (segment, polygon or tetrahedron)");
  CHECK(complaint(triangles(square, {{0, 1, 1}})) == "soup: no cell has a positive area (every cell repeats a vertex)");
  CHECK(complaint(triangles({0, 0, 0, 1, 0, 0, 2, 0, 0}, {{0, 1, 2}})) == "soup: no cell has a positive area");
  CHECK(complaint(triangles({3, 3, 3, 3, 3, 3, 3, 3, 3}, {{0, 1, 2}})) == "soup: no cell has a positive area");
  CHECK(complaint(triangles({0, 0, 0, 1e60, 0, 0, 0, 1e60, 0}, {{0, 1, 2}})) ==
        "soup: the mesh is 1e+60 across: scale it to a size between 1e-45 and 1e+45");
  CHECK(complaint(triangles({0, 0, 0, 1e-60, 0, 0, 0, 1e-60, 0}, {{0, 1, 2}})) ==
        "soup: the mesh is 1e-60 across: scale it to a size between 1e-45 and 1e+45");
  CHECK(complaint(triangles({-1.7e308, 0, 0, 1.7e308, 0, 0, 0, 1, 0}, {{0, 1, 2}})).find("across") !=
        std::string::npos);
}
