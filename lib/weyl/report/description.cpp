// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/description.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/version.hpp"
#include "weyl/report/json.hpp"
#include "weyl/symmetry/mirrors.hpp"

namespace weyl {

namespace {

/// "1 component", "3 components".
std::string counted(std::int64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace

double shown(double lambda, const SpaceDescription& space) {
  return std::abs(lambda) < 1e-9 * weyl_lambda(geometry(space, Boundary::neumann), 1) ? 0.0 : lambda;
}

std::string volume_noun(int dimension) {
  static constexpr const char* nouns[] = {"", "length", "area", "volume"};
  return nouns[std::min(dimension, 3)];
}

SpaceDescription describe(const std::string& name, const Mesh& mesh, const Topology& topology) {
  return {.name = name,
          .dimension = mesh.dimension,
          .volume = volume(mesh),
          .boundary_volume = topology.boundary_volume,
          .euler_characteristic = topology.euler_characteristic,
          .vertices = mesh.vertex_count,
          .cells = static_cast<std::int64_t>(mesh.cell_count()),
          .components = topology.components,
          .boundary_components = topology.boundary_components,
          .nonmanifold_facets = topology.nonmanifold_facets,
          .orientable = topology.orientable};
}

Geometry geometry(const SpaceDescription& space, Boundary boundary) {
  return {.dimension = space.dimension,
          .volume = space.volume,
          .boundary_volume = space.boundary_volume,
          .boundary = boundary};
}

Geometry quotient_geometry(const Mesh& mesh, const Group& group, const Geometry& manifold) {
  const std::vector<double> ones(static_cast<std::size_t>(group.order()), 1);
  const double sign = manifold.boundary == Boundary::neumann ? 1 : -1;
  return {.dimension = manifold.dimension,
          .volume = manifold.volume / group.order(),
          .boundary_volume =
              mirror_boundary(mirror_volumes(mesh, group), ones) + sign * manifold.boundary_volume / group.order(),
          .boundary = Boundary::neumann};
}

std::string order_name(int order) {
  static constexpr std::array names{"", "linear", "quadratic", "cubic", "quartic"};
  return order < 5 ? names[static_cast<std::size_t>(order)] : fmt::format("order {}", order);
}

std::string grouped(std::int64_t n) {
  std::string digits = fmt::format("{}", n);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > (n < 0 ? 1 : 0); i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string name(Mass mass) { return mass == Mass::consistent ? "consistent" : "lumped"; }

std::string name(Boundary boundary) { return boundary == Boundary::neumann ? "neumann" : "dirichlet"; }

std::string text(const SpaceDescription& space) {
  static constexpr const char* cells[] = {"", "segment", "triangle", "tetrahedron"};
  static constexpr const char* boundaries[] = {"", "end point", "boundary loop", "boundary surface"};
  static constexpr const char* boundary_volumes[] = {"", "end points", "boundary length", "boundary area"};
  const int d = space.dimension;
  const std::string cell_noun =
      d == 3 && space.cells != 1 ? fmt::format("{} tetrahedra", space.cells) : counted(space.cells, cells[d]);
  std::string out = fmt::format("{}\n", space.name);
  out += fmt::format("  {}, {}\n", space.vertices == 1 ? "1 vertex" : fmt::format("{} vertices", space.vertices),
                     cell_noun);
  out += fmt::format("  {}, {}, Euler characteristic {}", counted(space.components, "component"),
                     counted(space.boundary_components, boundaries[d]), space.euler_characteristic);
  out += space.orientable ? "\n" : ", not orientable\n";
  if (space.nonmanifold_facets > 0) {
    out += fmt::format("  {} shared by more than two cells: not a manifold\n",
                       counted(space.nonmanifold_facets, d == 2   ? "edge"
                                                         : d == 3 ? "face"
                                                                  : "vertex"));
  }
  out += fmt::format("  {} {:.10g}", volume_noun(d), space.volume);
  if (d > 1 && space.boundary_volume > 0) {
    out += fmt::format(", {} {:.10g}", boundary_volumes[d], space.boundary_volume);
  }
  return out + "\n";
}

std::string text(const Discretization& discretization) {
  return fmt::format("  {} elements, {} mass, {} conditions, {} unknowns\n", order_name(discretization.order),
                     name(discretization.mass), discretization.boundary == Boundary::neumann ? "Neumann" : "Dirichlet",
                     discretization.dofs);
}

namespace report {

Json preamble(const std::string& tool, const SpaceDescription& space) {
  Json document;
  document["tool"] = tool;
  document["version"] = version();
  document["space"] = {{"name", space.name},
                       {"dimension", space.dimension},
                       {"volume", space.volume},
                       {"boundary_volume", space.boundary_volume},
                       {"euler_characteristic", space.euler_characteristic},
                       {"vertices", space.vertices},
                       {"cells", space.cells},
                       {"components", space.components},
                       {"boundary_components", space.boundary_components},
                       {"nonmanifold_facets", space.nonmanifold_facets},
                       {"orientable", space.orientable}};
  return document;
}

Json preamble(const std::string& tool, const SpaceDescription& space, const Discretization& discretization) {
  Json document = preamble(tool, space);
  document["discretization"] = {{"order", discretization.order},
                                {"mass", name(discretization.mass)},
                                {"boundary", name(discretization.boundary)},
                                {"dofs", discretization.dofs}};
  return document;
}

std::string print(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace report

} // namespace weyl
