// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/points_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/version.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/label_tables.hpp"

namespace weyl {

namespace {

/// As the sample says; a boundary is not looked for.
Geometry law(const PointsReport& report) {
  return {.dimension = report.geometry.integer_dimension, .volume = report.geometry.volume.value};
}

bool resolved(const PointsReport& report, double lambda) { return lambda <= report.resolution.resolved_up_to(); }

std::string estimate_line(const std::string& label, const Estimate& estimate) {
  return fmt::format("  {:<26} {:>10.5g}   95 % in [{:.5g}, {:.5g}]\n", label, estimate.value, estimate.low,
                     estimate.high);
}

std::string counts_text(const PointsReport& report) {
  std::string out = fmt::format("{:>12} {:>9} {:>12} {:>9}\n", "lambda", "N", "Weyl", "N/Weyl");
  for (const EigenvalueCount& count : report.counts) {
    const double weyl = weyl_count(law(report), count.lambda);
    out += fmt::format("{:>12.6g} {:>9} {:>12.6g} {:>9.4f}{}\n", count.lambda, count.count, weyl,
                       static_cast<double>(count.count) / weyl, resolved(report, count.lambda) ? "" : " *");
  }
  return out;
}

std::string eigenvalues_text(const PointsReport& report) {
  std::string out = fmt::format("{:>6} {:>14} {:>10}\n", "k", "lambda", "residual");
  for (std::size_t k = 0; k < report.eigenvalues.size(); ++k) {
    out += fmt::format("{:>6} {:>14.8g} {:>10.1e}{}\n", k, report.eigenvalues[k], report.residuals[k],
                       resolved(report, report.eigenvalues[k]) ? "" : " *");
  }
  return out;
}

std::string fit_text(const PointsReport& report) {
  if (report.counts.empty()) {
    return "";
  }
  if (!report.fit) {
    return "Too few resolved values of lambda to estimate dimension and volume (six are needed).\n";
  }
  return "From the counts:\n" + estimate_line("dimension", report.fit->dimension) +
         estimate_line(fmt::format("volume ({}-dimensional)", report.fit->volume_dimension), report.fit->volume);
}

} // namespace

std::string text(const PointsReport& report) {
  const SampledGeometry& geometry = report.geometry;
  const int d = geometry.integer_dimension;
  std::string out = fmt::format("{}\n  {} points in R^{}\n\n", report.name, report.points, report.ambient);
  out += "From distances to the k-th nearest neighbour:\n";
  out += fmt::format("{:>6} {:>12} {:>12} {:>12} {:>12}\n", "k", "distance", "dimension", "kernel sum", volume_noun(d));
  for (const ScaleEstimate& scale : geometry.scales) {
    out += fmt::format("{:>6} {:>12.5g} {:>12.4f} {:>12.4f} {:>12.6g}\n", scale.neighbours, scale.radius,
                       scale.dimension, scale.kernel_dimension, scale.volume);
  }
  out += "Extrapolated to distance 0:\n" + estimate_line("dimension", geometry.dimension);
  out += estimate_line("dimension by kernel sum", geometry.kernel_dimension);
  out += estimate_line(fmt::format("{} (d = {})", volume_noun(d), d), geometry.volume);
  for (const std::string& finding : geometry.findings) {
    out += "! " + finding + ".\n";
  }
  if (report.invariance) {
    out += text(*report.invariance) + "\n";
  }
  out +=
      fmt::format("\n{} Laplacian of {} points, {} neighbours each\n\n",
                  report.laplacian == "delaunay" ? "Local Delaunay" : "Diffusion", report.unknowns, report.neighbours);
  out += report.counts.empty() ? eigenvalues_text(report) : counts_text(report);
  return out +
         fmt::format("Resolved up to lambda = {:.5g} (* is beyond), by the distance of the points.\n",
                     report.resolution.resolved_up_to()) +
         fit_text(report);
}

std::string json(const PointsReport& report) {
  const SampledGeometry& geometry = report.geometry;
  report::Json document;
  document["tool"] = report.tool;
  document["version"] = version();
  document["space"] = {{"name", report.name},
                       {"dimension", geometry.integer_dimension},
                       {"volume", geometry.volume.value},
                       {"boundary_volume", nullptr},
                       {"euler_characteristic", nullptr},
                       {"vertices", report.points},
                       {"cells", nullptr},
                       {"components", nullptr}};
  document["discretization"] = {{"operator", report.laplacian},
                                {"neighbours", report.neighbours},
                                {"mass", "lumped"},
                                {"boundary", "neumann"},
                                {"dofs", report.unknowns}};
  document["sample"] = {{"points", report.points},
                        {"ambient_dimension", report.ambient},
                        {"dimension", report::json_of(geometry.dimension)},
                        {"kernel_dimension", report::json_of(geometry.kernel_dimension)},
                        {"volume", report::json_of(geometry.volume)},
                        {"scales", report::Json::array()},
                        {"findings", geometry.findings}};
  document["sample"]["invariance"] = report.invariance ? json_of(*report.invariance) : report::Json(nullptr);
  for (const ScaleEstimate& scale : geometry.scales) {
    document["sample"]["scales"].push_back({{"neighbours", scale.neighbours},
                                            {"radius", scale.radius},
                                            {"dimension", scale.dimension},
                                            {"kernel_dimension", scale.kernel_dimension},
                                            {"volume", scale.volume}});
  }
  if (report.counts.empty()) {
    document["eigenvalues"] = report.eigenvalues;
    document["residuals"] = report.residuals;
  } else {
    document["counts"] = report::Json::array();
    for (const EigenvalueCount& count : report.counts) {
      const double weyl = weyl_count(law(report), count.lambda);
      document["counts"].push_back({{"lambda", count.lambda},
                                    {"count", count.count},
                                    {"weyl", weyl},
                                    {"weyl_two_term", weyl},
                                    {"resolved", resolved(report, count.lambda)}});
    }
    document["fit"] = nullptr;
    if (report.fit) {
      document["fit"] = {{"dimension", report::json_of(report.fit->dimension)},
                         {"volume", report::json_of(report.fit->volume)}};
    }
  }
  document["resolved_up_to"] = report.resolution.resolved_up_to();
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const PointsReport& report) {
  std::string out = report.counts.empty() ? "k,lambda,residual\n" : "lambda,count,weyl\n";
  for (const EigenvalueCount& count : report.counts) {
    out += fmt::format("{},{},{}\n", count.lambda, count.count, weyl_count(law(report), count.lambda));
  }
  for (std::size_t k = 0; k < report.eigenvalues.size(); ++k) {
    out += fmt::format("{},{},{}\n", k, report.eigenvalues[k], report.residuals[k]);
  }
  return out;
}

std::vector<Figure> figures(const PointsReport& report) {
  Curve counts = staircase("N(λ)", report.eigenvalues);
  for (const EigenvalueCount& count : report.counts) {
    counts.points.emplace_back(count.lambda, static_cast<double>(count.count));
  }
  counts.marks = report.eigenvalues.empty();
  std::ranges::sort(counts.points);
  const double top = counts.points.empty() ? 1 : counts.points.back().first;
  return {{.id = "counting",
           .title = "Counting function",
           .caption = "N(λ) of the sample's Laplacian on Weyl's law of the estimated volume, resolved up to the line.",
           .x = {"λ in 1/length²"},
           .y = {"N(λ)"},
           .curves = {std::move(counts),
                      sampled(
                          "Weyl", [&](double lambda) { return weyl_count(law(report), lambda); }, 0, top)},
           .limit = report.resolution.resolved_up_to(),
           .limit_label = "resolved"}};
}

std::string html_page(const PointsReport& report, const std::string& command) {
  const SampledGeometry& geometry = report.geometry;
  html::Table scales{"By distances to the k-th nearest neighbour",
                     {{"k", "distance", "dimension", "kernel sum", volume_noun(geometry.integer_dimension)}}};
  for (const ScaleEstimate& scale : geometry.scales) {
    scales.rows.push_back({fmt::format("{}", scale.neighbours), fmt::format("{:.5g}", scale.radius),
                           fmt::format("{:.4f}", scale.dimension), fmt::format("{:.4f}", scale.kernel_dimension),
                           fmt::format("{:.6g}", scale.volume)});
  }
  html::Table counts{"Counts", {{"λ", "N(λ)", "Weyl"}}};
  for (const EigenvalueCount& count : report.counts) {
    counts.rows.push_back({fmt::format("{:.6g}", count.lambda), fmt::format("{}", count.count),
                           fmt::format("{:.6g}", weyl_count(law(report), count.lambda))});
  }
  html::Table eigenvalues{"Eigenvalues", {{"k", "λ", "residual"}}};
  for (std::size_t k = 0; k < report.eigenvalues.size(); ++k) {
    eigenvalues.rows.push_back({fmt::format("{}", k), fmt::format("{:.8g}", report.eigenvalues[k]),
                                fmt::format("{:.1e}", report.residuals[k])});
  }
  std::vector<std::string> notes{estimate_line("Dimension, extrapolated to distance 0:", geometry.dimension),
                                 estimate_line("Volume, extrapolated to distance 0:", geometry.volume),
                                 fit_text(report)};
  notes.insert(notes.end(), geometry.findings.begin(), geometry.findings.end());
  if (report.invariance) {
    notes.push_back(text(*report.invariance));
  }
  return html::page({.title = "Spectrum of " + report.name,
                     .command = command,
                     .facts = {{"points", fmt::format("{} in R^{}", report.points, report.ambient)},
                               {"operator", report.laplacian},
                               {"neighbours", fmt::format("{}", report.neighbours)},
                               {"unknowns", fmt::format("{}", report.unknowns)}},
                     .notes = std::move(notes),
                     .figures = figures(report),
                     .tables = {std::move(counts), std::move(eigenvalues), std::move(scales)}});
}

} // namespace weyl
