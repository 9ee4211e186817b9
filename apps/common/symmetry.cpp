// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/symmetry.hpp"

#include <algorithm>

#include "weyl/core/error.hpp"
#include "weyl/fem/isotypic.hpp"
#include "weyl/symmetry/mirrors.hpp"
#include "weyl/symmetry/representation.hpp"

namespace weyl::tool {

namespace {

/// The representation that --irrep names; the trivial one without it.
Representation representation(const Group& group, const std::string& name) {
  if (name.empty()) {
    return trivial_representation(group);
  }
  const auto all = irreducible_representations(group);
  const auto found = std::ranges::find(all, name, &Representation::name);
  if (found == all.end()) {
    std::string names;
    for (const Representation& other : all) {
      names += " " + other.name;
    }
    throw InputError("--irrep " + name, group.name + " has" + names);
  }
  return *found;
}

} // namespace

CLI::Option* add_group_options(CLI::App& app, SpaceOptions& space) {
  app.add_option("--axis", space.axis, "main axis of the group (default: 0,0,1), and a second direction across it")
      ->delimiter(',')
      ->type_name("X,Y,Z[,X,Y,Z]");
  app.add_option("--tolerance", space.tolerance, "how far a symmetric point may be away, over the size of the mesh")
      ->check(at_least(0, "a number from 0 on"))
      ->type_name("T")
      ->capture_default_str();
  return app
      .add_option("--group", space.group,
                  "auto, auto:K, a Schoenflies symbol (C5v D3 Td Oh Ih ...), antipodal, or a JSON file of generators")
      ->type_name("GROUP");
}

void add_irrep_option(CLI::App& app, SpaceOptions& space) {
  app.add_option("--irrep", space.irrep, "functions of this type (complex and quaternionic types twice, four times)")
      ->type_name("NAME")
      ->needs("--group");
}

GroupOptions group_options(const SpaceOptions& options) {
  GroupOptions group{.tolerance = options.tolerance};
  if (!options.axis.empty()) {
    if (options.axis.size() != 3 && options.axis.size() != 6) {
      throw CLI::ValidationError("--axis", "expected 3 or 6 numbers");
    }
    group.axis = Eigen::Vector3d(options.axis[0], options.axis[1], options.axis[2]);
    if (options.axis.size() == 6) {
      group.second = {options.axis[3], options.axis[4], options.axis[5]};
    }
  }
  return group;
}

Group find_group(const Mesh& mesh, const std::string& expression, const SpaceOptions& options) {
  return make_group(mesh, expression, group_options(options));
}

SparseMatrix reduce(const Mesh& mesh, const SpaceOptions& options, Pencils& pencils, SpaceDescription& description) {
  if (options.intrinsic_delaunay) {
    throw InputError("--group", "flips need not respect the symmetry; leave --intrinsic-delaunay out");
  }
  const Group group = find_group(mesh, options.group, options);
  const Representation rho = representation(group, options.irrep);
  const bool linear = pencils.discretization.order == 1;
  const Action action =
      linear ? action_on_vertices(group, pencils.laplacian.vertex_of_dof) : action_on_nodes(group, mesh, pencils.high);
  const Orbits parts = orbits(group, action);
  pencils.laplacian.pencil = isotypic_block(pencils.laplacian.pencil, action, parts, rho);
  const Action on_lower = linear ? action : action_on_nodes(group, mesh, pencils.low);
  pencils.comparison = isotypic_block(pencils.comparison, on_lower, orbits(group, on_lower), rho);
  pencils.discretization.dofs = pencils.laplacian.pencil.size();
  if (pencils.laplacian.pencil.size() == 0 || pencils.comparison.size() == 0) {
    throw InputError("--irrep " + options.irrep, "no function on this mesh is of this type; refine it");
  }
  // A block has d·|M/G| of volume (d/t copies of each of t·N): Donnelly 1978.
  const double mirrors = mirror_boundary(mirror_volumes(mesh, group), rho.character);
  const double sign = pencils.discretization.boundary == Boundary::neumann ? 1 : -1;
  description.name += " / " + group.name + (options.irrep.empty() ? "" : ", " + rho.name);
  description.volume *= static_cast<double>(rho.dimension) / group.order();
  description.boundary_volume *= static_cast<double>(rho.dimension) / group.order();
  description.boundary_volume += sign * mirrors;
  return isotypic_basis(action, parts, rho);
}

} // namespace weyl::tool
