// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "common/discretize.hpp"
#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/fem/certified_forms.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/surface_view.hpp"
#include "weyl/symmetry/cayley.hpp"
#include "weyl/symmetry/mirrors.hpp"
#include "weyl/symmetry/representation.hpp"

namespace weyl::tool {

namespace {

/// What is proved is proved for linear elements on flat cells.
void check_certify(const SpaceOptions& options, const RiemannianMesh& space) {
  if (options.mass == "lumped") {
    throw CLI::ValidationError("--certify", "needs the consistent mass matrix: lumping proves nothing");
  }
  if (space.metric || space.weight) {
    throw InputError("--certify", "is for flat cells, and " + options.path +
                                      " has a metric of its own; certify a mesh file of it (weyl-mesh) instead");
  }
}

} // namespace

Space::Space(const CLI::App& app, const SpaceOptions& options, const Output& output)
    : Space(app, options, output, obtain_space(app, options, output)) {}

Space::Space(const CLI::App& app, const SpaceOptions& options, const Output& output, RiemannianMesh obtained)
    : unrefined(
          (options.certify ? check_certify(options, obtained) : void(), options.certify ? obtained.mesh : Mesh{})),
      mesh(is_space_by_name(options) ? obtained.mesh : refine(obtained.mesh, options.refine)),
      counter(
          [&]() -> const Pencil& {
            const RiemannianMesh space{mesh, std::move(obtained.metric), std::move(obtained.weight)};
            const Topology topology = weyl::topology(mesh);
            description = describe_space(options.path, space, topology);
            if (boundary(options) == Boundary::dirichlet && topology.boundary_facets == 0) {
              warn(app, output, options.path + ": there is no boundary, so that Dirichlet conditions change nothing");
            }
            Pencils pencils = discretize(space, topology, options);
            laplacian = std::move(pencils.laplacian);
            nodes = pencils.nodes;
            comparison = std::move(pencils.comparison);
            mass_slope_ = pencils.mass_slope;
            discretization = pencils.discretization;
            high_ = std::move(pencils.high);
            low_ = std::move(pencils.low);
            if (!options.group.empty()) {
              if (space.metric || space.weight) {
                throw InputError("--group", "is for flat cells, and " + options.path + " has a metric of its own");
              }
              reduce(options);
              discretization.dofs = laplacian.pencil.size();
            }
            return laplacian.pencil;
          }(),
          {.threads = options.threads, .seed = options.seed}),
      threads_(options.threads), refine_(is_space_by_name(options) ? 0 : options.refine) {
  const Analysis& analysis = *counter.shared_analysis();
  note(app, output,
       fmt::format("{} unknowns; a factor has {:.3g} million entries and costs {:.3g} GFlop; {} kernels", analysis.size,
                   1e-6 * static_cast<double>(analysis.factor_size()), 1e-9 * analysis.flops, Ldlt::instruction_set()));
}

bool shows_surface(const Space& space, const Output& output) {
  return !output.report.empty() && html::has_plotly() && can_be_drawn(space.mesh);
}

Action Space::action(const Group& group) const {
  return discretization.order == 1 ? action_on_vertices(group, laplacian.vertex_of_dof)
                                   : action_on_nodes(group, mesh, high_);
}

void Space::reduce(const SpaceOptions& options) {
  if (options.intrinsic_delaunay) {
    throw InputError("--group", "flips need not respect the symmetry; leave --intrinsic-delaunay out");
  }
  const Group group = find_group(mesh, options.group, options);
  Representation rho = trivial_representation(group);
  if (!options.irrep.empty()) {
    const auto all = irreducible_representations(group);
    const auto found = std::ranges::find(all, options.irrep, &Representation::name);
    if (found == all.end()) {
      std::string names;
      for (const Representation& other : all) {
        names += " " + other.name;
      }
      throw InputError("--irrep " + options.irrep, group.name + " has" + names);
    }
    rho = *found;
  }
  const Action on_pencil = action(group);
  const Orbits parts = orbits(group, on_pencil);
  lift_ = isotypic_basis(on_pencil, parts, rho);
  laplacian.pencil = isotypic_block(laplacian.pencil, on_pencil, parts, rho);
  const Action on_lower = discretization.order > 1 ? action_on_nodes(group, mesh, low_) : on_pencil;
  comparison = isotypic_block(comparison, on_lower, orbits(group, on_lower), rho);
  if (laplacian.pencil.size() == 0 || comparison.size() == 0) {
    throw InputError("--irrep " + options.irrep, "no function on this mesh is of this type; refine it");
  }
  // A block has d·|M/G| of volume (d/t copies of each of t·N): Donnelly 1978.
  const double mirrors = mirror_boundary(mirror_volumes(mesh, group), rho.character);
  const double sign = discretization.boundary == Boundary::neumann ? 1 : -1;
  description.name += " / " + group.name + (options.irrep.empty() ? "" : ", " + rho.name);
  description.volume *= static_cast<double>(rho.dimension) / group.order();
  description.boundary_volume *= static_cast<double>(rho.dimension) / group.order();
  description.boundary_volume += sign * mirrors;
}

Eigen::MatrixXd Space::on_vertices(const Eigen::MatrixXd& vectors) const {
  const Eigen::MatrixXd whole = lift_.size() > 0 ? Eigen::MatrixXd(lift_ * vectors) : vectors;
  Eigen::MatrixXd values = Eigen::MatrixXd::Zero(mesh.vertex_count, whole.cols());
  for (Eigen::Index dof = 0; dof < whole.rows(); ++dof) {
    if (const int node = laplacian.vertex_of_dof[static_cast<std::size_t>(dof)]; node < mesh.vertex_count) {
      values.row(node) = whole.row(dof);
    }
  }
  return values;
}

Resolution Space::resolution() const {
  // A few percent of the unknowns are resolved; small meshes are cheap to look at in more places.
  const Geometry space = geometry(description, discretization.boundary);
  const double start = weyl_lambda(space, 0.05 * static_cast<double>(discretization.dofs) + 1);
  const ResolutionOptions options{
      .threads = threads_, .samples = discretization.dofs < 20000 ? 8 : 1, .least_slope = mass_slope_};
  if (discretization.order > 1) {
    const EigenvalueCounter lower(comparison, {.threads = threads_});
    return resolution_of_orders(counter, lower, discretization.order, description.dimension, start, options);
  }
  const EigenvalueCounter other(comparison, counter);
  const bool consistent = discretization.mass == Mass::consistent;
  return weyl::resolution(consistent ? counter : other, consistent ? other : counter, description.dimension, start,
                          options);
}

BracketCounter Space::brackets() const {
  const auto forms = std::make_shared<CertifiedForms>(
      unrefined, CertifiedFormsOptions{.boundary = discretization.boundary, .refine = refine_, .threads = threads_});
  return BracketCounter({.lower = [forms](double lambda) { return forms->conforming(lambda); },
                         .upper = [forms](double lambda) { return forms->nonconforming(lambda); },
                         .highest = forms->highest()},
                        threads_);
}

} // namespace weyl::tool
