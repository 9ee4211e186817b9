// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/discretize.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/spaces.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/polygon.hpp"

namespace weyl::tool {

namespace {

/// Linear elements on flat cells.
Pencils linear(const Mesh& mesh, const Topology& topology, const SpaceOptions& options) {
  LaplacianOptions assembly{.mass = mass(options),
                            .boundary = boundary(options),
                            .dirichlet_vertices = topology.on_boundary, // flips keep the boundary
                            .threads = options.threads};
  Pencils result{
      .laplacian = laplacian(mesh, assembly), .nodes = mesh.vertex_count, .comparison = {}, .discretization = {}};
  assembly.mass = assembly.mass == Mass::consistent ? Mass::lumped : Mass::consistent;
  result.comparison = laplacian(mesh, assembly).pencil;
  return result;
}

/// Elements of any order on any metric.
Pencils lagrange(const RiemannianMesh& space, const SpaceOptions& options) {
  LagrangeOptions assembly{.order = order(options), .boundary = boundary(options), .threads = options.threads};
  LagrangeLaplacian high = lagrange_laplacian(space, assembly);
  Pencils result{.laplacian = {std::move(high.pencil), high.node_of_dof},
                 .nodes = high.nodes.count,
                 .comparison = {},
                 .discretization = {}};
  if (assembly.order > 1) {
    --assembly.order;
    result.low = lagrange_laplacian(space, assembly);
    result.comparison = std::move(result.low.pencil);
    result.high = std::move(high);
  } else {
    result.comparison = {result.laplacian.pencil.stiffness, lumped(result.laplacian.pencil.mass), space.mesh.dimension};
    if (mass(options) == Mass::lumped) {
      std::swap(result.laplacian.pencil.mass, result.comparison.mass);
    }
  }
  return result;
}

} // namespace

bool is_file(const std::string& path) {
  std::error_code error; // a long expression is no file name
  return path == "-" || std::filesystem::exists(path, error);
}

std::string without_condition(const std::string& space) {
  const std::size_t end =
      space.ends_with(";dirichlet") || space.ends_with(";neumann") ? space.rfind(';') : space.size();
  return is_file(space) ? space : space.substr(0, end);
}

bool is_space_by_name(const SpaceOptions& options) {
  const std::string name = without_condition(options.path);
  return names_space(name) && !is_file(name);
}

int order(const SpaceOptions& options) { return options.order > 0 ? options.order : is_space_by_name(options) ? 4 : 1; }

Mass mass(const SpaceOptions& options) {
  const Mass result = options.mass == "consistent" ? Mass::consistent : Mass::lumped;
  if (result == Mass::lumped && order(options) > 1) {
    throw InputError("--mass lumped", "is for linear elements; leave it out, or use --order 1");
  }
  return result;
}

std::string list_of_spaces() {
  std::string out = "Spaces by name, for finite elements:\n";
  for (const SpaceKind& kind : space_kinds()) {
    out += fmt::format("  {:<32}{}\n", kind.usage, kind.description);
  }
  return out;
}

RiemannianMesh space_by_name(const SpaceOptions& options) {
  return make_space(without_condition(options.path), {.size = options.size, .halvings = options.refine});
}

bool names_model_mesh(const std::string& space) { return space.starts_with("mesh:"); }

bool is_polygon(const SpaceOptions& options) {
  const std::string name = without_condition(options.path);
  return names_polygon(name) && !is_file(name);
}

Pencils discretize(const RiemannianMesh& space, const Topology& topology, const SpaceOptions& options) {
  const int p = order(options);
  const Mass used = mass(options);
  if (space.metric && options.intrinsic_delaunay) {
    throw InputError("--intrinsic-delaunay", "is for flat cells, and " + options.path + " is curved; leave it out");
  }
  const Mesh flipped = options.intrinsic_delaunay ? intrinsic_delaunay(space.mesh).mesh : Mesh{};
  const Mesh& flat = options.intrinsic_delaunay ? flipped : space.mesh;
  Pencils result = space.metric ? lagrange(space, options)
                   : p > 1      ? lagrange({.mesh = flat}, options)
                                : linear(flat, topology, options);
  result.mass_slope = space.metric ? 0 : mass_slope(flat);
  result.discretization = {
      .order = p, .mass = used, .boundary = boundary(options), .dofs = result.laplacian.pencil.size()};
  return result;
}

} // namespace weyl::tool
