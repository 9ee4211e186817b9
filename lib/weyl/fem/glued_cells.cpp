// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/glued_cells.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/quadrature.hpp"
#include "weyl/mesh/lattice.hpp"

namespace weyl {

namespace {

/// A lattice point of a face: its corners and their weights, ascending; the rest is {−1, 0}.
using Place = std::array<std::pair<int, int>, 4>;

/// The least of all places that gluings make the same.
Place canonical(const Place& place, const std::vector<std::vector<int>>& gluings) {
  std::set<Place> orbit{place};
  std::vector<Place> open{place};
  while (!open.empty()) {
    const Place here = open.back();
    open.pop_back();
    for (const std::vector<int>& map : gluings) {
      Place image = here;
      bool mapped = true;
      for (auto& [vertex, weight] : image) {
        if (weight > 0) {
          vertex = map[static_cast<std::size_t>(vertex)];
          mapped = mapped && vertex >= 0;
        }
      }
      std::ranges::sort(image);
      if (mapped && orbit.insert(image).second) {
        open.push_back(image);
      }
    }
  }
  return *orbit.begin();
}

/// The maps and their inverses.
std::vector<std::vector<int>> with_inverses(const std::vector<std::vector<int>>& gluings) {
  std::vector<std::vector<int>> result = gluings;
  for (const std::vector<int>& map : gluings) {
    std::vector<int> inverse(map.size(), -1);
    for (std::size_t v = 0; v < map.size(); ++v) {
      if (map[v] >= 0) {
        inverse[static_cast<std::size_t>(map[v])] = static_cast<int>(v);
      }
    }
    result.push_back(inverse);
  }
  return result;
}

Charts coarse_charts(const GluedCells& coarse) {
  Charts charts{static_cast<int>(coarse.points.rows()), {}};
  for (const auto& cell : coarse.cells) {
    for (int i = 0; i <= coarse.dimension; ++i) {
      const auto x = coarse.points.col(cell[static_cast<std::size_t>(i)]);
      charts.coordinates.insert(charts.coordinates.end(), x.begin(), x.end());
    }
  }
  return charts;
}

Metric euclidean(Charts charts) {
  return mapped_metric(std::move(charts),
                       [](const ChartPoint& x) { return ChartMatrix::Identity(x.size(), x.size()); });
}

/// Bounds f times the length of an edge of the division, up to the variation of the metric between samples.
double stretch(const GluedCells& coarse, const GluedGeometry& geometry) {
  const int d = coarse.dimension;
  // Edges are parallel to those of the cell or, in tetrahedra, to an inner diagonal.
  std::vector<Eigen::VectorXd> directions;
  const auto unit = [&](int i) {
    return i == 0 ? Eigen::VectorXd::Zero(d).eval() : Eigen::VectorXd::Unit(d, i - 1).eval();
  };
  for (int i = 0; i <= d; ++i) {
    for (int j = 0; j < i; ++j) {
      directions.emplace_back(unit(i) - unit(j));
    }
  }
  if (d == 3) {
    directions.emplace_back(unit(1) + unit(3) - unit(2));
  }
  const int samples = 6;
  const Lattice at = lattice(d, samples);
  Eigen::MatrixXd points(d + 1, static_cast<Eigen::Index>(at.points.size()));
  for (Eigen::Index q = 0; q < points.cols(); ++q) {
    for (int i = 0; i <= d; ++i) {
      points(i, q) = at.points[static_cast<std::size_t>(q)][static_cast<std::size_t>(i)] / static_cast<double>(samples);
    }
  }
  const Charts charts = coarse_charts(coarse);
  const Metric metric = geometry.metric ? geometry.metric(charts) : euclidean(charts);
  double longest = 0;
  for (std::size_t c = 0; c < coarse.cells.size(); ++c) {
    const Eigen::MatrixXd grams = metric(c, points);
    for (Eigen::Index q = 0; q < points.cols(); ++q) {
      for (const Eigen::VectorXd& v : directions) {
        longest = std::max(longest, v.dot(grams.middleCols(q * d, d) * v));
      }
    }
  }
  return std::sqrt(longest);
}

int frequency(const char* kind, const GluedCells& coarse, const GluedGeometry& geometry, const Division& division,
              int multiple) {
  const int d = coarse.dimension;
  const auto cells = static_cast<double>(coarse.cells.size());
  constexpr std::array default_cells{0.0, 60.0, 1000.0, 3000.0};
  constexpr double max_cells = 2e7;
  if (division.size && !(*division.size >= 1e-100 && *division.size <= 1e100)) {
    throw InputError(kind, fmt::format("size must be a positive number, not {}", *division.size));
  }
  double f = division.size ? stretch(coarse, geometry) / *division.size * (1 - 1e-12)
                           : std::pow(default_cells[static_cast<std::size_t>(d)] / cells, 1.0 / d);
  f = std::max(f, coarse.gluings.empty() ? 1.0 : 3.0);
  f = std::ceil(f / multiple) * multiple * std::ldexp(1.0, division.halvings);
  if (!(cells * std::pow(f, d) <= max_cells)) {
    throw InputError(kind, fmt::format("there would be {:.3g} cells, more than {:.0e}; choose a larger size",
                                       cells * std::pow(f, d), max_cells));
  }
  return static_cast<int>(f);
}

/// The lengths of all edges, by Gauss quadrature with 8 points.
std::vector<double> lengths(const Mesh& mesh, const Metric& metric) {
  const Eigen::Index d = mesh.dimension;
  const auto edges = static_cast<std::size_t>(simplex_edge_count(mesh.dimension));
  const Quadrature rule = simplex_quadrature(1, 14);
  const Eigen::Index n = rule.weights.size();
  Eigen::MatrixXd points = Eigen::MatrixXd::Zero(d + 1, n * static_cast<Eigen::Index>(edges));
  Eigen::MatrixXd direction = Eigen::MatrixXd::Zero(d + 1, static_cast<Eigen::Index>(edges));
  for (std::size_t e = 0; e < edges; ++e) {
    for (std::size_t end = 0; end < 2; ++end) {
      const int corner = simplex_edges[e][end];
      points.row(corner).segment(static_cast<Eigen::Index>(e) * n, n) = rule.points.row(static_cast<Eigen::Index>(end));
      direction(corner, static_cast<Eigen::Index>(e)) = end == 0 ? -1 : 1;
    }
  }
  std::vector<double> result;
  result.reserve(mesh.cell_count() * edges);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const Eigen::MatrixXd grams = metric(c, points);
    for (Eigen::Index e = 0; e < static_cast<Eigen::Index>(edges); ++e) {
      const Eigen::VectorXd v = direction.col(e).tail(d);
      double length = 0;
      for (Eigen::Index q = 0; q < n; ++q) {
        length += rule.weights[q] * std::sqrt(v.dot(grams.middleCols((e * n + q) * d, d) * v));
      }
      result.push_back(length);
    }
  }
  return result;
}

} // namespace

RiemannianMesh divide(const char* kind, const GluedCells& coarse, const GluedGeometry& geometry,
                      const Division& division, int multiple) {
  const int d = coarse.dimension;
  const int f = frequency(kind, coarse, geometry, division, multiple);
  const Lattice parts = lattice(d, f);
  const auto gluings = with_inverses(coarse.gluings);
  RiemannianMesh space;
  Mesh& mesh = space.mesh;
  mesh.dimension = d;
  mesh.ambient_dimension = 0;
  Charts charts{static_cast<int>(coarse.points.rows()), {}};
  std::map<Place, int> known;
  std::vector<int> vertex(parts.points.size());
  Eigen::MatrixXd x(coarse.points.rows(), static_cast<Eigen::Index>(parts.points.size()));
  for (const auto& cell : coarse.cells) {
    for (std::size_t p = 0; p < parts.points.size(); ++p) {
      const auto& weights = parts.points[p];
      Place place;
      int support = 0;
      auto here = x.col(static_cast<Eigen::Index>(p));
      here.setZero();
      for (std::size_t i = 0; i < 4; ++i) {
        place[i] = weights[i] > 0 ? std::pair{cell[i], weights[i]} : std::pair{-1, 0};
        if (weights[i] > 0) {
          ++support;
          here += weights[i] / static_cast<double>(f) * coarse.points.col(cell[i]);
        }
      }
      vertex[p] = mesh.vertex_count;
      if (support <= d) {
        std::ranges::sort(place);
        const auto [entry, is_new] = known.try_emplace(canonical(place, gluings), mesh.vertex_count);
        vertex[p] = entry->second;
        if (!is_new) {
          continue;
        }
      }
      ++mesh.vertex_count;
      if (geometry.embedding) {
        const ChartPoint position = geometry.embedding(here);
        mesh.ambient_dimension = static_cast<int>(position.size());
        mesh.positions.insert(mesh.positions.end(), position.begin(), position.end());
      }
    }
    for (const auto& simplex : parts.cells) {
      for (int i = 0; i <= d; ++i) {
        const int p = simplex[static_cast<std::size_t>(i)];
        mesh.cells.push_back(vertex[static_cast<std::size_t>(p)]);
        charts.coordinates.insert(charts.coordinates.end(), x.col(p).begin(), x.col(p).end());
      }
    }
  }
  if (!geometry.embedding) {
    mesh.edge_lengths = lengths(mesh, geometry.metric ? geometry.metric(charts) : euclidean(charts));
  }
  if (geometry.metric) {
    space.metric = geometry.metric(std::move(charts));
  }
  return space;
}

} // namespace weyl
