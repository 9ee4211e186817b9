// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Coarse cells of model spaces: grids and polytopes.

#include <algorithm>
#include <array>
#include <vector>

#include <Eigen/Core>

#include "weyl/fem/glued_cells.hpp"

namespace weyl {

/// \throws InputError unless `value` is from 1e-100 to 1e100.
void require_positive(const char* kind, const char* name, double value);

/// A place in a grid; 0 in the dimensions that are not there.
using GridIndex = std::array<int, 3>;

/// The points Σ (i_k/n_k) b_k of a parallelepiped, 0 ≤ i_k ≤ n_k; its small ones are cut along the diagonals from their
/// corner (0, …, 0) to (1, …, 1).
struct Grid {
  GridIndex divisions{}; ///< n_k
  GluedCells cells;

  [[nodiscard]] int vertex(const GridIndex& at) const {
    return (at[2] * (divisions[1] + 1) + at[1]) * (divisions[0] + 1) + at[0];
  }
  /// Calls visit(i) for all i_k < n_k + extra.
  template <class Visit>
  void for_each(int extra, const Visit& visit) const {
    const auto end = [&](std::size_t k) { return std::max(1, divisions[k] + extra); };
    GridIndex at{};
    for (at[2] = 0; at[2] < end(2); ++at[2]) {
      for (at[1] = 0; at[1] < end(1); ++at[1]) {
        for (at[0] = 0; at[0] < end(0); ++at[0]) {
          visit(at);
        }
      }
    }
  }
  /// Glues the side i_axis = 0 to the opposite one, reversed along `reversed` if that is not −1.
  void glue(std::size_t axis, int reversed = -1) {
    std::vector<int> map(static_cast<std::size_t>(cells.points.cols()), -1);
    for_each(1, [&](const GridIndex& at) {
      if (at[axis] == 0) {
        GridIndex image = at;
        image[axis] = divisions[axis];
        if (reversed >= 0) {
          const auto r = static_cast<std::size_t>(reversed);
          image[r] = divisions[r] - at[r];
        }
        map[static_cast<std::size_t>(vertex(at))] = vertex(image);
      }
    });
    cells.gluings.push_back(map);
  }
};

/// The grid of the parallelepiped of the columns of `basis`.
Grid grid(const Eigen::MatrixXd& basis, const GridIndex& divisions);

/// Divisions that make cubes of nearly equal sides. \throws InputError if there would be more than 10,000.
GridIndex divisions(const char* kind, const std::vector<double>& sides);

/// The regular n-gon in the unit circle.
GluedCells polygon(int n);

/// The icosahedron in the unit sphere.
GluedCells icosahedron();

/// The 600-cell in the unit sphere of R^4: its 120 vertices are ±e_i, (±1, ±1, ±1, ±1)/2 and the even permutations of
/// (±φ, ±1, ±1/φ, 0)/2 (Coxeter, Regular Polytopes, §8.7).
GluedCells cell_600();

/// The upper half of the cross-polytope in R^{d+1}: ±e_1 … ±e_d and e_{d+1}.
GluedCells half_cross_polytope(int dimension);

} // namespace weyl
