// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A piece of a surface in a fundamental cell of a point group, and how its copies are glued (internal).

#include <vector>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl::symmetry {

/// Vertex v lies on the wall between the cell F and its copy gF, and is the image of vertex w under g, about.
struct Glued {
  int v = 0;
  int g = 0;
  int w = 0;
};

/// The walls of the Dirichlet cell F = {x : |x − p| ≤ |x − gp| for all g} are F ∩ gF, in the planes (p − gp)·x = 0. The
/// piece's border on such a wall must agree with the image under g of its border on F ∩ g⁻¹F: a mirror fixes its wall;
/// a half turn or the inversion exchanges the halves of its wall, on which the border gets a vertex where they meet;
/// all others carry one wall to another. Both borders get vertices at the same parts of their lengths; those of one
/// that are within a third of the next edge of those of the other are matched instead. \param piece  the part of a
/// surface in F; gets the new vertices on its border \param allowed  how far a border and the image of the other may be
/// apart. Unit: length \throws InputError with `place` if the borders do not correspond, or branch. Cost: O(n·|G|) for
/// n edges of the border.
std::vector<Glued> match_walls(Mesh& piece, const Group& group, const Eigen::Vector3d& p, double allowed,
                               const std::string& place);

/// Copies of a piece, and where each element of the group takes their vertices.
struct Copies {
  Mesh mesh;
  std::vector<Permutation> permutations;
};

/// The copies of a piece, glued: vertex v of the copy g is the point g h_v·(the average of all h_w⁻¹x_w, moved onto
/// what the stabilizer fixes), w running over what is glued to v, x_v ≈ h_v x_root; so the group acts exactly. Cost:
/// O(n·|G|).
Copies glue_copies(const Mesh& piece, const Group& group, const std::vector<Glued>& glued);

} // namespace weyl::symmetry
