// SPDX-License-Identifier: GPL-3.0-or-later
// Spaces of curvature 0.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/QR>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/coarse_cells.hpp"
#include "weyl/fem/spaces.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

ChartPoint identity(const ChartPoint& x) { return x; }

/// A basis of the same lattice that is obtuse together with minus its sum, if there is one of d ≤ 3 (E. Selling, Über
/// die binären und ternären quadratischen Formen, J. reine angew. Math. 77, 1874): the cubes of a grid, cut along their
/// diagonals, then make its Delaunay triangulation.
Eigen::MatrixXd obtuse(const Eigen::MatrixXd& basis) {
  const Eigen::Index d = basis.cols();
  Eigen::MatrixXd v(basis.rows(), d + 1);
  v << basis, -basis.rowwise().sum();
  const double scale = basis.squaredNorm();
  for (int round = 0; round < 1000; ++round) {
    bool changed = false;
    for (Eigen::Index i = 0; i <= d && !changed; ++i) {
      for (Eigen::Index j = 0; j < i && !changed; ++j) {
        if (v.col(i).dot(v.col(j)) > 1e-12 * scale && d > 1) {
          // −v_i, v_j, and v_i shared out among the others
          for (Eigen::Index k = 0; k <= d; ++k) {
            if (k != i && k != j) {
              v.col(k) += (d == 2 ? 2.0 : 1.0) * v.col(i);
            }
          }
          v.col(i) *= -1;
          changed = true;
        }
      }
    }
    if (!changed) {
      break;
    }
  }
  return v.leftCols(d);
}

} // namespace

RiemannianMesh flat_torus(const Eigen::MatrixXd& basis, const Division& division) {
  if (basis.cols() < 1 || basis.cols() > 3 || basis.rows() > 8 || !basis.allFinite() ||
      basis.colPivHouseholderQr().rank() < basis.cols()) {
    throw InputError("torus", "its lattice must have one to three independent vectors");
  }
  const Eigen::MatrixXd reduced = obtuse(basis);
  std::vector<double> sides;
  for (Eigen::Index k = 0; k < reduced.cols(); ++k) {
    sides.push_back(reduced.col(k).norm());
  }
  Grid cells = grid(reduced, divisions("torus", sides));
  for (std::size_t axis = 0; axis < sides.size(); ++axis) {
    cells.glue(axis);
  }
  return divide("torus", cells.cells, {}, division);
}

RiemannianMesh klein_bottle(double a, double b, const Division& division) {
  require_positive("klein", "a", a);
  require_positive("klein", "b", b);
  Grid cells = grid(Eigen::Vector2d(a / 2, b).asDiagonal(), divisions("klein", {a / 2, b}));
  cells.glue(0, 1);
  cells.glue(1);
  return divide("klein", cells.cells, {}, division);
}

RiemannianMesh mobius_strip(double length, double width, const Division& division) {
  require_positive("mobius", "the length", length);
  require_positive("mobius", "the width", width);
  Grid cells = grid(Eigen::Vector2d(length, width).asDiagonal(), divisions("mobius", {length, width}));
  cells.glue(0, 1);
  return divide("mobius", cells.cells, {}, division);
}

RiemannianMesh flat_box(const std::vector<double>& sides, const Division& division) {
  if (sides.empty() || sides.size() > 3) {
    throw InputError("box", "one to three sides are expected");
  }
  for (const double side : sides) {
    require_positive("box", "a side", side);
  }
  const Eigen::Map<const Eigen::VectorXd> lengths(sides.data(), static_cast<Eigen::Index>(sides.size()));
  return divide("box", grid(lengths.asDiagonal(), divisions("box", sides)).cells, {.embedding = identity}, division);
}

RiemannianMesh equilateral_triangle(double a, const Division& division) {
  require_positive("equilateral", "a", a);
  Eigen::MatrixXd points(2, 3);
  points << 0, a, a / 2, 0, 0, a * std::numbers::sqrt3 / 2;
  return divide("equilateral", {.points = points, .cells = {{0, 1, 2}}}, {.embedding = identity}, division);
}

RiemannianMesh flat_annulus(double inner, double outer, const Division& division) {
  require_positive("annulus", "r", inner);
  require_positive("annulus", "R", outer);
  if (inner >= outer) {
    throw InputError("annulus", fmt::format("the inner radius {} must be below the outer radius {}", inner, outer));
  }
  // The exponential of [0, log(R/r)] × [0, 2π]: conformal.
  const double height = std::log1p((outer - inner) / inner);
  Grid cells = grid(Eigen::Vector2d(height, 2 * pi).asDiagonal(), divisions("annulus", {height, 2 * pi}));
  cells.glue(1);
  const auto radius = [=](const ChartPoint& x) { return inner * std::exp(x[0]); };
  return divide("annulus", cells.cells,
                {.metric =
                     [=](Charts charts) {
                       return chart_metric(std::move(charts), [=](const ChartPoint& x) {
                         return ChartMatrix(radius(x) * radius(x) * ChartMatrix::Identity(2, 2));
                       });
                     },
                 .embedding =
                     [=](const ChartPoint& x) {
                       return ChartPoint(radius(x) * Eigen::Vector2d(std::cos(x[1]), std::sin(x[1])));
                     }},
                division);
}

RiemannianMesh flat_ball(int dimension, double radius, const Division& division) {
  require_positive("ball", "R", radius);
  // The cone from 0 over a polytope, whose facets {n·x = 1} make its gauge r(x) = max n·x. Beyond r = 1/2,
  // F(x) = R s(x) x with s = 1 + (2r − 1)(r/|x| − 1).
  GluedCells cells = dimension == 2 ? polygon(6) : dimension == 3 ? icosahedron() : GluedCells{};
  if (dimension == 1) {
    return flat_box({2 * radius}, division);
  }
  if (dimension != 2 && dimension != 3) {
    throw InputError("ball", fmt::format("meshes are there in dimension 1 to 3, not {}", dimension));
  }
  std::vector<Eigen::VectorXd> normals;
  const auto centre = static_cast<int>(cells.points.cols());
  for (auto& cell : cells.cells) {
    Eigen::MatrixXd corners(dimension, dimension);
    for (int i = 0; i < dimension; ++i) {
      corners.col(i) = cells.points.col(cell[static_cast<std::size_t>(i)]);
    }
    normals.emplace_back(corners.transpose().colPivHouseholderQr().solve(Eigen::VectorXd::Ones(dimension)));
    cell = {centre, cell[0], cell[1], cell[2]};
  }
  cells.dimension = dimension;
  cells.points.conservativeResize(Eigen::NoChange, centre + 1);
  cells.points.col(centre).setZero();

  const auto normal = [normals](const ChartPoint& x) -> ChartPoint {
    return *std::ranges::max_element(normals, {}, [&](const Eigen::VectorXd& n) { return n.dot(x); });
  };
  const auto stretch = [](double r, double length) { return r > 0.5 ? 1 + (2 * r - 1) * (r / length - 1) : 1.0; };
  const auto jacobian = [=](const ChartPoint& x) {
    ChartMatrix result = radius * ChartMatrix::Identity(x.size(), x.size());
    const ChartPoint n = normal(x);
    const double r = n.dot(x);
    if (r > 0.5) {
      const double length = x.norm();
      const ChartPoint gradient =
          2 * (r / length - 1) * n + (2 * r - 1) * (n / length - r / (length * length * length) * x);
      result = radius * (stretch(r, length) * ChartMatrix::Identity(x.size(), x.size()) + x * gradient.transpose());
    }
    return result;
  };
  return divide(
      dimension == 2 ? "disk" : "ball", cells,
      {.metric = [=](Charts charts) { return mapped_metric(std::move(charts), jacobian); },
       .embedding = [=](const ChartPoint& x) { return ChartPoint(radius * stretch(normal(x).dot(x), x.norm()) * x); }},
      division, 2);
}

} // namespace weyl
