// SPDX-License-Identifier: GPL-3.0-or-later
// Spheres and their quotients, surfaces in space, the Bolza surface.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/coarse_cells.hpp"
#include "weyl/fem/spaces.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

/// The pull-back of the round metric under x ↦ x/|x|: (I − xxᵀ/|x|²)/|x|².
Metric radial_metric(Charts charts) {
  return chart_metric(std::move(charts), [](const ChartPoint& x) {
    const double square = x.squaredNorm();
    return ChartMatrix((ChartMatrix::Identity(x.size(), x.size()) - x * x.transpose() / square) / square);
  });
}

ChartPoint radial_projection(const ChartPoint& x) { return x / x.norm(); }

/// The simplicial polytope whose projection is the unit sphere of dimension 1, 2 or 3.
GluedCells sphere_cells(const char* kind, int dimension) {
  switch (dimension) {
  case 1:
    return polygon(5);
  case 2:
    return icosahedron();
  case 3:
    return cell_600();
  default:
    throw InputError(kind, fmt::format("meshes are there in dimension 1 to 3, not {}", dimension));
  }
}

} // namespace

RiemannianMesh round_sphere(int dimension, const Division& division) {
  return divide("sphere", sphere_cells("sphere", dimension), {.metric = radial_metric, .embedding = radial_projection},
                division);
}

RiemannianMesh round_hemisphere(int dimension, const Division& division) {
  if (dimension != 2 && dimension != 3) {
    throw InputError("hemisphere", fmt::format("meshes are there in dimension 2 and 3, not {}", dimension));
  }
  return divide("hemisphere", half_cross_polytope(dimension), {.metric = radial_metric, .embedding = radial_projection},
                division);
}

RiemannianMesh projective_space(int dimension, const Division& division) {
  if (dimension != 2 && dimension != 3) {
    throw InputError("rp", fmt::format("meshes are there in dimension 2 and 3, not {}", dimension));
  }
  GluedCells cells = sphere_cells("rp", dimension);
  std::vector<int> antipode;
  for (Eigen::Index v = 0; v < cells.points.cols(); ++v) {
    Eigen::Index opposite = 0;
    (cells.points.colwise() + cells.points.col(v)).colwise().squaredNorm().minCoeff(&opposite);
    antipode.push_back(static_cast<int>(opposite));
  }
  // One of every two opposite cells: the lesser in the order of sorted vertices.
  std::erase_if(cells.cells, [&](std::array<int, 4> cell) {
    std::array<int, 4> image{};
    for (int i = 0; i < 4; ++i) {
      auto& v = cell[static_cast<std::size_t>(i)];
      v = i <= dimension ? v : -1;
      image[static_cast<std::size_t>(i)] = v < 0 ? -1 : antipode[static_cast<std::size_t>(v)];
    }
    std::ranges::sort(cell);
    std::ranges::sort(image);
    return image < cell;
  });
  cells.gluings.push_back(antipode);
  return divide("rp", cells, {.metric = radial_metric}, division);
}

RiemannianMesh lens_space(int p, int q, const Division& division) {
  if (p < 1 || p > 100 || std::gcd(p, q) != 1) {
    throw InputError("lens", fmt::format("p must be 1 to 100 and q prime to it, not {} and {}", p, q));
  }
  // The join of two m-gons, a_i = (e^{2πi/m}, 0) and b_j = (0, e^{2πij/m}), less what the rotation repeats.
  const int step = (5 + p) / p; // at least 5 corners
  const int m = p * step;
  GluedCells cells{.dimension = 3, .points = Eigen::MatrixXd::Zero(4, Eigen::Index{2} * m), .cells = {}};
  std::vector<int> rotation(static_cast<std::size_t>(2 * m));
  const auto wrap = [m](long i) { return static_cast<int>((i % m + m) % m); };
  for (int i = 0; i < m; ++i) {
    cells.points.col(i).head(2) << std::cos(2 * pi * i / m), std::sin(2 * pi * i / m);
    cells.points.col(m + i).tail(2) << std::cos(2 * pi * i / m), std::sin(2 * pi * i / m);
    rotation[static_cast<std::size_t>(i)] = wrap(i + step);
    rotation[static_cast<std::size_t>(m) + static_cast<std::size_t>(i)] =
        m + wrap(i + static_cast<long>(step) * (q % p));
  }
  for (int i = 0; i < step; ++i) {
    for (int j = 0; j < m; ++j) {
      cells.cells.push_back({i, wrap(i + 1), m + j, m + wrap(j + 1)});
    }
  }
  if (p > 1) {
    cells.gluings.push_back(rotation);
  }
  return divide("lens", cells, {.metric = radial_metric}, division);
}

RiemannianMesh ellipsoid(double a, double b, double c, const Division& division) {
  require_positive("ellipsoid", "a", a);
  require_positive("ellipsoid", "b", b);
  require_positive("ellipsoid", "c", c);
  const Eigen::Vector3d axes(a, b, c);
  return divide("ellipsoid", icosahedron(),
                {.metric =
                     [=](Charts charts) {
                       return mapped_metric(std::move(charts), [=](const ChartPoint& x) {
                         const double length = x.norm();
                         const Eigen::Vector3d u = x / length;
                         return ChartMatrix(axes.asDiagonal() * (Eigen::Matrix3d::Identity() - u * u.transpose()) /
                                            length);
                       });
                     },
                 .embedding = [=](const ChartPoint& x) { return ChartPoint(axes.cwiseProduct(x / x.norm())); }},
                division);
}

RiemannianMesh revolution_torus(double major, double minor, const Division& division) {
  require_positive("revolution-torus", "R", major);
  require_positive("revolution-torus", "r", minor);
  if (minor >= major) {
    throw InputError("revolution-torus",
                     fmt::format("the tube's radius {} must be below the radius {} that it runs on", minor, major));
  }
  Grid cells = grid(Eigen::Vector2d(2 * pi, 2 * pi).asDiagonal(),
                    divisions("revolution-torus", {2 * pi * major, 2 * pi * minor}));
  cells.glue(0);
  cells.glue(1);
  const auto radius = [=](const ChartPoint& x) { return major + minor * std::cos(x[1]); };
  return divide("revolution-torus", cells.cells,
                {.metric =
                     [=](Charts charts) {
                       return chart_metric(std::move(charts), [=](const ChartPoint& x) {
                         return ChartMatrix(Eigen::Vector2d(radius(x) * radius(x), minor * minor).asDiagonal());
                       });
                     },
                 .embedding =
                     [=](const ChartPoint& x) {
                       return ChartPoint(Eigen::Vector3d(radius(x) * std::cos(x[0]), radius(x) * std::sin(x[0]),
                                                         minor * std::sin(x[1])));
                     }},
                division);
}

RiemannianMesh bolza_surface(const Division& division) {
  // On the hyperboloid −X_0² + X_1² + X_2² = −1, about the centre c: midpoints m_k of the sides at the distance a with
  // cosh a = cot(π/8), and corners v_k at the distance b with cosh b = cot²(π/8). Side k runs from v_k to v_{k+1}; the
  // opposite side is k + 4, reversed.
  const double cot = 1 / std::tan(pi / 8);
  GluedCells cells{.dimension = 2, .points = Eigen::MatrixXd(3, 17), .cells = {}};
  const auto place = [&](int vertex, double cosh, double angle) {
    const double sinh = std::sqrt(cosh * cosh - 1);
    cells.points.col(vertex) << cosh, sinh * std::cos(angle), sinh * std::sin(angle);
  };
  const auto middle = [](int k) { return 1 + k % 8; };
  const auto corner = [](int k) { return 9 + k % 8; };
  place(0, 1, 0);
  for (int k = 0; k < 8; ++k) {
    place(middle(k), cot, pi / 4 * k + pi / 8);
    place(corner(k), cot * cot, pi / 4 * k);
    cells.cells.push_back({0, middle(k), middle(k + 1)});
    cells.cells.push_back({middle(k), corner(k + 1), middle(k + 1)});
    std::vector<int> pairing(17, -1);
    pairing[static_cast<std::size_t>(corner(k))] = corner(k + 5);
    pairing[static_cast<std::size_t>(middle(k))] = middle(k + 4);
    pairing[static_cast<std::size_t>(corner(k + 1))] = corner(k + 4);
    cells.gluings.push_back(pairing);
  }
  // The pull-back of the hyperbolic metric under X ↦ X/√s, s = −⟨X, X⟩, with J = diag(−1, 1, 1): J/s + JX(JX)ᵀ/s².
  return divide("bolza", cells,
                {.metric =
                     [](Charts charts) {
                       return chart_metric(std::move(charts), [](const ChartPoint& x) {
                         const Eigen::Vector3d lowered(-x[0], x[1], x[2]);
                         const double s = -lowered.dot(Eigen::Vector3d(x));
                         return ChartMatrix(Eigen::Matrix3d(Eigen::Vector3d(-1, 1, 1).asDiagonal()) / s +
                                            lowered * lowered.transpose() / (s * s));
                       });
                     }},
                division);
}

} // namespace weyl
