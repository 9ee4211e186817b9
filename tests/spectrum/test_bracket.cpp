// SPDX-License-Identifier: GPL-3.0-or-later
// Certified brackets contain the truth wherever it is known.

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/fem/certified_forms.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/spectrum/bracket.hpp"

using namespace weyl;

namespace {

constexpr double pi2 = std::numbers::pi * std::numbers::pi;

/// A mesh, a condition, a level of refinement and all eigenvalues of that space up to the last of the list.
struct Case {
  std::string name;
  Mesh mesh;
  Boundary boundary;
  int refine;
  std::vector<double> exact;
};

std::vector<double> sorted(std::vector<double> values, std::size_t count = 40) {
  std::ranges::sort(values);
  values.resize(std::min(values.size(), count));
  return values;
}

/// Σ π² k_i²/a_i², k_i ≥ 1 (Dirichlet) or ≥ 0.
std::vector<double> box(const std::vector<double>& sides, Boundary boundary) {
  const int least = boundary == Boundary::dirichlet ? 1 : 0;
  std::vector<double> values{0};
  for (const double a : sides) {
    std::vector<double> more;
    for (const double value : values) {
      for (int k = least; k < 24; ++k) {
        more.push_back(value + pi2 * k * k / (a * a));
      }
    }
    values = more;
  }
  return sorted(values);
}

std::vector<double> both(std::vector<double> a, const std::vector<double>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return sorted(a, 30);
}

/// (16π²/9a²)(m² + mn + n²): the equilateral triangle (Lamé).
std::vector<double> equilateral(double a, Boundary boundary) {
  std::vector<double> values;
  const int least = boundary == Boundary::dirichlet ? 1 : 0;
  for (int m = least; m < 20; ++m) {
    for (int n = least; n < 20; ++n) {
      values.push_back(16 * pi2 / (9 * a * a) * (m * m + m * n + n * n));
    }
  }
  return sorted(values);
}

std::vector<double> tetrahedron(double a) {
  std::vector<double> values{0};
  for (int p = -12; p <= 12; ++p) {
    for (int q = -12; q <= 12; ++q) {
      if (p > 0 || (p == 0 && q > 0)) { // one of ±(p, q)
        values.push_back(4 * pi2 / (3 * a * a) * (p * p + p * q + q * q));
      }
    }
  }
  return sorted(values);
}

std::vector<double> flat_torus(double a, double b) {
  std::vector<double> values;
  for (int m = -10; m <= 10; ++m) {
    for (int n = -10; n <= 10; ++n) {
      values.push_back(4 * pi2 * (m * m / (a * a) + n * n / (b * b)));
    }
  }
  return sorted(values);
}

std::vector<double> circle(double length) {
  std::vector<double> values{0};
  for (int k = 1; k < 20; ++k) {
    values.insert(values.end(), 2, 4 * pi2 * k * k / (length * length));
  }
  return values;
}

std::vector<double> klein(double a, double b) {
  std::vector<double> values;
  for (int m = -12; m <= 12; ++m) {
    for (int n = 0; n <= 12; ++n) {
      if (n > 0 || m % 2 == 0) {
        values.push_back(4 * pi2 * (m * m / (a * a) + n * n / (b * b)));
      }
    }
  }
  return sorted(values);
}

/// Three unit squares, Dirichlet: Fox, Henrici & Moler 1967 and later.
const std::vector<double> l_shape{9.639723844021941,
                                  15.197251926454308,
                                  2 * pi2,
                                  29.521481114144848,
                                  31.912635957137752,
                                  41.47450989021491,
                                  44.94848778135119,
                                  5 * pi2,
                                  5 * pi2,
                                  56.70960988738507,
                                  65.37653570984583,
                                  71.05775564851349};

Mesh planar(std::vector<double> positions, std::vector<int> cells) {
  const auto vertices = static_cast<int>(positions.size() / 2);
  return {.dimension = 2,
          .ambient_dimension = 2,
          .vertex_count = vertices,
          .positions = std::move(positions),
          .cells = std::move(cells)};
}

Mesh l_shape_mesh() {
  return planar({0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1, 0, 2, 1, 2},
                {0, 1, 4, 0, 4, 3, 1, 2, 5, 1, 5, 4, 3, 4, 7, 3, 7, 6});
}

/// Two copies glued along the boundary.
Mesh doubled(const Mesh& mesh) {
  const std::vector<char> glued = topology(mesh).on_boundary;
  Mesh result = mesh;
  std::vector<int> copy(static_cast<std::size_t>(mesh.vertex_count));
  for (int v = 0; v < mesh.vertex_count; ++v) {
    copy[static_cast<std::size_t>(v)] = glued[static_cast<std::size_t>(v)] != 0 ? v : result.vertex_count++;
    if (copy[static_cast<std::size_t>(v)] != v) {
      const auto p = mesh.position(v);
      result.positions.insert(result.positions.end(), p.begin(), p.end());
    }
  }
  for (const int v : mesh.cells) {
    result.cells.push_back(copy[static_cast<std::size_t>(v)]);
  }
  return result;
}

/// The unit square or cube with its vertices drawn towards a corner by a power, the inner ones moved at random first.
Mesh distorted(Mesh mesh, double power, unsigned seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<double> nudge(-0.12, 0.12);
  const std::vector<char> fixed = topology(mesh).on_boundary;
  const double h = 1 / std::sqrt(static_cast<double>(mesh.vertex_count));
  for (int v = 0; v < mesh.vertex_count; ++v) {
    for (int x = 0; x < mesh.ambient_dimension; ++x) {
      double& value = mesh.positions[static_cast<std::size_t>(v * mesh.ambient_dimension + x)];
      value = std::pow(value + (fixed[static_cast<std::size_t>(v)] != 0 ? 0 : nudge(generator) * h), power);
    }
  }
  return mesh;
}

/// A fan around the centre of the unit square whose triangles are as flat as `height`.
Mesh flat_fan(double height) {
  return planar({0, 0, 1, 0, 1, 1, 0, 1, 0.5, height, 0.5, 1 - height},
                {0, 1, 4, 1, 2, 5, 1, 5, 4, 2, 3, 5, 3, 0, 4, 3, 4, 5});
}

std::vector<Case> cases() {
  using enum Boundary;
  std::vector<Case> all;
  for (const Boundary boundary : {neumann, dirichlet}) {
    for (const double size : {0.5, 0.23, 0.1}) {
      all.push_back({"interval", make_interval(1.5, size), boundary, 0, box({1.5}, boundary)});
      all.push_back({"rectangle", make_rectangle(1, 1.3, size), boundary, 1, box({1, 1.3}, boundary)});
      all.push_back({"graded", distorted(make_rectangle(1, 1, size), 3, 1), boundary, 1, box({1, 1}, boundary)});
    }
    for (const double size : {1.0, 0.5, 0.34}) {
      all.push_back({"box", make_box(1, 1.25, 0.75, size), boundary, 1, box({1, 1.25, 0.75}, boundary)});
    }
    all.push_back({"distorted box", distorted(make_box(1, 1, 1, 0.34), 1.5, 2), boundary, 0, box({1, 1, 1}, boundary)});
    for (const int refine : {1, 3, 5}) {
      const Mesh triangle = planar({0, 0, 1, 0, 0.5, std::sqrt(0.75)}, {0, 1, 2});
      all.push_back({"equilateral triangle", triangle, boundary, refine, equilateral(1, boundary)});
    }
    for (const double height : {0.3, 1e-2, 1e-5}) {
      all.push_back({"flat triangles", flat_fan(height), boundary, 3, box({1, 1}, boundary)});
    }
  }
  for (const int refine : {0, 2, 4}) {
    all.push_back({"L", l_shape_mesh(), dirichlet, refine + 1, l_shape});
    all.push_back({"tetrahedron", make_tetrahedron(1, 0.6), neumann, refine, tetrahedron(1)});
    all.push_back({"doubled square", doubled(make_rectangle(1, 1, 0.5)), neumann, refine,
                   both(box({1, 1}, neumann), box({1, 1}, dirichlet))});
    all.push_back({"doubled triangle", doubled(make_tetrahedron(1, 0.6)), neumann, refine, {0, 0}});
    all.back().exact = both(tetrahedron(1), tetrahedron(1)); // closed: two of them
    all.push_back({"flat torus", make_flat_torus(1, 1.5, 0.3), neumann, refine / 2, flat_torus(1, 1.5)});
    all.push_back({"Klein bottle", make_klein(1, 1, 0.2), neumann, refine / 2, klein(1, 1)});
    all.push_back({"circle", make_circle(2, 0.3), neumann, refine, circle(2)});
  }
  return all;
}

BracketCounter counter(const Case& c) {
  const auto forms = std::make_shared<CertifiedForms>(
      c.mesh, CertifiedFormsOptions{.boundary = c.boundary, .refine = c.refine, .threads = 1});
  return BracketCounter({.lower = [forms](double lambda) { return forms->conforming(lambda); },
                         .upper = [forms](double lambda) { return forms->nonconforming(lambda); },
                         .highest = forms->highest()},
                        1);
}

} // namespace

TEST_CASE("lower <= N <= upper at hundreds of lambda, in one to three dimensions, under both conditions") {
  std::mt19937 generator(7);
  int brackets = 0;
  for (const Case& c : cases()) {
    CAPTURE(c.name);
    CAPTURE(static_cast<int>(c.boundary));
    CAPTURE(c.refine);
    BracketCounter count = counter(c);
    std::uniform_real_distribution<double> anywhere(0, 0.999 * c.exact.back());
    for (int trial = 0; trial < 6; ++trial) {
      const double lambda = anywhere(generator);
      const auto truth = std::ranges::count_if(c.exact, [&](double v) { return v <= lambda; });
      CAPTURE(lambda);
      const CountBracket bracket = count.at(lambda);
      CHECK(bracket.lower <= truth);
      if (bracket.upper) {
        CHECK(truth <= *bracket.upper);
        ++brackets;
      }
    }
  }
  CHECK(brackets > 250);
}

TEST_CASE("lower <= lambda_k <= upper for every known eigenvalue") {
  int known = 0;
  for (const Case& c : cases()) {
    CAPTURE(c.name);
    CAPTURE(static_cast<int>(c.boundary));
    CAPTURE(c.refine);
    const auto brackets = counter(c).eigenvalues(8);
    for (std::size_t k = 0; k < std::min(brackets.size(), c.exact.size()); ++k) {
      CAPTURE(k);
      CHECK(brackets[k].lower <= c.exact[k] * (1 + 1e-14));
      CHECK(brackets[k].upper.value_or(1e300) >= c.exact[k] * (1 - 1e-14));
      ++known;
    }
  }
  CHECK(known > 400);
}

TEST_CASE("brackets narrow fourfold with each refinement, at a corner of 270 degrees by 2^(4/3)") {
  const auto width = [](const Case& c) {
    const EigenvalueBracket first = counter(c).eigenvalues(1)[0];
    return *first.upper - first.lower;
  };
  const auto square = [](int refine) { return Case{"", make_rectangle(1, 1, 0.5), Boundary::dirichlet, refine, {}}; };
  CHECK(width(square(4)) / width(square(5)) == doctest::Approx(4).epsilon(0.05));
  const auto l = [](int refine) { return Case{"", l_shape_mesh(), Boundary::dirichlet, refine, {}}; };
  const double ratio = width(l(5)) / width(l(6));
  CHECK(ratio > std::pow(2.0, 4.0 / 3) * 0.9);
  CHECK(ratio < 4);
}

TEST_CASE("triangles as flat as 1e-9 loosen the bracket, but do not break it") {
  BracketCounter count = counter({"", flat_fan(1e-9), Boundary::neumann, 4, {}});
  const auto exact = box({1, 1}, Boundary::neumann);
  for (const double lambda : {5.0, 15.0, 30.0, 45.0}) {
    const auto truth = std::ranges::count_if(exact, [&](double v) { return v <= lambda; });
    CHECK(count.at(lambda).lower <= truth);
    CHECK(count.at(lambda).upper.value_or(truth) >= truth);
  }
}

TEST_CASE("where the mesh is too coarse nothing is claimed") {
  BracketCounter count = counter({"", make_rectangle(1, 1, 1), Boundary::neumann, 0, {}});
  CHECK(!count.at(1e4).upper.has_value());
  CHECK(count.at(1e4).lower <= 5);
  const auto brackets = count.eigenvalues(9);
  CHECK(brackets.size() == 9);
  CHECK(!brackets[8].upper.has_value()); // five unknowns
}
