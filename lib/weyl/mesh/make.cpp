// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/make.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numbers>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/lattice.hpp"
#include "weyl/mesh/refine.hpp"

namespace weyl {
namespace {

using std::numbers::pi;
using Point = std::array<double, 3>;

constexpr double default_vertices = 2500;

void require_positive(const char* kind, const char* name, double value) {
  if (!(value >= 1e-100 && value <= 1e100)) { // also catches NaN
    throw InputError(kind, fmt::format("{} must be a positive number, not {}", name, value));
  }
}

void require_cells(const char* kind, double cells) {
  if (!(cells <= most_cells)) {
    throw InputError(kind, fmt::format("the mesh would have {:.3g} cells, more than {:.0e}; choose a larger size",
                                       cells, most_cells));
  }
}

/// Number of parts of length at most `size` that `length` is divided into.
int divisions(const char* kind, double length, double size, int least = 1) {
  const double n = std::max<double>(least, std::ceil(length / size * (1 - 1e-12)));
  require_cells(kind, n);
  return static_cast<int>(n);
}

/// Divisions f of every edge of a coarse mesh whose images have length at most `stretch` / f.
int frequency(const char* kind, double stretch, MeshSize size, int otherwise) {
  if (!size) {
    return otherwise;
  }
  require_positive(kind, "size", *size);
  return divisions(kind, stretch, *size);
}

double norm(const Point& p) { return std::hypot(p[0], p[1], p[2]); }

void append(Mesh& mesh, const Point& p) {
  mesh.positions.insert(mesh.positions.end(), p.begin(), p.begin() + mesh.ambient_dimension);
  ++mesh.vertex_count;
}

// ---------------------------------------------------------------------------------------------------------------------
// Grids of quadrilaterals, each cut into four triangles by its diagonals.

/// Columns run along the first parameter, rows along the second. Where columns close up with a flip, the last column's
/// row j is the first column's row (rows − j).
struct Grid {
  int columns;
  int rows;
  bool columns_close = false;
  bool columns_flip = false;
  bool rows_close = false;

  [[nodiscard]] int corner_columns() const { return columns_close ? columns : columns + 1; }
  [[nodiscard]] int corner_rows() const { return rows_close ? rows : rows + 1; }
  [[nodiscard]] int corner(int i, int j) const {
    if (columns_close && i == columns) {
      i = 0;
      j = columns_flip ? rows - j : j;
    }
    return (rows_close ? j % rows : j) * corner_columns() + i;
  }
  [[nodiscard]] int centre(int i, int j) const { return corner_columns() * corner_rows() + j * columns + i; }
};

/// Columns and rows of cells no larger than `size` in a grid of `width` × `height`.
Grid grid_of_size(const char* kind, double width, double height, MeshSize size, int least_columns, int least_rows) {
  if (size) {
    require_positive(kind, "size", *size);
  }
  const double h = std::min(
      {size.value_or(std::sqrt(2 * width * height / default_vertices)), width / least_columns, height / least_rows});
  const Grid grid{divisions(kind, width, h, least_columns), divisions(kind, height, h, least_rows)};
  require_cells(kind, 4.0 * grid.columns * grid.rows);
  return grid;
}

Mesh grid_cells(const Grid& grid) {
  Mesh mesh;
  mesh.ambient_dimension = 0;
  mesh.vertex_count = grid.corner_columns() * grid.corner_rows() + grid.columns * grid.rows;
  mesh.cells.reserve(std::size_t{12} * grid.columns * grid.rows);
  for (int j = 0; j < grid.rows; ++j) {
    for (int i = 0; i < grid.columns; ++i) {
      const std::array ring{grid.corner(i, j), grid.corner(i + 1, j), grid.corner(i + 1, j + 1), grid.corner(i, j + 1)};
      for (std::size_t side = 0; side < 4; ++side) {
        mesh.cells.insert(mesh.cells.end(), {ring[side], ring[(side + 1) % 4], grid.centre(i, j)});
      }
    }
  }
  return mesh;
}

/// The grid with `place(u, v)` in R^n at the parameters u, v in [0, 1].
template <class Place>
Mesh embedded_grid(const Grid& grid, int n, Place place) {
  Mesh mesh = grid_cells(grid);
  mesh.ambient_dimension = n;
  mesh.positions.reserve(static_cast<std::size_t>(mesh.vertex_count) * static_cast<std::size_t>(n));
  mesh.vertex_count = 0;
  for (int j = 0; j < grid.corner_rows(); ++j) {
    for (int i = 0; i < grid.corner_columns(); ++i) {
      append(mesh, place(static_cast<double>(i) / grid.columns, static_cast<double>(j) / grid.rows));
    }
  }
  for (int j = 0; j < grid.rows; ++j) {
    for (int i = 0; i < grid.columns; ++i) {
      append(mesh, place((i + 0.5) / grid.columns, (j + 0.5) / grid.rows));
    }
  }
  return mesh;
}

/// The grid with the flat metric of cells `width` × `height`.
Mesh flat_grid(const Grid& grid, double width, double height) {
  Mesh mesh = grid_cells(grid);
  const double half_diagonal = std::hypot(width, height) / 2;
  mesh.edge_lengths.reserve(mesh.cells.size());
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    mesh.edge_lengths.insert(mesh.edge_lengths.end(), {c % 2 == 0 ? width : height, half_diagonal, half_diagonal});
  }
  return mesh;
}

// ---------------------------------------------------------------------------------------------------------------------
// Coarse simplices divided along a lattice.

/// Simplices of dimension 2 or 3, positively oriented, that a mesh starts from.
struct Coarse {
  int dimension = 2;
  std::vector<Point> points;
  std::vector<std::array<int, 4>> cells;
};

/// Divides every edge of `coarse` into f parts. `place(cell, w)` gives the position in R^n of the point with the
/// barycentric coordinates w / f in a coarse cell; it is called once a vertex.
template <class Place>
Mesh subdivide(const char* kind, const Coarse& coarse, int f, int n, Place place) {
  const int d = coarse.dimension;
  const double cells = static_cast<double>(coarse.cells.size()) * std::pow(f, d);
  require_cells(kind, cells);

  Mesh mesh;
  mesh.dimension = d;
  mesh.ambient_dimension = n;
  mesh.cells.reserve(static_cast<std::size_t>(cells) * static_cast<std::size_t>(d + 1));

  const Lattice division = lattice(d, f);
  std::map<std::array<std::pair<int, int>, 4>, int> shared; // (coarse vertex, weight) of points on coarse facets
  std::vector<int> vertex(division.points.size());
  for (const auto& cell : coarse.cells) {
    for (std::size_t point = 0; point < division.points.size(); ++point) {
      const std::array<int, 4>& w = division.points[point];
      std::array<std::pair<int, int>, 4> key{};
      int support = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        key[i] = w[i] > 0 ? std::pair{cell[i], w[i]} : std::pair{-1, 0};
        support += w[i] > 0 ? 1 : 0;
      }
      vertex[point] = mesh.vertex_count;
      if (support <= d) {
        std::ranges::sort(key);
        const auto [known, is_new] = shared.try_emplace(key, mesh.vertex_count);
        vertex[point] = known->second;
        if (!is_new) {
          continue;
        }
      }
      append(mesh, place(cell, w));
    }
    for (const auto& simplex : division.cells) {
      for (int i = 0; i <= d; ++i) {
        mesh.cells.push_back(vertex[static_cast<std::size_t>(simplex[static_cast<std::size_t>(i)])]);
      }
    }
  }
  return mesh;
}

/// The point with barycentric coordinates w / f in a coarse cell.
Point lattice_point(const Coarse& coarse, const std::array<int, 4>& cell, const std::array<int, 4>& w, int f) {
  Point p{};
  for (int i = 0; i <= coarse.dimension; ++i) {
    const auto corner = static_cast<std::size_t>(i);
    const Point& x = coarse.points[static_cast<std::size_t>(cell[corner])];
    for (std::size_t axis = 0; axis < 3; ++axis) {
      p[axis] += w[corner] * x[axis] / f;
    }
  }
  return p;
}

Mesh subdivide_flat(const char* kind, const Coarse& coarse, int f) {
  return subdivide(kind, coarse, f, 3,
                   [&](const auto& cell, const auto& w) { return lattice_point(coarse, cell, w, f); });
}

double determinant(const Point& a, const Point& b, const Point& c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}

/// The convex polyhedron about 0 whose faces are equilateral triangles, from its vertices, scaled to the given edge.
Coarse deltahedron(std::vector<Point> points, double edge) {
  const auto distance = [&](std::size_t i, std::size_t j) {
    return norm({points[i][0] - points[j][0], points[i][1] - points[j][1], points[i][2] - points[j][2]});
  };
  double shortest = std::numeric_limits<double>::max();
  for (std::size_t i = 1; i < points.size(); ++i) {
    shortest = std::min(shortest, distance(0, i));
  }
  for (Point& p : points) {
    p = {p[0] * edge / shortest, p[1] * edge / shortest, p[2] * edge / shortest};
  }
  const auto joined = [&](std::size_t i, std::size_t j) { return distance(i, j) < 1.1 * edge; };
  Coarse coarse;
  coarse.points = points;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      for (std::size_t k = j + 1; k < points.size(); ++k) {
        if (joined(i, j) && joined(j, k) && joined(i, k)) {
          std::array face{static_cast<int>(i), static_cast<int>(j), static_cast<int>(k), 0};
          if (determinant(points[i], points[j], points[k]) < 0) {
            std::swap(face[1], face[2]);
          }
          coarse.cells.push_back(face);
        }
      }
    }
  }
  return coarse;
}

Coarse icosahedron(double edge) {
  constexpr double phi = std::numbers::phi;
  std::vector<Point> points;
  for (const double s : {-1.0, 1.0}) {
    for (const double t : {-phi, phi}) {
      points.insert(points.end(), {{0, s, t}, {s, t, 0}, {t, 0, s}});
    }
  }
  return deltahedron(std::move(points), edge);
}

/// The faces of a unit icosphere of frequency f have edges below this over f: the edge of the inscribed icosahedron
/// over its inradius, which is the Lipschitz constant of the projection.
constexpr double icosphere_stretch = 2 * std::numbers::sqrt3 / (1 + std::numbers::phi);

Mesh stretched_icosphere(const char* kind, const Point& axes, MeshSize size) {
  const Coarse coarse = icosahedron(1);
  const int f = frequency(kind, icosphere_stretch * std::max({axes[0], axes[1], axes[2]}), size, 16);
  return subdivide(kind, coarse, f, 3, [&](const auto& cell, const auto& w) {
    const Point p = lattice_point(coarse, cell, w, f);
    const double length = norm(p);
    return Point{axes[0] * (p[0] / length), axes[1] * (p[1] / length), axes[2] * (p[2] / length)};
  });
}

} // namespace

// ---------------------------------------------------------------------------------------------------------------------

Mesh make_interval(double length, MeshSize size) {
  require_positive("interval", "L", length);
  const int n = frequency("interval", length, size, static_cast<int>(default_vertices));
  Mesh mesh;
  mesh.dimension = 1;
  mesh.ambient_dimension = 1;
  for (int i = 0; i <= n; ++i) {
    append(mesh, {length * (static_cast<double>(i) / n)});
    if (i > 0) {
      mesh.cells.insert(mesh.cells.end(), {i - 1, i});
    }
  }
  return mesh;
}

Mesh make_circle(double length, MeshSize size) {
  require_positive("circle", "L", length);
  const int n = std::max(3, frequency("circle", length, size, static_cast<int>(default_vertices)));
  const double radius = length / n / (2 * std::sin(pi / n));
  Mesh mesh;
  mesh.dimension = 1;
  mesh.ambient_dimension = 2;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * pi * i / n;
    append(mesh, {radius * std::cos(angle), radius * std::sin(angle)});
    mesh.cells.insert(mesh.cells.end(), {i, (i + 1) % n});
  }
  return mesh;
}

Mesh make_rectangle(double a, double b, MeshSize size) {
  require_positive("rectangle", "a", a);
  require_positive("rectangle", "b", b);
  const Grid grid = grid_of_size("rectangle", a, b, size, 1, 1);
  return embedded_grid(grid, 2, [&](double u, double v) { return Point{a * u, b * v}; });
}

Mesh make_disk(double radius, MeshSize size) {
  require_positive("disk", "R", radius);
  Coarse hexagon; // its corners are never placed flat, so it needs no points
  for (int i = 0; i < 6; ++i) {
    hexagon.cells.push_back({0, 1 + i, 1 + (i + 1) % 6, 0});
  }
  // The longest edges join rings k and k + 1 across an angle of π/(3(k + 1)): (1 + (π/3)² k/(k + 1))^(1/2) · radius/f.
  const int f = frequency("disk", radius * std::hypot(1.0, pi / 3), size, 28);
  return subdivide("disk", hexagon, f, 2, [&](const auto& cell, const auto& w) {
    const int ring = w[1] + w[2];
    const double sixths = ring == 0 ? 0.0 : (cell[1] - 1) + static_cast<double>(w[2]) / ring;
    const double r = radius * (static_cast<double>(ring) / f);
    return Point{r * std::cos(pi / 3 * sixths), r * std::sin(pi / 3 * sixths)};
  });
}

Mesh make_annulus(double inner, double outer, MeshSize size) {
  require_positive("annulus", "r", inner);
  require_positive("annulus", "R", outer);
  if (inner >= outer) {
    throw InputError("annulus", fmt::format("the inner radius {} must be below the outer radius {}", inner, outer));
  }
  const double log_ratio = std::log1p((outer - inner) / inner);
  Grid grid = grid_of_size("annulus", 2 * pi * outer, outer * log_ratio, size, 3, 1);
  grid.columns_close = true;
  return embedded_grid(grid, 2, [&](double u, double v) {
    const double r = v == 1 ? inner : outer * std::exp(-log_ratio * v);
    return Point{r * std::cos(2 * pi * u), r * std::sin(2 * pi * u)};
  });
}

Mesh make_mobius(double length, double width, MeshSize size) {
  require_positive("mobius", "length", length);
  require_positive("mobius", "width", width);
  if (width >= length / pi) {
    throw InputError("mobius", fmt::format("the width {} must be below length/pi = {:.6g}", width, length / pi));
  }
  const double radius = length / (2 * pi);
  const double longest = 2 * pi * std::hypot(radius + width / 2, width / 4); // bounds the curves v = constant
  Grid grid = grid_of_size("mobius", longest, width, size, 3, 1);
  grid.columns_close = true;
  grid.columns_flip = true;
  return embedded_grid(grid, 3, [&](double u, double v) {
    const double angle = 2 * pi * u;
    const double across = width * (v - 0.5);
    const double r = radius + across * std::cos(angle / 2);
    return Point{r * std::cos(angle), r * std::sin(angle), across * std::sin(angle / 2)};
  });
}

Mesh make_cube(double a, MeshSize size) {
  require_positive("cube", "a", a);
  Coarse cube;
  for (int corner = 0; corner < 8; ++corner) {
    cube.points.push_back(
        {(corner & 1) != 0 ? a / 2 : -a / 2, (corner & 2) != 0 ? a / 2 : -a / 2, (corner & 4) != 0 ? a / 2 : -a / 2});
  }
  for (int axis = 0; axis < 3; ++axis) {
    const int b = 1 << ((axis + 1) % 3);
    const int c = 1 << ((axis + 2) % 3);
    for (const int side : {0, 1}) {
      std::array ring{0, b, b | c, c}; // counter-clockwise as seen from the positive end of the axis
      if (side == 0) {
        std::swap(ring[1], ring[3]);
      }
      const int centre = static_cast<int>(cube.points.size());
      Point middle{};
      middle[static_cast<std::size_t>(axis)] = side == 0 ? -a / 2 : a / 2;
      cube.points.push_back(middle);
      for (std::size_t i = 0; i < 4; ++i) {
        cube.cells.push_back({ring[i] | (side << axis), ring[(i + 1) % 4] | (side << axis), centre, 0});
      }
    }
  }
  return subdivide_flat("cube", cube, frequency("cube", a, size, 14));
}

Mesh make_sphere(double radius, MeshSize size) {
  require_positive("icosphere", "R", radius);
  return stretched_icosphere("icosphere", {radius, radius, radius}, size);
}

Mesh make_torus(double major, double minor, MeshSize size) {
  require_positive("torus", "R", major);
  require_positive("torus", "r", minor);
  if (minor >= major) {
    throw InputError("torus",
                     fmt::format("the tube's radius {} must be below the radius {} that it runs on", minor, major));
  }
  // Conformal coordinates: the angle around the tube is φ with tan(φ/2) = ((R + r)/(R − r))^(1/2) tan(πv).
  const double stretch = std::sqrt((major + minor) / (major - minor));
  Grid grid = grid_of_size("torus", 2 * pi * (major + minor), 2 * pi * minor * stretch, size, 3, 3);
  grid.columns_close = true;
  grid.rows_close = true;
  return embedded_grid(grid, 3, [&](double u, double v) {
    const double around_tube = 2 * std::atan(stretch * std::tan(pi * v));
    const double r = major + minor * std::cos(around_tube);
    return Point{r * std::cos(2 * pi * u), r * std::sin(2 * pi * u), minor * std::sin(around_tube)};
  });
}

Mesh make_ellipsoid(double a, double b, double c, MeshSize size) {
  require_positive("ellipsoid", "a", a);
  require_positive("ellipsoid", "b", b);
  require_positive("ellipsoid", "c", c);
  return stretched_icosphere("ellipsoid", {a, b, c}, size);
}

Mesh make_tetrahedron(double a, MeshSize size) {
  require_positive("tetrahedron", "a", a);
  const Coarse coarse = deltahedron({{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}, a);
  return subdivide_flat("tetrahedron", coarse, frequency("tetrahedron", a, size, 35));
}

Mesh make_octahedron(double a, MeshSize size) {
  require_positive("octahedron", "a", a);
  const Coarse coarse = deltahedron({{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}, a);
  return subdivide_flat("octahedron", coarse, frequency("octahedron", a, size, 25));
}

Mesh make_icosahedron(double a, MeshSize size) {
  require_positive("icosahedron", "a", a);
  return subdivide_flat("icosahedron", icosahedron(a), frequency("icosahedron", a, size, 16));
}

Mesh make_flat_torus(double a, double b, MeshSize size) {
  require_positive("flat-torus", "a", a);
  require_positive("flat-torus", "b", b);
  Grid grid = grid_of_size("flat-torus", a, b, size, 3, 3);
  grid.columns_close = true;
  grid.rows_close = true;
  return flat_grid(grid, a / grid.columns, b / grid.rows);
}

Mesh make_klein(double a, double b, MeshSize size) {
  require_positive("klein", "a", a);
  require_positive("klein", "b", b);
  Grid grid = grid_of_size("klein", a / 2, b, size, 3, 3);
  grid.columns_close = true;
  grid.columns_flip = true;
  grid.rows_close = true;
  return flat_grid(grid, a / 2 / grid.columns, b / grid.rows);
}

Mesh make_box(double a, double b, double c, MeshSize size) {
  require_positive("box", "a", a);
  require_positive("box", "b", b);
  require_positive("box", "c", c);
  if (size) {
    require_positive("box", "size", *size);
  }
  const Point sides{a, b, c};
  // A cell's diagonal is its longest edge; sides are divided evenly, 12 times a side in a cube without a given size.
  const double h = std::min(
      {size ? *size / std::numbers::sqrt3 : std::cbrt(a) * std::cbrt(b) * std::cbrt(c) / 12, a / 2, b / 2, c / 2});
  std::array<int, 3> n{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    n[axis] = 2 * divisions("box", sides[axis] / 2, h);
  }
  require_cells("box", 6.0 * n[0] * n[1] * n[2]);

  Mesh mesh;
  mesh.dimension = 3;
  std::array<int, 3> i{};
  for (i[2] = 0; i[2] <= n[2]; ++i[2]) {
    for (i[1] = 0; i[1] <= n[1]; ++i[1]) {
      for (i[0] = 0; i[0] <= n[0]; ++i[0]) {
        append(mesh, {a * (static_cast<double>(i[0]) / n[0]), b * (static_cast<double>(i[1]) / n[1]),
                      c * (static_cast<double>(i[2]) / n[2])});
      }
    }
  }
  const auto vertex = [&](const std::array<int, 3>& at) { return (at[2] * (n[1] + 1) + at[1]) * (n[0] + 1) + at[0]; };
  for (i[2] = 0; i[2] < n[2]; ++i[2]) {
    for (i[1] = 0; i[1] < n[1]; ++i[1]) {
      for (i[0] = 0; i[0] < n[0]; ++i[0]) {
        std::array<int, 3> start{};
        std::array<int, 3> step{};
        bool mirrored = false;
        for (std::size_t axis = 0; axis < 3; ++axis) {
          const bool low = i[axis] < n[axis] / 2;
          start[axis] = low ? i[axis] + 1 : i[axis];
          step[axis] = low ? -1 : 1;
          mirrored ^= low;
        }
        for (const Walk& walk : walks) {
          std::array<int, 3> at = start;
          std::array<int, 4> simplex{vertex(at)};
          for (std::size_t k = 0; k < 3; ++k) {
            const auto axis = static_cast<std::size_t>(walk.axes[k]);
            at[axis] += step[axis];
            simplex[k + 1] = vertex(at);
          }
          const auto turned = oriented(simplex, walk.odd != mirrored);
          mesh.cells.insert(mesh.cells.end(), turned.begin(), turned.end());
        }
      }
    }
  }
  return mesh;
}

Mesh make_ball(double radius, MeshSize size) {
  require_positive("ball", "R", radius);
  Coarse solid = icosahedron(1);
  const int centre = static_cast<int>(solid.points.size());
  solid.dimension = 3;
  solid.points.push_back({0, 0, 0});
  for (auto& cell : solid.cells) {
    cell = {centre, cell[0], cell[1], cell[2]};
  }
  // The longest edges are inner diagonals near the sphere; their length times f/radius tends to 1.9525 from below.
  const int f = frequency("ball", 1.953 * radius, size, 9);
  return subdivide("ball", solid, f, 3, [&](const auto& cell, const auto& w) {
    const Point p = lattice_point(solid, cell, w, f);
    const int shell = f - w[0];
    const double scale = shell == 0 ? 0.0 : radius * (static_cast<double>(shell) / f) / norm(p);
    return Point{scale * p[0], scale * p[1], scale * p[2]};
  });
}

// ---------------------------------------------------------------------------------------------------------------------

namespace {

struct Kind {
  std::string_view name;
  std::vector<std::string_view> parameters;
  std::vector<double> defaults;
  std::string_view description;
  std::function<Mesh(std::span<const double>, MeshSize)> make;
};

std::vector<Kind> kinds() {
  using Parameters = std::span<const double>;
  const auto one = [](Mesh (*make)(double, MeshSize)) {
    return [make](Parameters p, MeshSize size) { return make(p[0], size); };
  };
  const auto two = [](Mesh (*make)(double, double, MeshSize)) {
    return [make](Parameters p, MeshSize size) { return make(p[0], p[1], size); };
  };
  const auto three = [](Mesh (*make)(double, double, double, MeshSize)) {
    return [make](Parameters p, MeshSize size) { return make(p[0], p[1], p[2], size); };
  };
  return {
      {"interval", {"L"}, {1}, "the segment [0, L]", one(make_interval)},
      {"circle", {"L"}, {1}, "a circle of length L", one(make_circle)},
      {"rectangle", {"a", "b"}, {1, 1}, "the plane rectangle [0, a] x [0, b]", two(make_rectangle)},
      {"disk", {"R"}, {1}, "the plane disk of radius R", one(make_disk)},
      {"annulus", {"r", "R"}, {0.5, 1}, "the plane ring between the radii r < R", two(make_annulus)},
      {"mobius", {"length", "width"}, {8, 1}, "a twisted strip in space (not flat)", two(make_mobius)},
      {"icosphere", {"R"}, {1}, "the round sphere of radius R, from an icosahedron", one(make_sphere)},
      {"ellipsoid", {"a", "b", "c"}, {1, 0.75, 0.5}, "the ellipsoid with semi-axes a, b, c", three(make_ellipsoid)},
      {"torus", {"R", "r"}, {1, 0.5}, "a tube of radius r around a circle of radius R", two(make_torus)},
      {"revolution-torus", {"R", "r"}, {1, 0.5}, "another name of torus", two(make_torus)},
      {"cube", {"a"}, {1}, "the surface of a cube of edge a", one(make_cube)},
      {"tetrahedron", {"a"}, {1}, "the surface of a regular tetrahedron of edge a", one(make_tetrahedron)},
      {"octahedron", {"a"}, {1}, "the surface of a regular octahedron of edge a", one(make_octahedron)},
      {"icosahedron", {"a"}, {1}, "the surface of a regular icosahedron of edge a", one(make_icosahedron)},
      {"flat-torus", {"a", "b"}, {1, 1}, "a x b with opposite sides glued, edge lengths only", two(make_flat_torus)},
      {"klein", {"a", "b"}, {1, 1}, "the flat Klein bottle of area ab/2, edge lengths only", two(make_klein)},
      {"box", {"a", "b", "c"}, {1, 1, 1}, "the solid box [0, a] x [0, b] x [0, c], in tetrahedra", three(make_box)},
      {"ball", {"R"}, {1}, "the solid ball of radius R, in tetrahedra", one(make_ball)},
  };
}

std::string signature(const Kind& kind) { return fmt::format("{}:{}", kind.name, fmt::join(kind.parameters, ",")); }

/// The numbers of a list separated by commas; empty if it is not one.
std::vector<double> parse_numbers(std::string_view text) {
  std::vector<double> numbers;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data();; ++at) {
    double value = 0;
    const auto [stop, status] = std::from_chars(at, end, value);
    if (status != std::errc{} || (stop != end && *stop != ',')) {
      return {};
    }
    numbers.push_back(value);
    if (stop == end) {
      return numbers;
    }
    at = stop;
  }
}

} // namespace

std::vector<MeshKind> mesh_kinds() {
  std::vector<MeshKind> list;
  for (const Kind& kind : kinds()) {
    list.push_back({std::string(kind.name), fmt::format("{} ({})", signature(kind), fmt::join(kind.defaults, ",")),
                    std::string(kind.description)});
  }
  return list;
}

Mesh make_mesh(const std::string& expression, MeshSize size) {
  const std::vector<Kind> known = kinds();
  const std::string_view text = expression;
  const auto colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto kind = std::find_if(known.begin(), known.end(), [&](const Kind& k) { return k.name == name; });
  if (kind == known.end()) {
    std::vector<std::string_view> names;
    names.reserve(known.size());
    for (const Kind& k : known) {
      names.push_back(k.name);
    }
    throw InputError(expression, fmt::format("unknown kind of mesh, expected one of {}", fmt::join(names, ", ")));
  }
  std::vector<double> parameters = kind->defaults;
  if (colon != std::string_view::npos) {
    parameters = parse_numbers(text.substr(colon + 1));
    if (parameters.size() != kind->parameters.size()) {
      const auto count = kind->parameters.size();
      throw InputError(expression, fmt::format("expected {} alone or {} with {} number{}", kind->name, signature(*kind),
                                               count, count == 1 ? "" : "s"));
    }
  }
  return kind->make(parameters, size);
}

} // namespace weyl
