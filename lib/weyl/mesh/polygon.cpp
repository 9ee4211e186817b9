// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/polygon.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <sstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/text.hpp"
#include "weyl/mesh/corners.hpp"
#include "weyl/mesh/polygon_cgal.hpp"

namespace weyl {

namespace {

using Corner = std::array<double, 2>;

Polygon regular(const std::string& expression) {
  const std::string number = expression.substr(expression.find(':') + 1);
  int n = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), n);
  if (error != std::errc{} || end != number.data() + number.size() || n < 3 || n > 1000) {
    throw InputError(expression, "expected ngon:N with N from 3 to 1000");
  }
  Polygon result;
  for (int k = 0; k < n; ++k) {
    const double turn = 2 * std::numbers::pi * k / n;
    result.push_back({std::cos(turn), std::sin(turn)});
  }
  return result;
}

struct NamedPolygon {
  const char* name;
  const char* usage;
  const char* description;
  Polygon corners; ///< empty: made from a parameter
};

// clang-format off
const std::vector<NamedPolygon>& named() {
  static const std::vector<NamedPolygon> table{
      {"lshape", "lshape", "three unit squares",
       {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}}},
      {"drum:gww1", "drum:gww1, drum:gww2", "the isospectral drums of Gordon, Webb and Wolpert",
       {{0, 0}, {2, 0}, {2, 2}, {4, 2}, {6, 4}, {4, 4}, {4, 6}, {0, 2}}},
      {"drum:gww2", "", "",
       {{4, 0}, {6, 2}, {6, 4}, {2, 4}, {2, 6}, {0, 4}, {2, 2}, {4, 2}}},
      {"ngon", "ngon:N", "the regular N-gon of circumradius 1", {}},
      {"polygon", "polygon:FILE", "the polygon whose corners a file lists, two numbers a line", {}}};
  return table;
}
// clang-format on

std::string head(const std::string& expression) { return expression.substr(0, expression.find(':')); }

double cross(const Corner& o, const Corner& a, const Corner& b) {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/// Two numbers and nothing else, or false.
bool parse(std::string_view line, Corner& corner) {
  const char* at = line.data();
  const char* end = at + line.size();
  const auto skip = [&] {
    at = std::find_if(at, end, [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != ','; });
  };
  for (double& x : corner) {
    skip();
    const auto [next, error] = std::from_chars(at, end, x);
    if (error != std::errc{} || !(std::abs(x) <= 1e100)) {
      return false;
    }
    at = next;
  }
  skip();
  return at == end;
}

} // namespace

std::vector<MeshKind> polygon_kinds() {
  std::vector<MeshKind> kinds;
  for (const NamedPolygon& kind : named()) {
    if (*kind.usage != '\0') {
      kinds.push_back({kind.name, kind.usage, kind.description});
    }
  }
  return kinds;
}

bool names_polygon(const std::string& expression) {
  return expression == "lshape" || head(expression) == "drum" || head(expression) == "ngon" ||
         head(expression) == "polygon";
}

Polygon polygon(const std::string& expression) {
  if (head(expression) == "ngon") {
    return regular(expression);
  }
  if (expression.starts_with("polygon:")) {
    return read_polygon(expression.substr(8));
  }
  for (const NamedPolygon& kind : named()) {
    if (expression == kind.name && !kind.corners.empty()) {
      return kind.corners;
    }
  }
  throw InputError(expression, "expected lshape, drum:gww1, drum:gww2, ngon:N or polygon:FILE");
}

Polygon read_polygon(const std::string& path) {
  std::istringstream text{std::string(plain_text(read_file(path), path))};
  Polygon corners;
  std::vector<long> lines;
  long number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    line.erase(std::min(line.find('#'), line.size()));
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      continue;
    }
    Corner corner{};
    if (!parse(line, corner)) {
      throw InputError(path, number, "expected two numbers, the coordinates of a corner");
    }
    corners.push_back(corner);
    lines.push_back(number);
  }
  if (corners.size() > 1 && corners.front() == corners.back()) {
    corners.pop_back();
  }
  if (corners.size() < 3) {
    throw InputError(path, fmt::format("a polygon needs three corners, but there are {}", corners.size()));
  }
  if (const auto crossing = first_crossing(corners)) {
    const auto [i, j] = *crossing;
    throw InputError(path, lines[j],
                     fmt::format("the edge from here meets the one from line {}: not a simple polygon", lines[i]));
  }
  if (area(corners) < 0) {
    std::ranges::reverse(corners);
  }
  return corners;
}

double area(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    twice += cross(polygon[0], polygon[i], polygon[(i + 1) % polygon.size()]);
  }
  return twice / 2;
}

double perimeter(const Polygon& polygon) {
  double sum = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Corner& a = polygon[i];
    const Corner& b = polygon[(i + 1) % polygon.size()];
    sum += std::hypot(b[0] - a[0], b[1] - a[1]);
  }
  return sum;
}

Mesh coarse_polygon(const Polygon& polygon) { return triangulate(polygon, 0); }

Mesh make_polygon(const Polygon& polygon, MeshSize size) {
  const double extent = std::sqrt(area(polygon));
  const double h = size.value_or(0.036 * extent); // triangles of some 0.6 h on an edge
  if (!(h >= 1e-100 && h <= 1e100)) {
    throw InputError("polygon", fmt::format("size must be a positive number, not {}", h));
  }
  if (extent / h > 1e4) {
    throw InputError("polygon", "the mesh would have more than 2e8 cells; choose a larger size");
  }
  return graded(triangulate(polygon, h), std::min(1.0, h * h / (extent * extent)));
}

} // namespace weyl
