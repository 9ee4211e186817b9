// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Simplices divided along a lattice: Freudenthal's triangulation (H. Freudenthal, Simplizialzerlegungen von
/// beschränkter Flachheit, Ann. of Math. 43, 1942), which is Bey's red refinement for two divisions.

#include <array>
#include <vector>

namespace weyl {

/// A walk along the axes of a cube from one corner to the opposite one; its d + 1 stations span a simplex.
struct Walk {
  std::array<int, 3> axes;
  bool odd;
};
/// The first two of them stay in the plane.
inline constexpr std::array<Walk, 6> walks{{{{0, 1, 2}, false},
                                            {{1, 0, 2}, true},
                                            {{0, 2, 1}, true},
                                            {{1, 2, 0}, false},
                                            {{2, 0, 1}, false},
                                            {{2, 1, 0}, true}}};

/// Turns a reversed simplex by an exchange that leaves `refine`'s choice of the inner diagonal, which joins the
/// midpoints of (0,2) and (1,3), as it was.
constexpr std::array<int, 4> oriented(std::array<int, 4> simplex, bool reversed) {
  return reversed ? std::array{simplex[2], simplex[1], simplex[0], simplex[3]} : simplex;
}

/// A simplex whose edges are divided into f parts. On every triangle of it that is the division along lines parallel to
/// the triangle's sides: simplices that share a face agree on it, however their corners are listed.
struct Lattice {
  std::vector<std::array<int, 4>> points; ///< weights w of the corners, Σ w_i = f: the point Σ w_i x_i / f
  std::vector<std::array<int, 4>> cells;  ///< f^d simplices of d + 1 points each, oriented as the whole
};

/// \param dimension  1, 2 or 3
Lattice lattice(int dimension, int f);

} // namespace weyl
