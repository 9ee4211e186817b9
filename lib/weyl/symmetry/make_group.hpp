// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Groups by name, as the tools take them.

#include <optional>
#include <string>

#include <Eigen/Core>
#include <Eigen/Geometry>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"
#include "weyl/symmetry/isometries.hpp"

namespace weyl {

/// How a group's name is read.
struct GroupOptions {
  std::optional<Eigen::Vector3d> axis = {}; ///< main axis of a point group; z without one
  Eigen::Vector3d second = {1, 0, 0};       ///< see `point_group`; another direction if it is parallel to the axis
  double tolerance = 1e-6;                  ///< as `SymmetryOptions` has it
};

/// The group of an expression, checked to be one of isometries of the mesh:
/// - `auto`: all isometries;
/// - `auto:K`: the K-th class of subgroups of it, counted from 1 as `subgroup_classes` lists them;
/// - a Schoenflies symbol or `antipodal`: about the axis that is given, or the standard axes; if that is no symmetry of
///   the mesh and no axis was given, the first class of subgroups of that name among all isometries;
/// - the name of another class of subgroups, such as `Z2xZ2`;
/// - a JSON file {"matrices": [3 × 3, …]} of generators about the centre of gravity, or {"permutations": [[…], …]} of
///   the vertices.
/// \throws InputError that names the expression, the vertex without an image and the distance.
Group make_group(const Mesh& mesh, const std::string& expression, const GroupOptions& options = {});

} // namespace weyl
