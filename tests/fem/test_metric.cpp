// SPDX-License-Identifier: GPL-3.0-or-later
// The ways to give a metric, a weight and a potential, against closed forms.

#include <cmath>
#include <numbers>

#include <Eigen/Geometry>
#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

Eigen::VectorXd lowest(const RiemannianMesh& space, const LagrangeOptions& options, std::int64_t count) {
  return eigenpairs(lagrange_laplacian(space, options).pencil, {.count = count}).values;
}

void onto_unit_sphere(std::span<double> x) {
  const double length = std::hypot(x[0], x[1], x[2]);
  for (double& coordinate : x) {
    coordinate /= length;
  }
}

} // namespace

TEST_CASE("a linear chart gives the pencil of the positions it maps to") {
  const Mesh mesh = make_rectangle(1, 1, 0.3);
  Eigen::Matrix2d map;
  map << 2, 0.5, -0.3, 1;
  Mesh image = mesh;
  Eigen::Map<Eigen::Matrix2Xd> points(image.positions.data(), 2, image.vertex_count);
  points = (map * points).eval();
  const Metric jacobian = mapped_metric(charts(mesh), [&](const ChartPoint&) { return ChartMatrix(map); });
  const Metric gram = chart_metric(charts(mesh), [&](const ChartPoint&) { return ChartMatrix(map.transpose() * map); });
  const Pencil expected = lagrange_laplacian(image, {.order = 3}).pencil;
  for (const Metric& metric : {jacobian, gram, isoparametric(image, 2, [](std::span<double>) {})}) {
    const RiemannianMesh space{.mesh = mesh, .metric = metric};
    const Pencil pencil = lagrange_laplacian(space, {.order = 3}).pencil;
    CHECK((pencil.stiffness - expected.stiffness).norm() <= 1e-12 * expected.stiffness.norm());
    CHECK((pencil.mass - expected.mass).norm() <= 1e-12 * expected.mass.norm());
    CHECK(volume(space) == doctest::Approx(volume(image)).epsilon(1e-13));
    // the perimeter of the image of the unit square
    CHECK(boundary_volume(space) == doctest::Approx(2 * (map.col(0).norm() + map.col(1).norm())).epsilon(1e-13));
  }
}

TEST_CASE("isoparametric spheres: the area converges with the order of the cells, λ_1 = 2") {
  double before = 1;
  for (int p = 1; p <= 4; ++p) {
    const Mesh mesh = make_sphere(1, 0.4);
    const RiemannianMesh space{.mesh = mesh, .metric = isoparametric(mesh, p, onto_unit_sphere)};
    const double area_error = std::abs(volume(space) - 4 * pi);
    CHECK(area_error < before);
    before = 0.5 * area_error; // even orders gain one power of h more
    CHECK(lowest(space, {.order = p}, 2)[1] == doctest::Approx(2).epsilon(p == 1 ? 0.02 : 2e-4));
  }
  CHECK(before < 1e-5);
}

TEST_CASE("an inverted curved cell is refused") {
  const Mesh mesh = make_rectangle(1, 1, 0.5);
  CHECK_THROWS_WITH_AS(isoparametric(mesh, 2, [](std::span<double> x) { x[0] = x[0] * (1 - x[0]); }),
                       doctest::Contains("inverted"), InputError);
  const RiemannianMesh degenerate{
      .mesh = mesh, .metric = chart_metric(charts(mesh), [](const ChartPoint&) { return ChartMatrix::Zero(2, 2); })};
  CHECK_THROWS_AS(lagrange_laplacian(degenerate, {.order = 2}), InputError);
}

TEST_CASE("S²/SO(2): the weight sin θ on [0, π] gives k(k+1); with the potential m²/sin² those of order m") {
  const Mesh mesh = make_interval(pi, 0.1);
  const CellFunction weight = chart_function(charts(mesh), [](const ChartPoint& x) { return std::sin(x[0]); });
  const RiemannianMesh space{.mesh = mesh, .weight = weight};
  CHECK(volume(space) == doctest::Approx(2).epsilon(1e-13));
  const Eigen::VectorXd zonal = lowest(space, {.order = 4}, 6);
  for (int k = 1; k < 6; ++k) {
    CHECK(zonal[k] == doctest::Approx(k * (k + 1)).epsilon(1e-9));
  }
  const int m = 2;
  const CellFunction potential =
      chart_function(charts(mesh), [](const ChartPoint& x) { return m * m / std::pow(std::sin(x[0]), 2); });
  const Eigen::VectorXd tesseral =
      lowest(space, {.order = 4, .boundary = Boundary::dirichlet, .potential = potential}, 4);
  for (int k = m; k < m + 4; ++k) {
    CHECK(tesseral[k - m] == doctest::Approx(k * (k + 1)).epsilon(1e-7));
  }
}

TEST_CASE("the weight of spheres S^d/SO(d), sin^(d−1), gives k(k+d−1)") {
  const Mesh mesh = make_interval(pi, 0.16);
  for (const int d : {3, 4, 7}) {
    const RiemannianMesh space{.mesh = mesh, .weight = chart_function(charts(mesh), [d](const ChartPoint& x) {
                                               return std::pow(std::sin(x[0]), d - 1);
                                             })};
    const Eigen::VectorXd values = lowest(space, {.order = 4}, 5);
    for (int k = 1; k < 5; ++k) {
      CHECK(values[k] == doctest::Approx(k * (k + d - 1)).epsilon(1e-8));
    }
  }
}

TEST_CASE("a potential on flat cells: the harmonic oscillator −u'' + x²u has 1, 3, 5, …") {
  const Mesh mesh = make_interval(16, 0.2);
  const CellFunction potential =
      chart_function(charts(mesh), [](const ChartPoint& x) { return std::pow(x[0] - 8, 2); });
  const Eigen::VectorXd values =
      lowest({.mesh = mesh}, {.order = 4, .boundary = Boundary::dirichlet, .potential = potential}, 5);
  for (int k = 0; k < 5; ++k) {
    CHECK(values[k] == doctest::Approx(2 * k + 1).epsilon(1e-9));
  }
}
