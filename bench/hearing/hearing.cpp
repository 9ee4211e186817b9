// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of docs/asymptotics.md: how intervals cover, and what eigenvalues of meshes tell of their shapes.
//   hearing coverage   exact spectra: calibration_spaces and judging_spaces of tests/asymptotics
//   hearing shapes     eigenvalues of spaces by elements of high order
//   hearing drums      the drums of Gordon, Webb and Wolpert

#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <set>

#include <fmt/format.h>

#include "asymptotics/exact_spaces.hpp"
#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/spaces.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/mesh.hpp"
#include "weyl/mesh/soup.hpp"
#include "weyl/mesh/topology.hpp"

namespace {

using namespace weyl;

constexpr double pi = std::numbers::pi;

bool inside(const Estimate& e, double truth) { return e.low <= truth && truth <= e.high; }

/// Parts of a whole, as "23/24".
struct Tally {
  int held = 0;
  int all = 0;
  void add(bool good) {
    held += good;
    ++all;
  }
  [[nodiscard]] std::string text() const { return fmt::format("{}/{}", held, all); }
};

void coverage() {
  const auto row = [](const std::string& name, const std::vector<test::ExactSpace>& spaces, std::size_t n) {
    Tally volume;
    Tally boundary;
    Tally constant;
    Tally dimension;
    Tally integer;
    Tally silent;
    for (test::ExactSpace space : spaces) {
      space.spectrum.eigenvalues.resize(n);
      const int d = space.spectrum.geometry.dimension;
      const Diagnosis found = diagnose(space.spectrum, {.dimension = d});
      volume.add(inside(found.heat.volume, space.spectrum.geometry.volume));
      boundary.add(inside(found.heat.boundary, space.boundary));
      if (d == 2) {
        constant.add(inside(found.heat.constant, space.constant));
      }
      dimension.add(inside(found.dimension.dimension, d));
      integer.add(found.dimension.nearest == d);
      bool alarm = false;
      for (const Finding& finding : found.findings) {
        alarm |= finding.alarm && finding.subject != "regime";
      }
      silent.add(!alarm);
    }
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", name, n, volume.text(), boundary.text(), constant.text(),
               dimension.text(), integer.text(), silent.text());
  };
  fmt::print("| spaces | eigenvalues | volume | boundary | c_2 (d = 2) | dimension | its integer | no false alarm |\n"
             "|---|---|---|---|---|---|---|---|\n");
  const auto calibration = test::calibration_spaces(2000);
  const auto judging = test::judging_spaces(2000);
  for (const std::size_t n : {60, 120, 250, 500, 1000, 2000}) {
    row("calibration", calibration, n);
    row("others", judging, n);
  }
}

/// The boundary of unit cubes, each face cut into m × m squares, smoothed by moving vertices to the mean of their
/// neighbours.
Mesh smoothed_cubes(const std::set<std::array<int, 3>>& cubes, int m, int rounds) {
  Soup soup;
  soup.source = "cubes";
  soup.merge_points = true;
  const auto add = [&](std::array<double, 3> corner, int axis, bool outward) {
    const int u = (axis + 1) % 3;
    const int v = (axis + 2) % 3;
    for (int i = 0; i < m; ++i) {
      for (int j = 0; j < m; ++j) {
        std::array<int, 4> square{};
        for (int c = 0; c < 4; ++c) {
          std::array<double, 3> p = corner;
          p[static_cast<std::size_t>(u)] += (i + (c == 1 || c == 2)) / static_cast<double>(m);
          p[static_cast<std::size_t>(v)] += (j + (c >= 2)) / static_cast<double>(m);
          square[static_cast<std::size_t>(outward ? c : 3 - c)] = static_cast<int>(soup.point_count());
          for (const double x : p) {
            soup.points.push_back(std::round(x * m) / m); // shared corners coincide exactly
          }
        }
        soup.add_polygon(square);
      }
    }
  };
  for (const auto& cube : cubes) {
    for (int axis = 0; axis < 3; ++axis) {
      for (const int side : {0, 1}) {
        auto neighbour = cube;
        neighbour[static_cast<std::size_t>(axis)] += side == 1 ? 1 : -1;
        if (!cubes.contains(neighbour)) {
          std::array<double, 3> corner{double(cube[0]), double(cube[1]), double(cube[2])};
          corner[static_cast<std::size_t>(axis)] += side;
          add(corner, axis, side == 1);
        }
      }
    }
  }
  Mesh mesh = to_mesh(std::move(soup)).mesh;
  for (int round = 0; round < rounds; ++round) {
    std::vector<double> sums(mesh.positions.size(), 0.0);
    std::vector<double> counts(static_cast<std::size_t>(mesh.vertex_count), 0.0);
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      for (const int a : mesh.cell(c)) {
        for (const int b : mesh.cell(c)) {
          for (std::size_t x = 0; a != b && x < 3; ++x) {
            sums[3 * static_cast<std::size_t>(a) + x] += mesh.positions[3 * static_cast<std::size_t>(b) + x];
          }
          counts[static_cast<std::size_t>(a)] += a != b;
        }
      }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
      mesh.positions[i] = sums[i] / counts[i / 3];
    }
  }
  return mesh;
}

/// A slab of 7 × 3 cubes with three holes.
Mesh genus_three() {
  std::set<std::array<int, 3>> cubes;
  for (int i = 0; i < 7; ++i) {
    for (int j = 0; j < 3; ++j) {
      if (j != 1 || i % 2 == 0) {
        cubes.insert({i, j, 0});
      }
    }
  }
  return smoothed_cubes(cubes, 12, 44);
}

/// By elements of order `order`.
Spectrum spectrum_of(const RiemannianMesh& space, int order, Boundary boundary, Eigen::Index count) {
  const Pencil pencil = lagrange_laplacian(space, {.order = order, .boundary = boundary}).pencil;
  const Eigenpairs pairs = eigenpairs(pencil, {.count = count, .vectors = false});
  return {.eigenvalues = {pairs.values.begin(), pairs.values.end()}};
}

std::string shown(const Estimate& e) { return fmt::format("{:.4f} ± {:.4f}", e.value, (e.high - e.low) / 2); }

void shapes() {
  struct Shape {
    const char* name;
    RiemannianMesh space;
    int order;
    Boundary boundary;
    double volume;
    double perimeter;
    int euler_characteristic;
  };
  constexpr Eigen::Index count = 1000;
  const auto n = Boundary::neumann;
  const auto d = Boundary::dirichlet;
  const RiemannianMesh disk = make_space("disk:1", {.size = 0.05});
  const RiemannianMesh annulus = make_space("annulus:0.4,1", {.size = 0.05});
  const Mesh three = genus_three();
  const std::vector<Shape> all{
      {"disk, Dirichlet", disk, 4, d, pi, -2 * pi, 1},
      {"disk, Neumann", disk, 4, n, pi, 2 * pi, 1},
      {"annulus, Dirichlet", annulus, 4, d, 0.84 * pi, -2.8 * pi, 0},
      {"annulus, Neumann", annulus, 4, n, 0.84 * pi, 2.8 * pi, 0},
      {"sphere", make_space("sphere:2", {.size = 0.1}), 4, n, 4 * pi, 0, 2},
      {"torus of revolution", make_space("revolution-torus:1,0.5", {.size = 0.15}), 4, n, 2 * pi * pi, 0, 0},
      {"genus 3", {.mesh = three}, 3, n, volume(three), 0, static_cast<int>(topology(three).euler_characteristic)}};
  fmt::print("| shape | order | eigenvalues | heard: area | true | perimeter | true | 6 c_2 | χ |\n"
             "|---|---|---|---|---|---|---|---|---|\n");
  for (const Shape& shape : all) {
    const HeatFit fit = fit_heat(spectrum_of(shape.space, shape.order, shape.boundary, count), 2);
    fmt::print("| {} | {} | {} | {} | {:.4f} | {} | {:.4f} | {} | {} |\n", shape.name, shape.order, count,
               shown(fit.volume), shape.volume, shown(fit.boundary), shape.perimeter, shown(euler_characteristic(fit)),
               shape.euler_characteristic);
    std::fflush(stdout);
  }
}

/// A polygon with corners in Z² and sides along the axes or diagonals: 1/m squares, each cut into four triangles at its
/// centre.
Mesh lattice_polygon(const std::vector<std::array<double, 2>>& corners, int m) {
  const auto within = [&](double x, double y) {
    bool result = false;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const auto& a = corners[i];
      const auto& b = corners[(i + 1) % corners.size()];
      if ((a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])) {
        result = !result;
      }
    }
    return result;
  };
  Soup soup;
  soup.source = "polygon";
  soup.merge_points = true;
  const int reach = 4 * m;
  for (int i = 0; i < reach; ++i) {
    for (int j = 0; j < reach; ++j) {
      static constexpr std::array<std::array<int, 2>, 4> square{{{0, 0}, {2, 0}, {2, 2}, {0, 2}}};
      for (std::size_t c = 0; c < 4; ++c) {
        const std::array<std::array<int, 2>, 3> triangle{square[c], square[(c + 1) % 4], {1, 1}};
        double x = 0;
        double y = 0;
        for (const auto& p : triangle) {
          x += (2 * i + p[0]) / (6.0 * m);
          y += (2 * j + p[1]) / (6.0 * m);
        }
        if (within(x, y)) {
          std::array<int, 3> corners_of{};
          for (std::size_t k = 0; k < 3; ++k) {
            corners_of[k] = static_cast<int>(soup.point_count());
            soup.points.insert(soup.points.end(),
                               {(2 * i + triangle[k][0]) / (2.0 * m), (2 * j + triangle[k][1]) / (2.0 * m), 0.0});
          }
          soup.add_polygon(corners_of);
        }
      }
    }
  }
  return to_mesh(std::move(soup)).mesh;
}

void drums() {
  // Legs of length 1; the third is a rectangle with their area 7/2 and perimeter 6 + 3√2.
  const Mesh first = lattice_polygon({{0, 0}, {0, 1}, {2, 3}, {2, 2}, {3, 2}, {2, 1}, {1, 1}, {1, 0}}, 32);
  const Mesh second = lattice_polygon({{1, 0}, {0, 1}, {0, 2}, {2, 2}, {2, 3}, {3, 2}, {2, 1}, {1, 1}}, 32);
  const double half = (6 + 3 * std::numbers::sqrt2) / 2;
  const double side = (half + std::sqrt(half * half - 4 * 3.5)) / 2;
  const Mesh rectangle = make_rectangle(side, half - side, 0.03);
  const double corners = 2 * corner_constant(pi / 4) + 2 * corner_constant(pi / 2) + 2 * corner_constant(3 * pi / 4) +
                         2 * corner_constant(3 * pi / 2);
  fmt::print("| drum | area | true | perimeter | true | c_2 | true | λ_1/4 … λ_5/4 "
             "|\n|---|---|---|---|---|---|---|---|\n");
  const std::pair<const char*, const Mesh*> all[] = {{"first", &first}, {"second", &second}, {"rectangle", &rectangle}};
  std::vector<Spectrum> spectra;
  for (const auto& [name, mesh] : all) {
    spectra.push_back(spectrum_of({.mesh = *mesh}, 1, Boundary::dirichlet, 500));
    const HeatFit fit = fit_heat(spectra.back(), 2, {.discretized = true});
    std::string lowest;
    for (std::size_t k = 0; k < 5; ++k) {
      lowest += fmt::format("{:.4f} ", spectra.back().eigenvalues[k] / 4);
    }
    fmt::print("| {} | {} | {:.4f} | {} | {:.4f} | {} | {:.4f} | {}|\n", name, shown(fit.volume), volume(*mesh),
               shown(fit.boundary), -topology(*mesh).boundary_volume, shown(fit.constant),
               mesh == &rectangle ? 4 * corner_constant(pi / 2) : corners, lowest);
  }
  const auto distance = [&](std::size_t a, std::size_t b) {
    double worst = 0;
    for (std::size_t k = 0; k < 100; ++k) {
      worst = std::max(worst, std::abs(spectra[a].eigenvalues[k] / spectra[b].eigenvalues[k] - 1));
    }
    return worst;
  };
  fmt::print("\nlargest relative distance of the first 100 eigenvalues: first and second {:.1e}, first and rectangle "
             "{:.1e}\n",
             distance(0, 1), distance(0, 2));
}

} // namespace

int main(int argc, char** argv) {
  const std::map<std::string, std::function<void()>> studies{
      {"coverage", coverage}, {"shapes", shapes}, {"drums", drums}};
  const auto study = studies.find(argc == 2 ? argv[1] : "");
  if (study == studies.end()) {
    fmt::print(stderr, "usage: hearing coverage|shapes|drums\n");
    return 2;
  }
  study->second();
  return 0;
}
