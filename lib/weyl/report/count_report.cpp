// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/count_report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"

namespace weyl {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN(); ///< printed as "-", in JSON as null

std::string ratio_text(double ratio) { return std::isnan(ratio) ? "-" : fmt::format("{:.4f}", ratio); }

bool has_boundary(const CountReport& report) { return report.space.boundary_volume > 0; }

/// One λ beside Weyl's law.
struct Row {
  double lambda;
  std::int64_t count;
  double weyl;
  double two_term;
  double ratio; ///< N over the best law known: two terms where there is a boundary; NaN at λ = 0
  bool resolved;
  bool at_eigenvalue;
};

std::vector<Row> rows(const CountReport& report) {
  const Geometry space = geometry(report.space, report.discretization.boundary);
  std::vector<Row> result;
  for (const EigenvalueCount& count : report.counts) {
    const double weyl = weyl_count(space, count.lambda);
    const double two_term = weyl_count_two_term(space, count.lambda);
    result.push_back({.lambda = count.lambda,
                      .count = count.count,
                      .weyl = weyl,
                      .two_term = two_term,
                      .ratio = two_term > 0 ? static_cast<double>(count.count) / two_term : unknown,
                      .resolved = count.lambda <= report.resolution.resolved_up_to(),
                      .at_eigenvalue = count.at_eigenvalue});
  }
  return result;
}

std::string interval(const std::string& label, const Estimate& estimate, double truth) {
  const bool inside = estimate.low <= truth && truth <= estimate.high;
  return fmt::format("  {:<10} {:>10.5g}   95 % in [{:.5g}, {:.5g}]   mesh {:.6g}{}\n", label, estimate.value,
                     estimate.low, estimate.high, truth, inside ? "" : "  (outside)");
}

std::string fit_text(const CountReport& report) {
  if (!report.fit) {
    return "Too few resolved values of lambda to estimate dimension and volume (six are needed).\n";
  }
  const WeylFit& fit = *report.fit;
  std::string out = fmt::format("Estimated from these counts alone ({} resolved values):\n", fit.used);
  out += interval("dimension", fit.dimension, report.space.dimension);
  const std::string label = fit.volume_dimension == report.space.dimension
                                ? volume_noun(report.space.dimension)
                                : fmt::format("{}-volume", fit.volume_dimension);
  out += interval(label, fit.volume, report.space.volume);
  return out;
}

std::string resolution_text(const CountReport& report) {
  const int order = report.discretization.order;
  const std::string from =
      order == 1 ? "two mass matrices" : fmt::format("elements of order {} and {}", order - 1, order);
  return fmt::format("Resolved up to lambda = {:.5g} (within {:.0f} %, by {}).\n", report.resolution.resolved_up_to(),
                     100 * report.resolution.tolerance, from);
}

} // namespace

std::string text(const CountReport& report) {
  std::string out = text(report.space) + text(report.discretization) + "\n";
  const bool boundary = has_boundary(report);
  out += fmt::format("{:>12} {:>9} {:>12} {:>12} {:>9}\n", "lambda", "N", "Weyl 1 term", boundary ? "2 terms" : "",
                     boundary ? "N/2 terms" : "N/Weyl");
  bool unresolved = false;
  bool coincident = false;
  for (const Row& row : rows(report)) {
    const std::string mark = std::string(row.resolved ? "" : " *") + (row.at_eigenvalue ? " =" : "");
    out += fmt::format("{:>12.6g} {:>9} {:>12.6g} {:>12} {:>9}{}\n", row.lambda, row.count, row.weyl,
                       boundary ? fmt::format("{:.6g}", row.two_term) : "", ratio_text(row.ratio), mark);
    unresolved |= !row.resolved;
    coincident |= row.at_eigenvalue;
  }
  out += unresolved ? "* beyond what the mesh resolves: the count is that of the discrete pencil only\n" : "";
  out += coincident ? "= lambda is an eigenvalue to rounding; N counts it\n" : "";
  return out + "\n" + resolution_text(report) + fit_text(report);
}

std::string json(const CountReport& report) {
  auto document = report::preamble("weyl-count", report.space, report.discretization);
  const auto all = rows(report);
  document["counts"] = report::Json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const EigenvalueCount& count = report.counts[i];
    document["counts"].push_back({{"lambda", count.lambda},
                                  {"count", count.count},
                                  {"weyl", all[i].weyl},
                                  {"weyl_two_term", all[i].two_term},
                                  {"below", count.below},
                                  {"at_eigenvalue", count.at_eigenvalue},
                                  {"resolved", all[i].resolved},
                                  {"pivoted", count.pivoted}});
  }
  document["resolved_up_to"] = report.resolution.resolved_up_to();
  const auto estimate = [&](const Estimate& e) -> report::Json {
    return {{"value", e.value}, {"low", e.low}, {"high", e.high}};
  };
  const WeylFit fit = report.fit.value_or(WeylFit{{unknown, unknown, unknown}, {unknown, unknown, unknown}});
  document["fit"] = {{"dimension", estimate(fit.dimension)}, {"volume", estimate(fit.volume)}};
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const CountReport& report) {
  std::string out = "lambda,count,weyl,weyl_two_term,resolved,at_eigenvalue\n";
  for (const Row& row : rows(report)) {
    out += fmt::format("{},{},{},{},{:d},{:d}\n", row.lambda, row.count, row.weyl, row.two_term, row.resolved,
                       row.at_eigenvalue);
  }
  return out;
}

std::string html_page(const CountReport& report, const std::string& command) {
  const auto all = rows(report);
  html::Chart chart{.title = "Counting function", .x_label = "λ", .y_label = "N(λ)", .curves = {}};
  html::Curve counts{.name = "N(λ)", .points = {}, .marks = true};
  html::Curve one_term{.name = "Weyl, one term", .points = {}, .dash = "6 4"};
  html::Curve two_terms{.name = "Weyl, two terms", .points = {}, .dash = "2 3"};
  const double top = std::ranges::max(all, {}, &Row::lambda).lambda;
  const Geometry space = geometry(report.space, report.discretization.boundary);
  constexpr int steps = 200;
  for (int i = 0; i <= steps; ++i) {
    const double lambda = top * i / steps;
    one_term.points.emplace_back(lambda, weyl_count(space, lambda));
    two_terms.points.emplace_back(lambda, weyl_count_two_term(space, lambda));
  }
  for (const Row& row : all) {
    counts.points.emplace_back(row.lambda, static_cast<double>(row.count));
  }
  std::ranges::sort(counts.points);
  chart.curves = {one_term};
  if (has_boundary(report)) {
    chart.curves.push_back(two_terms);
  }
  chart.curves.push_back(counts);
  if (report.resolution.resolved_up_to() < top) {
    chart.limit = report.resolution.resolved_up_to();
    chart.limit_label = "resolved";
  }

  std::vector<std::vector<std::string>> table{{"λ", "N(λ)", "Weyl, one term", "Weyl, two terms", "ratio", "resolved"}};
  for (const Row& row : all) {
    table.push_back({fmt::format("{:.6g}", row.lambda), fmt::format("{}", row.count), fmt::format("{:.6g}", row.weyl),
                     fmt::format("{:.6g}", row.two_term), ratio_text(row.ratio), row.resolved ? "yes" : "no"});
  }
  return html::page("Modes of " + report.space.name,
                    html::preformatted(text(report.space) + text(report.discretization)) + html::svg(chart) +
                        html::preformatted(resolution_text(report) + fit_text(report)) + html::table(table),
                    command);
}

} // namespace weyl
