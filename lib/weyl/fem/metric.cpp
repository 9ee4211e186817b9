// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/metric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange.hpp"
#include "weyl/fem/nodes.hpp"
#include "weyl/fem/quadrature.hpp"

namespace weyl {

namespace {

/// The corners of a cell in its chart, c × (d+1).
Eigen::Map<const Eigen::MatrixXd> corners(const Charts& charts, std::size_t cell, Eigen::Index count) {
  const auto c = static_cast<Eigen::Index>(charts.dimension);
  return {charts.coordinates.data() + cell * static_cast<std::size_t>(c * count), c, count};
}

/// Edges from corner 0, c × d.
ChartMatrix edges(const Eigen::Map<const Eigen::MatrixXd>& corners) {
  ChartMatrix e = corners.rightCols(corners.cols() - 1);
  e.colwise() -= corners.col(0);
  return e;
}

void check(const Charts& charts) {
  if (charts.dimension < 1 || charts.dimension > 8) {
    throw InputError("charts", fmt::format("dimension 1 to 8 is there, not {}", charts.dimension));
  }
}

/// G = gram(x, E) at every point.
template <class Gram>
Metric metric_of_charts(Charts charts, Gram gram) {
  check(charts);
  return [charts = std::move(charts), gram = std::move(gram)](std::size_t cell, const Eigen::MatrixXd& points) {
    const auto x = corners(charts, cell, points.rows());
    const ChartMatrix e = edges(x);
    const Eigen::Index d = points.rows() - 1;
    Eigen::MatrixXd grams(d, d * points.cols());
    for (Eigen::Index q = 0; q < points.cols(); ++q) {
      grams.middleCols(q * d, d) = gram(ChartPoint(x * points.col(q)), e);
    }
    return grams;
  };
}

} // namespace

Metric chart_metric(Charts charts, ChartFunction g) {
  return metric_of_charts(std::move(charts), [g = std::move(g)](const ChartPoint& x, const ChartMatrix& e) {
    return ChartMatrix(e.transpose() * g(x) * e);
  });
}

Metric mapped_metric(Charts charts, ChartFunction jacobian) {
  return metric_of_charts(std::move(charts),
                          [jacobian = std::move(jacobian)](const ChartPoint& x, const ChartMatrix& e) {
                            const ChartMatrix tangents = jacobian(x) * e;
                            return ChartMatrix(tangents.transpose() * tangents);
                          });
}

Charts charts(const Mesh& mesh) {
  Charts result{mesh.ambient_dimension, {}};
  check(result);
  result.coordinates.reserve(mesh.cells.size() * static_cast<std::size_t>(mesh.ambient_dimension));
  for (const int v : mesh.cells) {
    const auto x = mesh.position(v);
    result.coordinates.insert(result.coordinates.end(), x.begin(), x.end());
  }
  return result;
}

CellFunction chart_function(Charts charts, std::function<double(const ChartPoint&)> f) {
  check(charts);
  return [charts = std::move(charts), f = std::move(f)](std::size_t cell, const Eigen::MatrixXd& points) {
    const auto x = corners(charts, cell, points.rows());
    Eigen::VectorXd values(points.cols());
    for (Eigen::Index q = 0; q < points.cols(); ++q) {
      values[q] = f(ChartPoint(x * points.col(q)));
    }
    return values;
  };
}

Metric isoparametric(const Mesh& mesh, int order, const std::function<void(std::span<double>)>& project) {
  const LagrangeElement element(mesh.dimension, order);
  const Charts flat = charts(mesh);
  const Eigen::Index n = mesh.ambient_dimension;
  const Eigen::Index d = mesh.dimension;
  const Eigen::Index nodes = element.size();
  std::vector<double> positions(mesh.cell_count() * static_cast<std::size_t>(n * nodes));
  const Quadrature rule = simplex_quadrature(mesh.dimension, 2 * order);
  const ShapeValues shapes = element.at(rule.points);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto corner = corners(flat, c, d + 1);
    Eigen::Map<Eigen::MatrixXd> x(positions.data() + c * static_cast<std::size_t>(n * nodes), n, nodes);
    x = corner * element.nodes();
    for (Eigen::Index a = 0; a < nodes; ++a) {
      project({x.col(a).data(), static_cast<std::size_t>(n)});
    }
    const ChartMatrix e = edges(corner);
    for (Eigen::Index q = 0; q < rule.weights.size(); ++q) {
      ChartMatrix tangents(n, d);
      for (Eigen::Index i = 0; i < d; ++i) {
        tangents.col(i) = x * shapes.gradient[static_cast<std::size_t>(i)].col(q);
      }
      if (!(ChartMatrix(e.transpose() * tangents).determinant() > 0)) {
        throw InputError("the mesh", fmt::format("curved cell {} is inverted; use smaller cells", c));
      }
    }
  }
  return [element, n, positions = std::move(positions)](std::size_t cell, const Eigen::MatrixXd& points) {
    const Eigen::Index dimension = points.rows() - 1;
    const Eigen::Index count = points.cols();
    const ShapeValues at = element.at(points);
    const Eigen::Map<const Eigen::MatrixXd> x(positions.data() + cell * static_cast<std::size_t>(n * element.size()), n,
                                              element.size());
    std::array<Eigen::MatrixXd, 3> tangent;
    for (Eigen::Index i = 0; i < dimension; ++i) {
      tangent[static_cast<std::size_t>(i)] = x * at.gradient[static_cast<std::size_t>(i)];
    }
    Eigen::MatrixXd grams(dimension, dimension * count);
    for (Eigen::Index i = 0; i < dimension; ++i) {
      for (Eigen::Index j = 0; j < dimension; ++j) {
        for (Eigen::Index q = 0; q < count; ++q) {
          grams(i, q * dimension + j) =
              tangent[static_cast<std::size_t>(i)].col(q).dot(tangent[static_cast<std::size_t>(j)].col(q));
        }
      }
    }
    return grams;
  };
}

Metric flat_metric(const Mesh& mesh) {
  return [&mesh](std::size_t cell, const Eigen::MatrixXd& points) {
    const auto l2 = edge_lengths_squared(mesh, cell);
    const int d = mesh.dimension;
    // ⟨e_i, e_j⟩ = (|e_i|² + |e_j|² − |e_i − e_j|²)/2; edge (0, i) has the number i(i−1)/2, edge (i, j) i + j(j−1)/2.
    Eigen::MatrixXd gram(d, d);
    for (int i = 1; i <= d; ++i) {
      for (int j = 1; j <= d; ++j) {
        const auto square = [&](int a, int b) {
          return a == b ? 0.0
                        : l2[static_cast<std::size_t>(std::min(a, b) + std::max(a, b) * (std::max(a, b) - 1) / 2)];
        };
        gram(i - 1, j - 1) = (square(0, i) + square(0, j) - square(i, j)) / 2;
      }
    }
    return Eigen::MatrixXd(gram.replicate(1, points.cols()));
  };
}

double volume(const RiemannianMesh& space, int degree) {
  if (!space.metric && !space.weight) {
    return volume(space.mesh);
  }
  const Quadrature rule = simplex_quadrature(space.mesh.dimension, degree);
  const Metric metric = space.metric ? space.metric : flat_metric(space.mesh);
  const Eigen::Index d = space.mesh.dimension;
  double sum = 0;
  for (std::size_t c = 0; c < space.mesh.cell_count(); ++c) {
    const Eigen::MatrixXd grams = metric(c, rule.points);
    const Eigen::VectorXd w = space.weight ? space.weight(c, rule.points) : Eigen::VectorXd::Ones(rule.weights.size());
    for (Eigen::Index q = 0; q < rule.weights.size(); ++q) {
      sum += w[q] * rule.weights[q] * std::sqrt(std::max(0.0, ChartMatrix(grams.middleCols(q * d, d)).determinant()));
    }
  }
  return sum;
}

double boundary_volume(const RiemannianMesh& space, int degree) {
  const Eigen::Index d = space.mesh.dimension;
  const Quadrature rule = simplex_quadrature(space.mesh.dimension - 1, degree);
  const Metric metric = space.metric ? space.metric : flat_metric(space.mesh);
  double sum = 0;
  for (const std::size_t side : boundary_sides(space.mesh)) {
    const std::size_t cell = side / static_cast<std::size_t>(d + 1);
    const auto opposite = static_cast<Eigen::Index>(side % static_cast<std::size_t>(d + 1));
    // The facet's corners in the cell, and its edges from the first of them in terms of e_1 … e_d.
    Eigen::MatrixXd points = Eigen::MatrixXd::Zero(d + 1, rule.weights.size());
    Eigen::MatrixXd unit = Eigen::MatrixXd::Zero(d, d);
    for (Eigen::Index i = 0, k = 0; i <= d; ++i) {
      if (i != opposite) {
        points.row(i) = rule.points.row(k);
        if (i > 0) {
          unit(i - 1, k) = 1;
        }
        ++k;
      }
    }
    const Eigen::MatrixXd tangents = unit.rightCols(d - 1).colwise() - unit.col(0);
    const Eigen::MatrixXd grams = metric(cell, points);
    const Eigen::VectorXd w = space.weight ? space.weight(cell, points) : Eigen::VectorXd::Ones(rule.weights.size());
    for (Eigen::Index q = 0; q < rule.weights.size(); ++q) {
      const ChartMatrix gram = tangents.transpose() * grams.middleCols(q * d, d) * tangents;
      sum += w[q] * rule.weights[q] * (d == 1 ? 1.0 : std::sqrt(std::max(0.0, gram.determinant())));
    }
  }
  return sum;
}

} // namespace weyl
