// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The part of a surface on one side of a plane.

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// The part n·x ≥ 0 of an embedded surface in R^3; triangles that the plane cuts are divided. Vertices that no cell
/// uses are dropped. Edges that the plane cuts within a fifth of one end are not cut: that end moves along them onto
/// the plane, unless this would turn an adjacent triangle or a bordering edge by more than 0.05, so that the cut makes
/// few slivers and keeps creases. Borders move along themselves only. Whatever crosses itself or branches may be cut:
/// CGAL's clipping, by corefinement, asks for more.
/// \param normal  n ≠ 0; the plane contains the origin
/// \throws InputError unless the mesh is a surface with positions in R^3. Cost: linear.
Mesh clip(const Mesh& mesh, const Eigen::Vector3d& normal);

} // namespace weyl
