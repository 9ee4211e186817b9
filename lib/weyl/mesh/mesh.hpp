// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A space made of glued simplices (topology) with a flat metric on each (geometry).

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace weyl {

/// Glued simplices of one dimension d = 1, 2 or 3. Cells share a facet when they share its vertices.
///
/// The geometry is given in one of two ways:
/// - embedded: `positions` holds a point of R^n (n = `ambient_dimension`) per vertex;
/// - intrinsic: `edge_lengths` holds the lengths of every cell's edges, and `positions` may be empty.
/// When both are there the lengths count, and the positions are for drawing only.
///
/// Nothing here is checked: `to_mesh` (soup.hpp) makes meshes from unchecked input.
struct Mesh {
  int dimension = 2;                     ///< d, of every cell
  int ambient_dimension = 3;             ///< n of R^n; 0 when there are no positions
  int vertex_count = 0;                  ///< number of vertices; every one belongs to a cell
  std::vector<double> positions = {};    ///< vertex_count × ambient_dimension, row-major, in the mesh's unit of length
  std::vector<int> cells = {};           ///< cell_count × (dimension + 1), row-major, 0-based vertex indices
  std::vector<double> edge_lengths = {}; ///< empty, or cell_count × d(d+1)/2 in the order of `simplex_edges`

  /// Number of cells.
  [[nodiscard]] std::size_t cell_count() const { return cells.size() / (static_cast<std::size_t>(dimension) + 1); }
  /// The d+1 vertices of cell `c`.
  [[nodiscard]] std::span<const int> cell(std::size_t c) const {
    const auto corners = static_cast<std::size_t>(dimension) + 1;
    return {cells.data() + c * corners, corners};
  }
  /// The n coordinates of vertex `v` (embedded meshes only).
  [[nodiscard]] std::span<const double> position(int v) const {
    const auto n = static_cast<std::size_t>(ambient_dimension);
    return {positions.data() + static_cast<std::size_t>(v) * n, n};
  }
  /// True when the metric comes from `edge_lengths`.
  [[nodiscard]] bool is_intrinsic() const { return !edge_lengths.empty(); }
};

/// Local vertex pairs of a simplex's edges, in the order used by `Mesh::edge_lengths` and by `edge_lengths_squared`:
/// (0,1) (0,2) (1,2) (0,3) (1,3) (2,3); a simplex of dimension d uses the first d(d+1)/2 of them.
inline constexpr std::array<std::array<int, 2>, 6> simplex_edges{{{0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}}};

/// Number of edges of a d-simplex.
constexpr int simplex_edge_count(int d) { return d * (d + 1) / 2; }

/// Squared edge lengths of cell `c`, in the order of `simplex_edges`; the unused tail is zero. Unit: length².
std::array<double, 6> edge_lengths_squared(const Mesh& mesh, std::size_t c);

/// Volume (length, area, volume for d = 1, 2, 3) of a d-simplex from its squared edge lengths, by the Cayley–Menger
/// determinant in the form sqrt(det G)/d!, G_ij = (|e_i|² + |e_j|² − |e_ij|²)/2. Zero for a simplex that is degenerate
/// to rounding or violates the triangle inequality: |T| ≤ 1e-12·(longest edge)^d.
double simplex_volume(int dimension, const std::array<double, 6>& edges_squared);

/// The metric of one cell.
struct CellMetric {
  std::array<double, 6> edges_squared; ///< as `edge_lengths_squared` gives them
  double volume;                       ///< as `simplex_volume` defines it; from positions where there are any, which
                                       ///< keeps for slivers the digits that edge lengths lose
};

/// By lengths of edges, or by coordinates.
CellMetric cell_metric(const Mesh& mesh, std::size_t c);

/// Volume of cell `c`. Unit: length^d.
inline double cell_volume(const Mesh& mesh, std::size_t c) { return cell_metric(mesh, c).volume; }

/// Sum of the volumes of all cells. Unit: length^d. Cost: linear.
double volume(const Mesh& mesh);

} // namespace weyl
