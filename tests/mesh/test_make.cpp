// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/make.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mesh/facts.hpp"
#include "weyl/core/error.hpp"

using namespace weyl;
using std::numbers::pi;

namespace {

std::string name_of(const MeshKind& kind) { return kind.usage.substr(0, kind.usage.find(':')); }

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

double radius(const Mesh& mesh, int v) {
  double sum = 0;
  for (const double x : mesh.position(v)) {
    sum += x * x;
  }
  return std::sqrt(sum);
}

/// Errors of the volume at size h and h/2 fall with the given order, from below.
void check_convergence(const std::string& expression, double exact, double h, double order) {
  CAPTURE(expression);
  const double coarse = exact - volume(make_mesh(expression, h));
  const double fine = exact - volume(make_mesh(expression, h / 2));
  CHECK(fine > 0);
  CHECK(std::log2(coarse / fine) == doctest::Approx(order).epsilon(0.1));
}

} // namespace

TEST_CASE("every model mesh keeps the promises of its header") {
  for (const MeshKind& kind : mesh_kinds()) {
    for (const MeshSize size : {MeshSize{}, MeshSize{0.37}, MeshSize{0.2}}) {
      const Mesh mesh = make_mesh(name_of(kind), size);
      CAPTURE(kind.usage);
      CAPTURE(size.value_or(0));
      CHECK(facts::is_manifold(mesh));
      CHECK(facts::has_clean_vertices(mesh));
      if (size) {
        CHECK(facts::longest_edge(mesh) <= *size * (1 + 1e-11));
      } else {
        CHECK(mesh.vertex_count >= 2000);
        CHECK(mesh.vertex_count <= 3000);
      }
    }
  }
}

TEST_CASE("the longest edge stays below the size however fine the mesh") {
  for (const char* curved : {"disk", "annulus", "mobius", "icosphere", "torus", "ellipsoid", "ball"}) {
    for (double size = 0.9; size > 0.06; size *= 0.83) {
      CAPTURE(curved);
      CAPTURE(size);
      CHECK(facts::longest_edge(make_mesh(curved, size)) <= size * (1 + 1e-11));
    }
  }
}

TEST_CASE("a size that divides an edge evenly is met exactly") {
  CHECK(make_interval(1, 0.1).cell_count() == 10);
  CHECK(make_interval(0.7, 0.1).cell_count() == 7);
  CHECK(make_interval(1.1, 0.1).cell_count() == 11);
  CHECK(make_rectangle(1.1, 0.3, 0.1).cell_count() == 4 * 11 * 3);
}

TEST_CASE("model meshes have the Euler characteristic of their space") {
  const std::vector<std::pair<const char*, long>> expected{
      {"interval", 1},    {"circle", 0},     {"rectangle", 1}, {"disk", 1}, {"annulus", 0},     {"mobius", 0},
      {"icosphere", 2},      {"ellipsoid", 2},  {"torus", 0},     {"cube", 2}, {"tetrahedron", 2}, {"octahedron", 2},
      {"icosahedron", 2}, {"flat-torus", 0}, {"klein", 0},     {"box", 1},  {"ball", 1}};
  for (const auto& model : expected) {
    for (const MeshSize size : {MeshSize{10}, MeshSize{0.3}}) { // the coarsest, too
      CAPTURE(model.first);
      CHECK(facts::euler_characteristic(make_mesh(model.first, size)) == model.second);
    }
  }
}

TEST_CASE("closed models have no boundary, an interval has two ends") {
  for (const char* closed : {"circle", "icosphere", "ellipsoid", "torus", "cube", "tetrahedron", "octahedron",
                             "icosahedron", "flat-torus", "klein"}) {
    CAPTURE(closed);
    CHECK(facts::boundary(make_mesh(closed)).empty());
  }
  CHECK(facts::boundary(make_interval()).size() == 2);
}

TEST_CASE("flat models have exactly the volume of their space") {
  CHECK(volume(make_interval(3)) == doctest::Approx(3).epsilon(1e-12));
  CHECK(volume(make_circle(5, 0.3)) == doctest::Approx(5).epsilon(1e-12));
  CHECK(volume(make_rectangle(2, 3)) == doctest::Approx(6).epsilon(1e-12));
  CHECK(volume(make_cube(2)) == doctest::Approx(24).epsilon(1e-12));
  CHECK(volume(make_tetrahedron(2)) == doctest::Approx(4 * std::sqrt(3.0)).epsilon(1e-12));
  CHECK(volume(make_octahedron(2)) == doctest::Approx(8 * std::sqrt(3.0)).epsilon(1e-12));
  CHECK(volume(make_icosahedron(2)) == doctest::Approx(20 * std::sqrt(3.0)).epsilon(1e-12));
  CHECK(volume(make_flat_torus(2, 3)) == doctest::Approx(6).epsilon(1e-12));
  CHECK(volume(make_klein(4, 3)) == doctest::Approx(6).epsilon(1e-12));
  CHECK(volume(make_box(1, 2, 3)) == doctest::Approx(6).epsilon(1e-12));
}

TEST_CASE("volumes of convex curved models converge from below as the square of the size") {
  check_convergence("disk", pi, 0.1, 2);
  check_convergence("icosphere:2", 16 * pi, 0.2, 2);
  check_convergence("ball:2", 4.0 / 3 * pi * 8, 0.4, 2);
}

TEST_CASE("areas of the other curved models converge") {
  CHECK(volume(make_annulus(0.5, 1, 0.01)) == doctest::Approx(0.75 * pi).epsilon(1e-4));
  CHECK(volume(make_torus(2, 0.7, 0.03)) == doctest::Approx(4 * pi * pi * 2 * 0.7).epsilon(1e-3));
  // The prolate spheroid: 2πa² (1 + c/(a e) asin e), e² = 1 − a²/c².
  const double e = std::sqrt(1 - 0.25);
  CHECK(volume(make_ellipsoid(0.5, 0.5, 1, 0.02)) ==
        doctest::Approx(2 * pi * 0.25 * (1 + 2 / e * std::asin(e))).epsilon(1e-3));
}

TEST_CASE("the boundaries of curved models lie on the true ones") {
  const Mesh disk = make_disk(3, 0.2);
  const Mesh ball = make_ball(3, 0.7);
  const Mesh sphere = make_sphere(3, 0.7);
  const Mesh annulus = make_annulus(1, 3, 0.3);
  double worst = 0;
  for (const Mesh* mesh : {&disk, &ball}) {
    for (const auto& facet : facts::boundary(*mesh)) {
      for (const int v : facet) {
        worst = std::max(worst, std::abs(radius(*mesh, v) - 3));
      }
    }
  }
  for (int v = 0; v < sphere.vertex_count; ++v) {
    worst = std::max(worst, std::abs(radius(sphere, v) - 3));
  }
  for (const auto& facet : facts::boundary(annulus)) {
    for (const int v : facet) {
      worst = std::max(worst, std::min(std::abs(radius(annulus, v) - 1), std::abs(radius(annulus, v) - 3)));
    }
  }
  CHECK(worst < 2e-15);
}

TEST_CASE("the boundary of the ball is the icosphere of the same frequency") {
  const Mesh ball = make_ball(1, 1.953 / 7);
  CHECK(facts::boundary(ball).size() == 20 * 49);
  CHECK(ball.cell_count() == 20 * 343);
}

TEST_CASE("an icosphere of frequency f has 10 f^2 + 2 vertices") {
  for (int f = 1; f < 9; ++f) {
    CHECK(make_sphere(1, 1.3232 / f).vertex_count == 10 * f * f + 2);
  }
}

TEST_CASE("plane meshes turn counter-clockwise, closed surfaces face outward, tetrahedra are positive") {
  for (const char* kind : {"rectangle", "disk", "annulus", "box", "ball"}) {
    const Mesh mesh = make_mesh(kind, 0.3);
    CAPTURE(kind);
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      REQUIRE(facts::signed_volume(mesh, c) > 0);
    }
  }
  for (const char* kind : {"icosphere", "torus", "ellipsoid", "cube", "tetrahedron", "octahedron", "icosahedron"}) {
    const Mesh mesh = make_mesh(kind, 0.3);
    CAPTURE(kind);
    CHECK(facts::is_oriented(mesh));
    double six_volumes = 0;
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      six_volumes += facts::signed_volume(mesh, c);
    }
    CHECK(six_volumes > 0);
  }
  CHECK(facts::is_oriented(make_flat_torus(1, 1, 0.2)));
  CHECK_FALSE(facts::is_oriented(make_klein(1, 1, 0.2)));
  CHECK_FALSE(facts::is_oriented(make_mobius(8, 1, 0.4)));
}

TEST_CASE("the shape of the cells does not degrade with the size") {
  struct Bound {
    const char* kind;
    double least;
    double greatest;
  };
  for (const Bound& bound : {Bound{"rectangle:3,2", 40, 100}, Bound{"disk", 43.6, 90}, Bound{"annulus:0.1,1", 30, 105},
                             Bound{"icosphere", 53.9, 72.1}, Bound{"torus:1,0.9", 30, 110}, Bound{"cube", 44.9, 90.1},
                             Bound{"flat-torus:3,1", 40, 100}, Bound{"box:1,2,3", 35, 100}, Bound{"ball", 36, 130}}) {
    for (const double size : {0.4, 0.2, 0.1}) {
      const auto [least, greatest] = facts::angles(make_mesh(bound.kind, size));
      CAPTURE(bound.kind);
      CHECK(least > bound.least);
      CHECK(greatest < bound.greatest);
    }
  }
}

TEST_CASE("a size far beyond a thin space does not make slivers of its cells") {
  CHECK(facts::angles(make_rectangle(1, 0.01, 5)).first > 40);
  CHECK(facts::angles(make_annulus(0.99, 1, 5)).first > 30);
  CHECK(facts::angles(make_flat_torus(1, 0.03, 5)).first > 40);
  CHECK(facts::angles(make_box(1, 1, 0.05, 5)).first > 30);
}

TEST_CASE("expressions with wrong names or parameters are refused with what is expected") {
  const auto message = [](const std::string& expression) { return refusal([&] { make_mesh(expression, 0.5); }); };
  CHECK(message("dsk").starts_with("dsk: unknown kind of mesh, expected one of interval, circle, rectangle, disk,"));
  CHECK(message("") != "accepted");
  CHECK(message("disk:") == "disk:: expected disk alone or disk:R with 1 number");
  CHECK(message("disk:1,2") == "disk:1,2: expected disk alone or disk:R with 1 number");
  CHECK(message("box:1,2") == "box:1,2: expected box alone or box:a,b,c with 3 numbers");
  CHECK(message("box:1,2,") != "accepted");
  CHECK(message("box:1,x,3") == "box:1,x,3: expected box alone or box:a,b,c with 3 numbers");
  CHECK(message("disk:1 ") != "accepted");
  CHECK(message("disk:-1") == "disk: R must be a positive number, not -1");
  CHECK(message("disk:0") == "disk: R must be a positive number, not 0");
  CHECK(message("disk:nan") == "disk: R must be a positive number, not nan");
  CHECK(message("disk:inf") == "disk: R must be a positive number, not inf");
  CHECK(message("disk:1e999") != "accepted");
  CHECK(message("annulus:2,1") == "annulus: the inner radius 2 must be below the outer radius 1");
  CHECK(message("torus:1,1") == "torus: the tube's radius 1 must be below the radius 1 that it runs on");
  CHECK(message("mobius:3,1") == "mobius: the width 1 must be below length/pi = 0.95493");
  CHECK(message("box:1,2,3") == "accepted");
}

TEST_CASE("sizes that are no length, or make absurdly many cells, are refused before memory is taken") {
  for (const MeshKind& kind : mesh_kinds()) {
    const std::string name = name_of(kind);
    CAPTURE(name);
    for (const double size : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity(), 1e-300}) {
      CHECK(refusal([&] { make_mesh(name, size); }).find("size must be a positive number") != std::string::npos);
    }
    for (const double size : {1e-9, 1e-99}) {
      CHECK(refusal([&] { make_mesh(name, size); }).find("choose a larger size") != std::string::npos);
    }
  }
  CHECK(refusal([] { make_rectangle(1, 1e-12); }).find("choose a larger size") != std::string::npos);
}
