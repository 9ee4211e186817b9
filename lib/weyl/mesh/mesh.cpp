// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace weyl {

namespace {

/// A simplex with |T| ≤ degenerate · (longest edge)^d has no volume: the rounding of its corners can make as much.
constexpr double degenerate = 1e-12;

double clear_rounding(double volume, int dimension, const std::array<double, 6>& edges_squared) {
  const double longest = std::sqrt(std::ranges::max(edges_squared));
  const double cube = dimension == 1 ? longest : dimension == 2 ? longest * longest : longest * longest * longest;
  return volume > degenerate * cube ? volume : 0.0;
}

/// Area of a triangle by Heron's formula in the order of operations that is stable for needles
/// (W. Kahan, "Miscalculating Area and Angles of a Needle-like Triangle", eq. for Δ with a ≥ b ≥ c).
double heron(std::array<double, 3> lengths) {
  std::ranges::sort(lengths, std::greater<>());
  const auto [a, b, c] = lengths;
  const double product = (a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c));
  return product > 0 ? 0.25 * std::sqrt(product) : 0.0;
}

using Vector3 = std::array<double, 3>;

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

/// Volume from edge vectors in R^n, n ≤ 3: |e_1|, |e_1 × e_2|/2, |det(e_1, e_2, e_3)|/6. Keeps for slivers the digits
/// that edge lengths lose.
double embedded_volume(const Mesh& mesh, std::size_t c) {
  const auto corners = mesh.cell(c);
  const auto base = mesh.position(corners[0]);
  std::array<Vector3, 3> edge{};
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const auto tip = mesh.position(corners[i + 1]);
    for (std::size_t a = 0; a < base.size(); ++a) {
      edge[i][a] = tip[a] - base[a];
    }
  }
  if (mesh.dimension == 1) {
    return std::hypot(edge[0][0], edge[0][1], edge[0][2]);
  }
  const Vector3 normal = cross(edge[0], edge[1]);
  if (mesh.dimension == 2) {
    return std::sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]) / 2;
  }
  return std::abs(normal[0] * edge[2][0] + normal[1] * edge[2][1] + normal[2] * edge[2][2]) / 6;
}

} // namespace

std::array<double, 6> edge_lengths_squared(const Mesh& mesh, std::size_t c) {
  std::array<double, 6> squares{};
  const int count = simplex_edge_count(mesh.dimension);
  if (mesh.is_intrinsic()) {
    const double* lengths = mesh.edge_lengths.data() + c * static_cast<std::size_t>(count);
    std::transform(lengths, lengths + count, squares.begin(), [](double length) { return length * length; });
    return squares;
  }
  const auto corners = mesh.cell(c);
  for (int e = 0; e < count; ++e) {
    const auto p = mesh.position(corners[simplex_edges[e][0]]);
    const auto q = mesh.position(corners[simplex_edges[e][1]]);
    for (std::size_t a = 0; a < p.size(); ++a) {
      squares[e] += (q[a] - p[a]) * (q[a] - p[a]);
    }
  }
  return squares;
}

double simplex_volume(int dimension, const std::array<double, 6>& l2) {
  if (dimension == 1) {
    return std::sqrt(l2[0]);
  }
  if (dimension == 2) {
    return clear_rounding(heron({std::sqrt(l2[0]), std::sqrt(l2[1]), std::sqrt(l2[2])}), dimension, l2);
  }
  const double g11 = l2[0];
  const double g22 = l2[1];
  const double g33 = l2[3];
  const double g12 = (l2[0] + l2[1] - l2[2]) / 2;
  const double g13 = (l2[0] + l2[3] - l2[4]) / 2;
  const double g23 = (l2[1] + l2[3] - l2[5]) / 2;
  const double determinant =
      g11 * (g22 * g33 - g23 * g23) - g12 * (g12 * g33 - g23 * g13) + g13 * (g12 * g23 - g22 * g13);
  return clear_rounding(determinant > 0 ? std::sqrt(determinant) / 6 : 0.0, dimension, l2);
}

CellMetric cell_metric(const Mesh& mesh, std::size_t c) {
  const auto squares = edge_lengths_squared(mesh, c);
  const bool from_lengths = mesh.is_intrinsic() || mesh.ambient_dimension > 3;
  return {squares, from_lengths ? simplex_volume(mesh.dimension, squares)
                                : clear_rounding(embedded_volume(mesh, c), mesh.dimension, squares)};
}

double volume(const Mesh& mesh) {
  double sum = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    sum += cell_volume(mesh, c);
  }
  return sum;
}

} // namespace weyl
