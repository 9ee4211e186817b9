// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "mesh/sample_files.hpp"
#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/write.hpp"

namespace {

using weyl::CheckedMesh;
using weyl::Mesh;
using weyl::test::SampleFile;
using weyl::test::TempDir;

constexpr double pi_digits = 3.14159265358979312;

/// Vertices with coordinates that need all their digits.
Mesh awkward_mesh(int dimension) {
  Mesh mesh{.dimension = dimension,
            .ambient_dimension = 3,
            .vertex_count = 4,
            .positions = {},
            .cells = {},
            .edge_lengths = {}};
  mesh.positions = {0.1,       -1.0 / 3.0, 1e-7, pi_digits, 5e-324, 0.30000000000000004,
                    1e5 / 7.0, 2.0,        -0.0, 12.0,      1e-300, 7.7};
  const std::array<std::vector<int>, 3> cells{{{0, 1, 1, 2, 2, 3}, {0, 1, 2, 0, 2, 3}, {0, 1, 2, 3}}};
  mesh.cells = cells[static_cast<std::size_t>(dimension) - 1];
  return mesh;
}

std::size_t count_edges(const Mesh& mesh) {
  std::set<std::pair<int, int>> edges;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto cell = mesh.cell(c);
    for (std::size_t i = 0; i < cell.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        edges.insert(std::minmax(cell[i], cell[j]));
      }
    }
  }
  return edges.size();
}

} // namespace

TEST_CASE("every variant of every format gives the same mesh") {
  const TempDir dir;
  for (const SampleFile& file : weyl::test::sample_files()) {
    CAPTURE(file.variant);
    const CheckedMesh checked = weyl::read_mesh(dir.write(file.name, file.content));
    const Mesh& mesh = checked.mesh;
    const std::array<std::size_t, 4> cells{0, 4, 2, 1};
    const std::array<double, 4> volumes{0.0, 4.0, 1.0, 1.0 / 6.0};
    const auto d = static_cast<std::size_t>(file.dimension);
    CHECK(mesh.dimension == file.dimension);
    CHECK(mesh.ambient_dimension == 3);
    CHECK(mesh.vertex_count == 4);
    CHECK(mesh.positions.size() == 12);
    CHECK(mesh.cell_count() == cells[d]);
    CHECK(weyl::volume(mesh) == doctest::Approx(volumes[d]));
  }
}

TEST_CASE("a good file gives no warning") {
  const TempDir dir;
  for (const SampleFile& file : weyl::test::sample_files()) {
    CAPTURE(file.variant);
    if (file.variant != "Gmsh tetrahedron of second order") {
      CHECK(weyl::read_mesh(dir.write(file.name, file.content)).warnings.empty());
    }
  }
}

TEST_CASE("cells of higher order are reduced to their corners, with a warning") {
  const TempDir dir;
  const std::string path = dir.write(
      "a.vtk", "# vtk DataFile Version 3.0\nt\nASCII\nDATASET UNSTRUCTURED_GRID\nPOINTS 6 double\n0 0 0\n1 0 0\n0 1 0\n"
               "0.5 0 0\n0.5 0.5 0\n0 0.5 0\nCELLS 1 7\n6 0 1 2 3 4 5\nCELL_TYPES 1\n22\n");
  const CheckedMesh checked = weyl::read_mesh(path);
  CHECK(checked.mesh.vertex_count == 3);
  CHECK(checked.warnings ==
        std::vector<std::string>{"1 curved cell reduced to the corners", "3 isolated vertices dropped"});
}

TEST_CASE("several pieces of a VTU file are put side by side") {
  const TempDir dir;
  const auto files = weyl::test::sample_files();
  const auto ascii = std::find_if(files.begin(), files.end(), [](const auto& f) { return f.variant == "VTU ascii"; });
  REQUIRE(ascii != files.end());
  std::string content = ascii->content;
  const std::size_t first = content.find("<Piece");
  const std::size_t last = content.find("</UnstructuredGrid>");
  content.insert(last, content.substr(first, last - first));
  const CheckedMesh checked = weyl::read_mesh(dir.write("a.vtu", content));
  CHECK(checked.mesh.vertex_count == 8);
  CHECK(checked.mesh.cell_count() == 4);
  CHECK(checked.warnings.empty());
}

TEST_CASE("quadrilaterals and larger polygons become fans from their first corner") {
  const TempDir dir;
  const Mesh mesh =
      weyl::read_mesh(dir.write("a.off", "OFF\n5 1 0\n0 0 0\n2 0 0\n2 1 0\n1 2 0\n0 1 0\n5 0 1 2 3 4\n")).mesh;
  CHECK(mesh.cells == std::vector<int>{0, 1, 2, 0, 2, 3, 0, 3, 4});
}

TEST_CASE("numbers below the range of a double are zero") {
  const TempDir dir;
  const Mesh mesh = weyl::read_mesh(dir.write("a.off", "OFF\n3 1 0\n1e-999 0 0\n1 0 0\n0 1 0\n3 0 1 2\n")).mesh;
  CHECK(mesh.positions[0] == 0.0);
}

TEST_CASE("what is written is read back exactly") {
  const TempDir dir;
  const std::array<std::vector<std::string>, 4> names{
      {{}, {"a.off", "a.obj", "a.vtu"}, {"a.off", "a.obj", "a.ply", "a.vtu"}, {"a.vtu"}}};
  for (const int dimension : {1, 2, 3}) {
    const Mesh mesh = awkward_mesh(dimension);
    for (const std::string& name : names[static_cast<std::size_t>(dimension)]) {
      CAPTURE(name);
      weyl::write_mesh(dir.path(name), mesh);
      const CheckedMesh back = weyl::read_mesh(dir.path(name));
      CHECK(back.mesh.dimension == dimension);
      CHECK(back.mesh.positions == mesh.positions);
      CHECK(back.mesh.cells == mesh.cells);
      CHECK(back.warnings.empty());
    }
  }
}

TEST_CASE("points of a plane are written with z = 0") {
  const TempDir dir;
  const Mesh mesh{.dimension = 2,
                  .ambient_dimension = 2,
                  .vertex_count = 3,
                  .positions = {0, 0, 1, 0, 0, 1},
                  .cells = {0, 1, 2},
                  .edge_lengths = {}};
  weyl::write_mesh(dir.path("a.off"), mesh);
  CHECK(weyl::test::slurp(dir.path("a.off")) == "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n");
}

TEST_CASE("values on vertices go to PLY and VTU, and the mesh is still read") {
  const TempDir dir;
  const Mesh mesh = awkward_mesh(2);
  const std::vector<weyl::VertexField> fields{{"u_0", {1, 2, 3, 4}}, {"u_1", {5, 6, 7, 8}}};
  for (const std::string name : {"a.ply", "a.vtu"}) {
    CAPTURE(name);
    weyl::write_mesh(dir.path(name), mesh, fields);
    CHECK(weyl::read_mesh(dir.path(name)).mesh.positions == mesh.positions);
    CHECK(weyl::test::slurp(dir.path(name)).find("u_1") != std::string::npos);
  }
}

TEST_CASE("what a format cannot hold is refused, and nothing is written") {
  const TempDir dir;
  const std::vector<weyl::VertexField> field{{"u", {1, 2, 3, 4}}};
  const std::vector<weyl::VertexField> short_field{{"u", {1, 2, 3}}};
  Mesh bare = awkward_mesh(2);
  bare.positions.clear();
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.off"), awkward_mesh(3)), weyl::InputError);
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.ply"), awkward_mesh(1)), weyl::InputError);
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.obj"), awkward_mesh(2), field), weyl::InputError);
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.vtu"), awkward_mesh(2), short_field), weyl::InputError);
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.vtu"), bare), weyl::InputError);
  CHECK_THROWS_AS(weyl::write_mesh(dir.path("a.stl"), awkward_mesh(2)), weyl::InputError);
  CHECK(std::filesystem::is_empty(dir.folder()));
}

TEST_CASE("extensions are listed in order") {
  const std::vector<std::string> extensions = weyl::readable_extensions();
  CHECK(std::is_sorted(extensions.begin(), extensions.end()));
  CHECK(std::count(extensions.begin(), extensions.end(), ".off") == 1);
}

TEST_CASE("meshes of public projects have the counts that others found") {
  const std::filesystem::path folder = std::filesystem::path(WEYL_CASES_DIR) / "meshes";
  if (!std::filesystem::exists(folder)) {
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string reference_path = entry.path().string() + ".ref.json";
    if (!std::filesystem::exists(reference_path)) {
      continue;
    }
    CAPTURE(entry.path().string());
    std::ifstream reference_file(reference_path);
    const nlohmann::json reference = nlohmann::json::parse(reference_file);
    const Mesh mesh = weyl::read_mesh(entry.path().string()).mesh;
    const bool solid = reference.contains("tets");
    CHECK(mesh.dimension == (solid ? 3 : 2));
    CHECK(mesh.vertex_count == reference["referenced_vertices"].get<int>());
    CHECK(mesh.cell_count() == reference[solid ? "tets" : "faces"].get<std::size_t>());
    CHECK(weyl::volume(mesh) == doctest::Approx(reference[solid ? "volume" : "area"].get<double>()).epsilon(1e-10));
    if (!solid) {
      CHECK(count_edges(mesh) == reference["edges"].get<std::size_t>());
    }
  }
}
