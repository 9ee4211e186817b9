// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What linear elements need of a flat cell, enclosed by interval arithmetic.

#include <array>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Numbers of one cell T of dimension d, each with a radius that covers all rounding.
struct CellEnclosure {
  std::array<double, 6> stiffness = {}; ///< ∫ ∇φ_i·∇φ_j of linear elements for the edges ij, as `simplex_edges`
  std::array<double, 6> stiffness_radius = {}; ///< length^(d−2), as the stiffness
  double volume = 0;                           ///< |T|, length^d
  double volume_radius = 0;                    ///< of the volume's enclosure
  double constant = 0; ///< C_T², length²: ‖v‖ ≤ C_T ‖∇v‖ for every v on T whose mean vanishes on each facet; rounded up
};

/// Encloses the cells of refine(mesh, levels), in its order, without the rounding of its midpoints: a child's metric is
/// computed from its cell's and `child_corners`. Coordinates or edge lengths of `mesh` are taken as exact. Cells so
/// flat that intervals tell little are computed with rational numbers.
///
/// C_T = 0.1893 h for triangles (Liu, Appl. Math. Comput. 267, 2015); C_T² = h²/π² + Σ l²/720 over the edges of a
/// tetrahedron (trace identity and the Payne–Weinberger inequality, docs/certified.md); C_T = h/π for segments;
/// h is the longest edge.
/// \throws InputError for a cell that has no volume, which has no metric.
/// Cost: about a microsecond a cell, in parallel.
std::vector<CellEnclosure> enclose_cells(const Mesh& mesh, int levels, int threads = 0);

} // namespace weyl
