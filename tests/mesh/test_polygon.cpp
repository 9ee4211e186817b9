// SPDX-License-Identifier: GPL-3.0-or-later
// Polygons: the ones that ship, files of corners, and their meshes.

#include <algorithm>
#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/mesh/corners.hpp"
#include "weyl/mesh/polygon.hpp"
#include "weyl/mesh/topology.hpp"

using namespace weyl;
using weyl::test::TempDir;

namespace {

/// Side lengths and the angles between them, around the polygon.
std::vector<std::array<double, 2>> sides_and_turns(const Polygon& p) {
  std::vector<std::array<double, 2>> result;
  const std::size_t n = p.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double x = p[(i + 1) % n][0] - p[i][0];
    const double y = p[(i + 1) % n][1] - p[i][1];
    const double next_x = p[(i + 2) % n][0] - p[(i + 1) % n][0];
    const double next_y = p[(i + 2) % n][1] - p[(i + 1) % n][1];
    result.push_back({std::hypot(x, y), std::atan2(x * next_y - y * next_x, x * next_x + y * next_y)});
  }
  return result;
}

bool close(const std::vector<std::array<double, 2>>& a, const std::vector<std::array<double, 2>>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    return std::abs(x[0] - y[0]) < 1e-12 && std::abs(x[1] - y[1]) < 1e-12;
  });
}

bool congruent(const Polygon& a, const Polygon& b) {
  const auto wanted = sides_and_turns(a);
  for (const bool mirrored : {false, true}) {
    Polygon other = b;
    for (auto& corner : other) {
      corner[0] *= mirrored ? -1 : 1;
    }
    if (mirrored) {
      std::ranges::reverse(other);
    }
    for (std::size_t i = 0; i < b.size(); ++i) {
      std::ranges::rotate(other, other.begin() + 1);
      if (close(wanted, sides_and_turns(other))) {
        return true;
      }
    }
  }
  return false;
}

} // namespace

TEST_CASE("both drums of Gordon, Webb and Wolpert have area 14 and perimeter 12 + 6·√2, and are not congruent") {
  const Polygon first = polygon("drum:gww1");
  const Polygon second = polygon("drum:gww2");
  for (const Polygon& drum : {first, second}) {
    CHECK(area(drum) == doctest::Approx(14).epsilon(1e-15));
    CHECK(perimeter(drum) == doctest::Approx(12 + 6 * std::numbers::sqrt2).epsilon(1e-15));
  }
  CHECK(!congruent(first, second));
  CHECK(congruent(first, first));
}

TEST_CASE("meshes of polygons have their area, their boundary and the size asked for") {
  for (const char* name : {"lshape", "drum:gww1", "drum:gww2", "ngon:3", "ngon:7", "ngon:40"}) {
    CAPTURE(name);
    const Polygon p = polygon(name);
    for (const Mesh& mesh : {coarse_polygon(p), make_polygon(p, 0.2), make_polygon(p)}) {
      CHECK(volume(mesh) == doctest::Approx(area(p)).epsilon(1e-13));
      const Topology t = topology(mesh);
      CHECK(t.boundary_volume == doctest::Approx(perimeter(p)).epsilon(1e-13));
      CHECK(t.euler_characteristic == 1);
      CHECK(t.inconsistent_facets == 0);
    }
    const Mesh fine = make_polygon(p, 0.2);
    for (std::size_t c = 0; c < fine.cell_count(); ++c) {
      CHECK(std::ranges::max(edge_lengths_squared(fine, c)) <= 0.2 * 0.2 * (1 + 1e-12));
    }
  }
  CHECK(coarse_polygon(polygon("lshape")).cell_count() < 30);
  CHECK(std::abs(make_polygon(polygon("lshape")).vertex_count - 2500) < 1500);
}

TEST_CASE("a file of corners may turn either way, hold comments and repeat its first corner") {
  const TempDir folder;
  const std::string path = folder.path("square.txt");
  write_file(path, "# a square\n0 0\n0 2 # up\n\n2\t2\r\n2,0\n0 0\n");
  const Polygon square = polygon("polygon:" + path);
  CHECK(square.size() == 4);
  CHECK(area(square) == 4);
}

TEST_CASE("files that are no simple polygon are refused with the line") {
  const TempDir folder;
  const std::string path = folder.path("bad.txt");
  const auto refused = [&](const char* text, const std::string& message) {
    write_file(path, text);
    CHECK_THROWS_WITH_AS(read_polygon(path), (path + message).c_str(), InputError);
  };
  refused("0 0\n1 0\n", ": a polygon needs three corners, but there are 2");
  refused("0 0\n1 x\n", ":2: expected two numbers, the coordinates of a corner");
  refused("0 0\n1 0\n1 1 1\n", ":3: expected two numbers, the coordinates of a corner");
  refused("0 0\n1 nan\n1 1\n", ":2: expected two numbers, the coordinates of a corner");
  refused("0 0\n1 1\n1 0\n# bow tie\n0 1\n", ":3: the edge from here meets the one from line 1: not a simple polygon");
  refused("0 0\n2 0\n1 0\n1 1\n", ":2: the edge from here meets the one from line 1: not a simple polygon");
  CHECK_THROWS_AS(polygon("ngon:2"), InputError);
  CHECK_THROWS_AS(polygon("ngon:seven"), InputError);
  CHECK_THROWS_AS(polygon("drum:other"), InputError);
  CHECK_THROWS_AS(polygon("polygon:no such file"), InputError);
  CHECK_THROWS_AS(make_polygon(polygon("lshape"), 1e-9), InputError);
}
