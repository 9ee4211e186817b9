// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Finite elements as the options ask for them, on mesh files and on spaces by name.

#include <string>

#include "common/tool.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/report/description.hpp"

namespace weyl::tool {

/// Whether there is a file of this name; `-` is standard input.
bool is_file(const std::string& path);

/// SPACE without `;neumann` or `;dirichlet` at its end, which `boundary` reads; a file of the whole name wins.
std::string without_condition(const std::string& space);

/// Whether SPACE is an expression such as `sphere:3` or `bolza` that finite elements know, and no file.
bool is_space_by_name(const SpaceOptions& options);

/// Their names, a line each, for --help.
std::string list_of_spaces();

/// That space, at `--size` and `--refine`.
RiemannianMesh space_by_name(const SpaceOptions& options);

/// Whether SPACE is a model mesh, `mesh:KIND` or `mesh:KIND@H`, as `weyl-mesh KIND --size H` makes it.
bool names_model_mesh(const std::string& space);

/// Whether SPACE is a polygon by name or by its file of corners (`lshape`, `polygon:FILE`), and no file.
bool is_polygon(const SpaceOptions& options);

/// The degree of the elements: what `--order` says, or 4 on spaces by name and 1 on meshes.
int order(const SpaceOptions& options);

/// The mass matrix. \throws InputError if it is to be lumped and the elements are not linear.
Mass mass(const SpaceOptions& options);

/// Two pencils: one to use, one to measure the resolution with.
struct Pencils {
  Laplacian laplacian;   ///< vertex_of_dof holds nodes; those from the number of vertices on are inside edges and cells
  int nodes = 0;         ///< number of nodes, vertices first
  Pencil comparison;     ///< the other mass matrix; of one order less if the order is above 1
  double mass_slope = 0; ///< of the cells where they are flat, at order 1
  LagrangeLaplacian high = {}; ///< the nodes of both at orders above 1, without the pencils
  LagrangeLaplacian low = {};
  Discretization discretization;
};

/// \throws InputError for options that do not go together.
Pencils discretize(const RiemannianMesh& space, const Topology& topology, const SpaceOptions& options);

} // namespace weyl::tool
