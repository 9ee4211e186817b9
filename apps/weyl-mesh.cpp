// SPDX-License-Identifier: GPL-3.0-or-later
// Makes, refines, repairs and converts meshes.

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/discretize.hpp"
#include "common/tool.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/polygon.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/mesh/repair.hpp"
#include "weyl/mesh/write.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/mesh_report.hpp"
#include "weyl/symmetry/symmetrize.hpp"

namespace {

using namespace weyl;

struct Request {
  std::string kind;
  std::optional<double> size;
  int refine = 0;
  bool repair = false;
  std::string symmetrize;
  std::vector<double> axis;
  SymmetrizeOptions symmetry;
  std::string file;
  std::string report;
  bool json = false;
  bool quiet = false;
};

std::string footer() {
  std::string out = "KIND is a mesh file, - (OFF on standard input), or one of:\n";
  for (const MeshKind& kind : mesh_kinds()) {
    out += fmt::format("  {:<34}{}\n", kind.usage, kind.description);
  }
  for (const MeshKind& kind : polygon_kinds()) {
    out += fmt::format("  {:<34}{}\n", kind.usage, kind.description);
  }
  return out;
}

/// "icosphere", "disk:2": a model, unless a file of that name exists.
bool names_model(const std::string& kind) {
  const std::string name = kind.substr(0, kind.find(':'));
  return !tool::is_file(kind) &&
         std::ranges::any_of(mesh_kinds(), [&](const MeshKind& known) { return known.name == name; });
}

CheckedMesh obtain(const Request& request) {
  if (names_model(request.kind)) {
    return {make_mesh(request.kind, request.size), {}};
  }
  if (names_polygon(request.kind) && !tool::is_file(request.kind)) {
    return {make_polygon(polygon(request.kind), request.size), {}};
  }
  return request.repair ? repair(read_soup(request.kind)) : read_mesh(request.kind);
}

void make(const CLI::App& app, const Request& request, const std::string& command) {
  const tool::Stopwatch stopwatch;
  CheckedMesh made = obtain(request);
  for (const std::string& warning : made.warnings) {
    tool::warn(app, {.quiet = request.quiet}, request.kind + ": " + warning);
  }
  std::optional<SymmetryReport> symmetry;
  if (!request.symmetrize.empty()) {
    SymmetrizeOptions options = request.symmetry;
    std::tie(options.axis, options.second) = tool::axes(request.axis);
    Symmetrized result = symmetrize(made.mesh, request.symmetrize, options);
    made.mesh = std::move(result.mesh);
    symmetry = {result.group.name, result.group.order(), result.defect};
  }
  if (request.refine > 0) {
    made.mesh = refine(made.mesh, request.refine);
  }
  MeshReport report = mesh_report(request.kind, made.mesh);
  report.symmetry = std::move(symmetry);
  report.seconds = stopwatch.seconds();
  if (!request.report.empty()) {
    if (html::has_plotly() && can_be_drawn(made.mesh)) {
      report.view = surface_view(made.mesh, {});
    }
    tool::print(request.report, html_page(report, command));
  }
  if (!request.file.empty()) {
    write_mesh(request.file, made.mesh);
  }
  tool::print("", request.json ? json(report) : text(report));
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("Makes, refines, repairs and converts meshes, and describes them.", "weyl-mesh");
  Request request;
  app.footer(footer());
  app.add_option("KIND", request.kind, "what to make or read, see below")->type_name("");
  app.add_option("--size", request.size, "longest edge of a model mesh, about")
      ->check(tool::at_least(1e-300, "a positive number"))
      ->type_name("H");
  app.add_option("--refine", request.refine, "split every cell N times (into 2, 4 or 8 each time)")
      ->check(CLI::Range(0, 12))
      ->type_name("N");
  app.add_flag("--repair", request.repair,
               "of a surface file: merge equal points, drop degenerate and duplicate cells, orient, stitch");
  auto* group = app.add_option("--symmetrize", request.symmetrize,
                               "of a surface: cut a fundamental cell of this point group (Cs, C2v, D3h, Td, ...) and\n"
                               "build the surface from its copies")
                    ->type_name("GROUP");
  tool::add_axis_option(app, request.axis, "the best of 0,0,1 and the axes of inertia")->needs(group);
  app.add_option("--tolerance", request.symmetry.tolerance,
                 "how far the surface may be from symmetric, and move, over the root of its area (default: two mean\n"
                 "edges, at most 0.05)")
      ->check(tool::at_least(0, "a number from 0 on"))
      ->type_name("T")
      ->needs(group);
  app.add_option("-o,--output", request.file, "write the mesh to FILE (.off, .obj, .ply or .vtu)")->type_name("FILE");
  app.add_option("--report", request.report, "write an HTML page that shows the mesh")->type_name("FILE.html");
  app.add_flag("--json", request.json, "describe the mesh as one JSON document");
  app.add_flag("--quiet", request.quiet, "no warnings");
  return tool::run(app, "KIND", argc, argv, [&] { make(app, request, tool::command_line(argc, argv)); });
}
