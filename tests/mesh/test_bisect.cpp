// SPDX-License-Identifier: GPL-3.0-or-later
// Local refinement keeps the surface, its gluing, and the shape of its triangles.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/bisect.hpp"
#include "weyl/mesh/corners.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"

using namespace weyl;

namespace {

/// Largest ratio of a triangle's longest edge squared to its area.
double worst_shape(const Mesh& mesh) {
  double worst = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const CellMetric metric = cell_metric(mesh, c);
    worst = std::max(worst, std::ranges::max(metric.edges_squared) / metric.volume);
  }
  return worst;
}

Mesh bisected_at_random(Mesh mesh, int steps, unsigned seed) {
  std::mt19937 generator(seed);
  std::bernoulli_distribution coin(0.2);
  mesh = longest_edge_first(std::move(mesh));
  for (int step = 0; step < steps; ++step) {
    std::vector<char> marked(mesh.cell_count());
    for (char& mark : marked) {
      mark = static_cast<char>(coin(generator));
    }
    mesh = bisect(mesh, marked);
  }
  return mesh;
}

} // namespace

TEST_CASE("bisection keeps area, topology, orientation and shapes, embedded or by lengths") {
  for (const Mesh& mesh : {make_tetrahedron(1, 0.5), make_rectangle(2, 1, 0.4), make_mobius(8, 1, 0.5),
                           make_flat_torus(1, 1.5, 0.3), make_klein(1, 1, 0.2)}) {
    const Topology before = topology(mesh);
    const Mesh fine = bisected_at_random(mesh, 8, 3);
    const Topology after = topology(fine);
    CHECK(fine.cell_count() > 10 * mesh.cell_count());
    CHECK(volume(fine) == doctest::Approx(volume(mesh)).epsilon(1e-13));
    CHECK(after.euler_characteristic == before.euler_characteristic);
    CHECK(after.boundary_volume == doctest::Approx(before.boundary_volume).epsilon(1e-13));
    CHECK(after.components == before.components);
    CHECK(after.nonmanifold_facets == 0);
    CHECK((after.inconsistent_facets == 0) == (before.inconsistent_facets == 0));
    CHECK(worst_shape(fine) < 4 * worst_shape(mesh));
  }
}

TEST_CASE("cells that are not marked stay unless their neighbours need them") {
  const Mesh mesh = longest_edge_first(make_rectangle(1, 1, 0.1));
  std::vector<char> marked(mesh.cell_count(), 0);
  CHECK(bisect(mesh, marked).cells == mesh.cells);
  marked[17] = 1;
  const Mesh fine = bisect(mesh, marked);
  CHECK(fine.cell_count() >= mesh.cell_count() + 2);
  CHECK(fine.cell_count() <= mesh.cell_count() + 6);
}

TEST_CASE("angles add up to those of the surface") {
  const std::vector<double> tetrahedron = total_angles(make_tetrahedron(1, 0.5));
  int cones = 0;
  for (const double angle : tetrahedron) {
    cones += std::abs(angle - std::numbers::pi) < 1e-12;
    CHECK((std::abs(angle - std::numbers::pi) < 1e-12 || std::abs(angle - 2 * std::numbers::pi) < 1e-12));
  }
  CHECK(cones == 4);
  for (const double exponent : corner_exponents(make_tetrahedron(1, 0.5))) { // 1 or 2: nothing is singular
    CHECK(!is_singular(exponent));
  }
  int singular = 0;
  for (const double exponent : corner_exponents(make_cube(1, 0.5))) { // cones of 3·90°
    singular += is_singular(exponent);
  }
  CHECK(singular == 8);
}

TEST_CASE("grading makes triangles at singular corners as small as asked, in numbers that grow as the logarithm") {
  const Mesh cube = make_cube(1, 0.5); // ν = 4/3
  const Mesh fine = graded(cube, 1e-8);
  const Mesh finer = graded(cube, 1e-16);
  CHECK(volume(finer) == doctest::Approx(6).epsilon(1e-12));
  CHECK(finer.cell_count() - fine.cell_count() < 1.2 * static_cast<double>(fine.cell_count() - cube.cell_count()));
  double smallest = 1;
  for (std::size_t c = 0; c < fine.cell_count(); ++c) {
    smallest = std::min(smallest, std::sqrt(std::ranges::max(edge_lengths_squared(fine, c))));
  }
  CHECK(smallest <= 0.5 * std::sqrt(2) * 1e-3);
  CHECK(smallest > 0.5e-3 / 4);
  CHECK_THROWS_AS(graded(cube, 0), InputError);
}

TEST_CASE("only triangles are bisected") {
  CHECK_THROWS_AS(bisect(make_box(1, 1, 1, 0.6), {}), InputError);
  CHECK_THROWS_AS(longest_edge_first(make_interval(1, 0.5)), InputError);
}
