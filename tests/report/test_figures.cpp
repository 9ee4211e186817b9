// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, and surfaces to be turned by hand, show what there is and no more than a browser can draw.

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <Eigen/Geometry>
#include <doctest/doctest.h>

#include "contains.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/learning_report.hpp"
#include "weyl/report/picture.hpp"
#include "weyl/report/spectrum_figures.hpp"
#include "weyl/report/surface_view.hpp"

using namespace weyl;
using test::contains;

namespace {

/// Eigenvalues n²/4 of an interval of length 2π with Neumann conditions.
SpectrumFigures interval(int n) {
  SpectrumFigures of{
      .spectrum = {.eigenvalues = {}, .geometry = {.dimension = 1, .volume = 6.28318530717959, .boundary_volume = 2}}};
  for (int k = 0; k < n; ++k) {
    of.spectrum.eigenvalues.push_back(k * k / 4.0);
  }
  of.law = heat_expansion(of.spectrum.geometry);
  return of;
}

/// The height function of a mesh in space.
Eigen::MatrixXd heights(const Mesh& mesh) {
  Eigen::MatrixXd values(mesh.vertex_count, 1);
  for (int v = 0; v < mesh.vertex_count; ++v) {
    values(v, 0) = mesh.position(v)[2];
  }
  return values;
}

} // namespace

TEST_CASE("N starts at 0 and takes a step of one at each eigenvalue") {
  const std::vector<double> values{1, 2, 2};
  const Curve curve = staircase("N", values);
  const std::vector<std::pair<double, double>> expected{{0, 0}, {1, 1}, {2, 2}, {2, 3}};
  CHECK(curve.points == expected);
  CHECK(staircase("N", values, 10).points.front() == std::pair{1.0, 11.0});
}

TEST_CASE("a thinned curve keeps its ends and no more points than asked for") {
  for (const std::size_t n : {1, 2, 10, 99, 100, 101, 250, 1000}) {
    Curve curve{.name = "", .points = {}};
    for (std::size_t i = 0; i < n; ++i) {
      curve.points.emplace_back(i, i);
      curve.upper.push_back(static_cast<double>(i) + 1);
    }
    const Curve less = thinned(curve, 100);
    CHECK(less.points.size() <= 101);
    CHECK(less.points.front() == curve.points.front());
    CHECK(less.points.back() == curve.points.back());
    CHECK(less.upper.size() == less.points.size());
    CHECK(less.upper.back() == curve.upper.back());
  }
}

TEST_CASE("axes hold every point, begin at zero where nothing is negative, and leave out what a logarithm has not") {
  Figure figure{.id = "f", .title = "f", .caption = "", .x = {"x"}, .y = {"y"}};
  CHECK(extent(figure).x_high > extent(figure).x_low); // of nothing
  figure.curves = {{.name = "", .points = {{2, 5}, {3, 7}}, .errors = {1, 4}}};
  CHECK(extent(figure).x_low == 0);
  CHECK(extent(figure).y_high >= 11);
  figure.curves.push_back({.name = "", .points = {{1, -3}}});
  CHECK(extent(figure).y_low < -3);
  figure.y.log = true;
  CHECK(extent(figure).y_low > 0);
  CHECK(extent(figure).y_low <= 3);
}

TEST_CASE("a figure of nothing is still a figure, on paper and in pages") {
  const Figure empty{.id = "empty", .title = "nothing", .caption = "", .x = {"x", true}, .y = {"y"}};
  const std::string page = html::page({.title = "nothing", .command = "none", .figures = {empty}});
  const std::string picture = page.substr(page.find("<svg"), page.find("</svg>") - page.find("<svg"));
  CHECK_FALSE(contains(picture, "nan"));
  CHECK_FALSE(contains(picture, "inf"));
  CHECK(contains(gnuplot_script(empty, PictureFormat::svg), "plot NaN"));
}

TEST_CASE("the remainder of an interval's N is a half at the middle of each step, the law's own constant") {
  // N̄ = (L/π)√λ + 1/2 with Neumann's two ends, and N = k + 1 from λ_k = (kπ/L)² on.
  const auto all = figures(interval(100));
  const auto remainder = std::ranges::find(all, "remainder", &Figure::id);
  REQUIRE(remainder != all.end());
  for (const auto& [x, y] : remainder->curves[0].points) {
    CHECK(std::abs(y) < 1e-9);
  }
}

TEST_CASE("figures are there as far as the list allows") {
  const auto ids = [](const SpectrumFigures& of) {
    std::string out;
    for (const Figure& figure : figures(of)) {
      out += figure.id + " ";
    }
    return out;
  };
  CHECK(ids(interval(100)) == "counting remainder heat spacing ");
  CHECK(ids(interval(10)) == "counting remainder heat ");
  SpectrumFigures part = interval(100);
  part.first = 50; // the lowest 50 are not in the list
  CHECK(ids(part) == "counting remainder ");
  SpectrumFigures unknown = interval(100);
  unknown.law = {};
  CHECK(ids(unknown) == "counting ");
}

TEST_CASE("a certified band holds every N that its brackets allow, and ends where others may follow") {
  const std::vector<EigenvalueBracket> brackets{{0, 0.1}, {1, 1.5}, {1.2, 2}};
  const Curve band = certified_band(brackets, 0);
  REQUIRE(band.points.size() == 4); // 0, 0.1, 1, 1.2
  CHECK(band.points[0] == std::pair{0.0, 0.0});
  CHECK(band.upper[0] == 1);
  CHECK(band.points[1].second == 1);
  CHECK(band.points[2].second == 1); // λ_1 ≤ 1.5: not there for certain
  CHECK(band.upper[2] == 2);
  CHECK(band.points[3].first == 1.2);
}

TEST_CASE("learning curves show predictions, the bounds that hold, and simulations with their errors") {
  LearningReport report;
  report.order = 1;
  report.manifold.curve = {
      {.risk = {.samples = 10, .bias = 0.4, .variance = 0.1}, .lower_bound = 0.2},
      {.risk = {.samples = 100, .bias = 0.1, .variance = 0.1}, .upper_bound = 0.3, .lower_bound = 0.1}};
  const auto names = [&] {
    std::string out;
    const std::vector<Figure> all = figures(report);
    for (const Curve& curve : all.front().curves) {
      out += curve.name + "; ";
    }
    return out;
  };
  CHECK(names() == "M, predicted; M, at least; M, at most; ");
  report.manifold.curve[1].simulated = SimulatedRisk{.risk = {.value = 0.21, .standard_error = 0.01}};
  CHECK(names() == "M, predicted; M, at least; M, at most; M, simulated; ");
  const Curve marks = figures(report).front().curves.back();
  CHECK(marks.points == std::vector{std::pair{100.0, 0.21}});
  CHECK(marks.errors == std::vector{0.01});
}

TEST_CASE("a small mesh is drawn as it is, a large one with fewer vertices, each with its own value") {
  const Mesh mesh = make_sphere(1, 0.05);
  const SurfaceView whole = surface_view(mesh, heights(mesh));
  CHECK(whole.vertex_count() == static_cast<std::size_t>(mesh.vertex_count));
  CHECK(whole.triangles.size() == mesh.cells.size());
  CHECK(whole.note.empty());
  CHECK_FALSE(whole.flat);

  const SurfaceView part = surface_view(mesh, heights(mesh), {.vertices = 1000});
  CHECK(part.vertex_count() <= 1000);
  CHECK(part.vertex_count() > 300);
  CHECK(contains(part.note, "of 7,292 vertices"));
  for (std::size_t v = 0; v < part.vertex_count(); ++v) { // z is the function: to 16 bits
    CHECK(part.values[v] * part.scales[0] / 32767 == doctest::Approx(part.positions[3 * v + 2]).epsilon(1e-4));
  }
  std::set<std::uint32_t> used(part.triangles.begin(), part.triangles.end());
  CHECK(used.size() == part.vertex_count()); // no vertex floats
  CHECK(*used.rbegin() < part.vertex_count());
}

TEST_CASE("tetrahedra are drawn by their boundary, plane meshes as flat, too many functions by the first ones") {
  const Mesh box = make_box(1, 1, 1, 0.5);
  const SurfaceView faces = surface_view(box, Eigen::MatrixXd::Ones(box.vertex_count, 1));
  double area = 0;
  for (std::size_t t = 0; t < faces.triangles.size(); t += 3) {
    const auto corner = [&](std::size_t i) {
      const float* p = faces.positions.data() + 3 * faces.triangles[t + i];
      return Eigen::Vector3d(p[0], p[1], p[2]);
    };
    area += (corner(1) - corner(0)).cross(corner(2) - corner(0)).norm() / 2;
  }
  CHECK(area == doctest::Approx(6));
  const Mesh square = make_rectangle(1, 1, 0.3);
  CHECK(surface_view(square, Eigen::MatrixXd::Ones(square.vertex_count, 1)).flat);
  const Eigen::MatrixXd many = Eigen::MatrixXd::Ones(square.vertex_count, 10);
  const SurfaceView few = surface_view(square, many, {.values = 4 * static_cast<std::size_t>(square.vertex_count)});
  CHECK(few.scales.size() == 4);
  CHECK(contains(few.note, "The first 4 of 10 functions"));
  CHECK_FALSE(can_be_drawn(make_klein(1, 1, 0.3)));
  CHECK_THROWS_AS(surface_view(make_klein(1, 1, 0.3), {}), InputError);
}

TEST_CASE("a script for gnuplot cannot be left by a name, and a band has its steps") {
  Figure figure{.id = "f", .title = "it's 'q'\nexit", .caption = "", .x = {"x"}, .y = {"y"}};
  figure.curves = {{.name = "b", .points = {{0, 1}, {2, 3}}, .line = Line::none, .steps = true, .upper = {2, 4}}};
  const std::string script = gnuplot_script(figure, PictureFormat::png);
  CHECK(contains(script, "set title 'it''s ''q'' exit'"));
  CHECK(contains(script, "0 1 2\n2 1 2\n2 3 4\n"));
  CHECK(picture_format("a.png") == PictureFormat::png);
  CHECK_THROWS_AS(picture_format("a.pdf"), InputError);
}
