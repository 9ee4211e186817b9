// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/mesh_report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"

namespace weyl {

double cell_quality(const Mesh& mesh, std::size_t c) {
  const int d = mesh.dimension;
  const auto [l2, volume] = cell_metric(mesh, c);
  const double mean_square = std::accumulate(l2.begin(), l2.end(), 0.0) / simplex_edge_count(d);
  std::array<double, 6> regular{};
  std::fill_n(regular.begin(), simplex_edge_count(d), mean_square);
  return mean_square > 0 ? volume / simplex_volume(d, regular) : 0.0;
}

MeshReport mesh_report(const std::string& name, const Mesh& mesh) {
  MeshReport report{.space = describe(name, mesh, topology(mesh))};
  report.shortest_edge = std::numeric_limits<double>::infinity();
  report.worst_quality = 1;
  const int edges = simplex_edge_count(mesh.dimension);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto l2 = edge_lengths_squared(mesh, c);
    for (int e = 0; e < edges; ++e) {
      const double length = std::sqrt(l2[e]);
      report.shortest_edge = std::min(report.shortest_edge, length);
      report.longest_edge = std::max(report.longest_edge, length);
      report.mean_edge += length;
    }
    const double quality = cell_quality(mesh, c);
    const auto bin = static_cast<std::size_t>(quality * static_cast<double>(report.cells_of_quality.size()));
    ++report.cells_of_quality[std::min(bin, report.cells_of_quality.size() - 1)];
    report.worst_quality = std::min(report.worst_quality, quality);
  }
  report.mean_edge /= static_cast<double>(mesh.cell_count()) * edges;
  return report;
}

namespace {

std::string text(const SymmetryReport& symmetry) {
  const auto& [axis, second, allowed, asymmetry, moved, strayed] = symmetry.defect;
  return fmt::format(
             "  made symmetric: group {} of order {} about ({:.6g}, {:.6g}, {:.6g}), ({:.6g}, {:.6g}, {:.6g})\n",
             symmetry.group, symmetry.order, axis[0], axis[1], axis[2], second[0], second[1], second[2]) +
         fmt::format("  images of the given surface lay up to {:.3g} away from it (allowed: {:.3g})\n"
                     "  the given surface lies up to {:.3g} away from the new one, {:.3g} in the mean square\n"
                     "  the new surface lies up to {:.3g} away from the given one, {:.3g} in the mean square\n",
                     asymmetry, allowed, moved.largest, moved.root_mean_square, strayed.largest,
                     strayed.root_mean_square);
}

} // namespace

std::string text(const MeshReport& report) {
  return text(report.space) +
         fmt::format("  edges from {:.4g} to {:.4g}, mean {:.4g}; worst cell quality {:.3f} of 1\n",
                     report.shortest_edge, report.longest_edge, report.mean_edge, report.worst_quality) +
         (report.symmetry ? text(*report.symmetry) : "");
}

std::string json(const MeshReport& report) {
  auto document = report::preamble("weyl-mesh", report.space);
  document["edges"] = {
      {"shortest", report.shortest_edge}, {"mean", report.mean_edge}, {"longest", report.longest_edge}};
  document["worst_quality"] = report.worst_quality;
  if (report.symmetry) {
    const SymmetryDefect& defect = report.symmetry->defect;
    document["symmetry"] = {{"group", report.symmetry->group},
                            {"order", report.symmetry->order},
                            {"axis", std::vector<double>(defect.axis.begin(), defect.axis.end())},
                            {"second", std::vector<double>(defect.second.begin(), defect.second.end())},
                            {"allowed", defect.allowed},
                            {"asymmetry", defect.asymmetry},
                            {"moved", defect.moved.largest},
                            {"moved_rms", defect.moved.root_mean_square},
                            {"strayed", defect.strayed.largest},
                            {"strayed_rms", defect.strayed.root_mean_square}};
  }
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string html_page(const MeshReport& report, const std::string& command) {
  const auto bins = static_cast<double>(report.cells_of_quality.size());
  Curve cells{.name = "cells", .points = {}, .steps = true, .filled = true};
  for (const std::int64_t n : report.cells_of_quality) {
    cells.points.emplace_back(static_cast<double>(cells.points.size()) / bins,
                              100 * static_cast<double>(n) / static_cast<double>(report.space.cells));
  }
  cells.points.emplace_back(1, 0);
  html::Page page{
      .title = "Mesh " + report.space.name,
      .command = command,
      .facts = html::facts(report.space),
      .view = report.view,
      .figures = {{.id = "quality",
                   .title = "Quality of the cells",
                   .caption = "1 is a regular simplex, 0 a flat one: volume over that of the regular simplex with the "
                              "same root mean square edge length. Flat cells cost accuracy.",
                   .x = {"quality"},
                   .y = {"cells in %"},
                   .curves = {std::move(cells)}}}};
  page.facts.insert(page.facts.end(), {{"shortest edge", fmt::format("{:.4g}", report.shortest_edge)},
                                       {"mean edge", fmt::format("{:.4g}", report.mean_edge)},
                                       {"longest edge", fmt::format("{:.4g}", report.longest_edge)},
                                       {"worst quality", fmt::format("{:.3f}", report.worst_quality)},
                                       {"seconds", fmt::format("{:.3g}", report.seconds)}});
  return html::page(page);
}

} // namespace weyl
