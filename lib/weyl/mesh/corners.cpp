// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/corners.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "weyl/core/error.hpp"
#include "weyl/mesh/bisect.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

/// Angle at corner i of a triangle; edges 01, 02, 12.
double angle(const CellMetric& metric, std::size_t i) {
  const auto& l2 = metric.edges_squared;
  const double adjacent = i == 0 ? l2[0] + l2[1] - l2[2] : (i == 1 ? l2[0] + l2[2] - l2[1] : l2[1] + l2[2] - l2[0]);
  return std::atan2(4 * metric.volume, adjacent); // 2·|a||b| sin and 2·|a||b| cos
}

/// Longest edge of a cell.
double diameter(const Mesh& mesh, std::size_t c) { return std::sqrt(std::ranges::max(edge_lengths_squared(mesh, c))); }

} // namespace

std::vector<double> total_angles(const Mesh& mesh) {
  std::vector<double> angles(static_cast<std::size_t>(mesh.vertex_count), 0.0);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const CellMetric metric = cell_metric(mesh, c);
    for (std::size_t i = 0; i < 3; ++i) {
      angles[static_cast<std::size_t>(mesh.cell(c)[i])] += angle(metric, i);
    }
  }
  return angles;
}

std::vector<double> corner_exponents(const Mesh& mesh) {
  std::vector<double> exponents = total_angles(mesh);
  const std::vector<char> boundary = topology(mesh).on_boundary;
  for (std::size_t v = 0; v < exponents.size(); ++v) {
    exponents[v] = (boundary[v] != 0 ? 1 : 2) * std::numbers::pi / exponents[v];
  }
  return exponents;
}

bool is_singular(double exponent) { return std::abs(exponent - std::round(exponent)) > 1e-6 * exponent; }

Mesh graded(const Mesh& mesh, double error) {
  if (!(error > 0 && error <= 1)) {
    throw InputError("grading", "needs an error between 0 and 1");
  }
  const std::vector<double> exponents = corner_exponents(mesh);
  std::vector<double> size(exponents.size(), std::numeric_limits<double>::infinity()); // wanted at a vertex
  std::vector<double> now(exponents.size(), 0.0);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    for (const int v : mesh.cell(c)) {
      now[static_cast<std::size_t>(v)] = std::max(now[static_cast<std::size_t>(v)], diameter(mesh, c));
    }
  }
  for (std::size_t v = 0; v < exponents.size(); ++v) {
    if (is_singular(exponents[v])) {
      size[v] = now[v] * std::pow(error, 1 / (2 * exponents[v]));
    }
  }
  Mesh result = longest_edge_first(mesh);
  for (bool changed = true; changed;) {
    changed = false;
    std::vector<char> marked(result.cell_count(), 0);
    for (std::size_t c = 0; c < result.cell_count(); ++c) {
      for (const int v : result.cell(c)) { // new vertices are not singular
        if (v < mesh.vertex_count && diameter(result, c) > size[static_cast<std::size_t>(v)]) {
          marked[c] = 1;
          changed = true;
        }
      }
    }
    if (changed) {
      result = bisect(result, marked);
    }
  }
  return result;
}

} // namespace weyl
