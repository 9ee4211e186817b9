// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A mesh with an exact symmetry from one whose shape is symmetric and whose triangles are not.

#include <optional>
#include <string>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"
#include "weyl/mesh/surface_distance.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl {

/// How a surface is made symmetric.
struct SymmetrizeOptions {
  std::optional<Eigen::Vector3d> axis = {}; ///< as in `GroupOptions`; without one the best of z and the inertia axes
  Eigen::Vector3d second = {1, 0, 0};       ///< a direction across the axis, as in `GroupOptions`
  /// How far the shape may be from symmetric, and the surface move, over √area. By default two mean edges, but at most
  /// 0.05: a surface that lies within an edge, its own resolution, of a symmetric one lies within two of its images.
  std::optional<double> tolerance = {};
};

/// How symmetric a surface was, and how far it moved. Unit: length.
struct SymmetryDefect {
  Eigen::Vector3d axis = {0, 0, 1};   ///< the axes that were used, as `point_group` takes them
  Eigen::Vector3d second = {1, 0, 0}; ///< across it
  double allowed = 0;                 ///< tolerance·√area
  double asymmetry = 0;               ///< largest distance of the image of a vertex under a generator from the surface
  Deviation moved;                    ///< of the given surface from the new one
  Deviation strayed;                  ///< of the new surface from the given one
};

/// A surface that was made symmetric.
struct Symmetrized {
  Mesh mesh;             ///< in R^3, in the given one's place
  Group group;           ///< acts on the mesh: permutations of its vertices, matrices about its centre of gravity
  SymmetryDefect defect; ///< how far it moved
};

/// Cuts the part of an embedded surface in a fundamental cell of a point group about its centre of gravity, and glues
/// |G| copies of it. The cell is the Dirichlet cell of a point p in general position, {x : |x − p| ≤ |x − gp|}: a
/// convex cone, of which the surface is clipped plane by plane; p is chosen, from a few hundred directions, far from
/// its images. \param symbol  a Schoenflies symbol, as `point_group` takes it \throws InputError if the mesh is no
/// surface in R^2 or R^3, lies in a mirror of the group, or is not symmetric to
///   within the tolerance (which generator misses which vertex, by how much), or if its cuts do not correspond.
/// Cost: O((n + m·|G|) log n) for n vertices and m in the part.
Symmetrized symmetrize(const Mesh& mesh, const std::string& symbol, const SymmetrizeOptions& options = {});

} // namespace weyl
