// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/count_report.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/spectrum_figures.hpp"

namespace weyl {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN(); ///< printed as "-", in JSON as null

std::string ratio_text(double ratio) { return std::isnan(ratio) ? "-" : fmt::format("{:.4f}", ratio); }

bool has_boundary(const CountReport& report) { return report.space.boundary_volume > 0; }

/// A certified upper bound; where the mesh is too coarse for one `none`.
std::string upper_text(const CountBracket& bracket, const std::string& none) {
  return bracket.upper ? fmt::format("{}", *bracket.upper) : none;
}

std::string bracket_text(const CountReport& report) {
  return report.brackets.empty() ? ""
                                 : "at least, at most: certified for the flat cells of the mesh, rounding included.\n";
}

/// One λ beside Weyl's law.
struct IntervalRow {
  double lambda;
  std::int64_t count;
  double weyl;
  double two_term;
  double ratio; ///< N over the best law known: two terms where there is a boundary; NaN at λ = 0
  bool resolved;
  bool at_eigenvalue;
};

std::vector<IntervalRow> rows(const CountReport& report) {
  const Geometry space = geometry(report.space, report.discretization.boundary);
  std::vector<IntervalRow> result;
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

/// Of the volume that was fitted.
std::string volume_label(const CountReport& report) {
  return report.fit->volume_dimension == report.space.dimension
             ? volume_noun(report.space.dimension)
             : fmt::format("{}-volume", report.fit->volume_dimension);
}

std::string fit_text(const CountReport& report) {
  if (!report.fit) {
    return "Too few resolved values of lambda to estimate dimension and volume (six are needed).\n";
  }
  const WeylFit& fit = *report.fit;
  std::string out = fmt::format("Estimated from these counts alone ({} resolved values):\n", fit.used);
  out += interval("dimension", fit.dimension, report.space.dimension);
  out += interval(volume_label(report), fit.volume, report.space.volume);
  return out;
}

/// N is monotone, so that brackets at λ_i and λ_{i+1} hold it in between.
Curve certified_band(const CountReport& report) {
  std::vector<std::size_t> order(report.brackets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return report.counts[i].lambda; });
  Curve band{.name = "certified band", .points = {}, .line = Line::none, .steps = true};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const CountBracket& here = report.brackets[order[i]];
    const CountBracket& next = report.brackets[order[std::min(i + 1, order.size() - 1)]];
    if (!here.upper || !next.upper) {
      break;
    }
    band.points.emplace_back(report.counts[order[i]].lambda, here.lower);
    band.upper.push_back(static_cast<double>(*next.upper));
  }
  return band;
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
  if (!report.brackets.empty()) {
    out.pop_back();
    out += fmt::format(" {:>9} {:>9}\n", "at least", "at most");
  }
  bool unresolved = false;
  bool coincident = false;
  std::size_t i = 0;
  for (const IntervalRow& row : rows(report)) {
    const std::string mark = std::string(row.resolved ? "" : " *") + (row.at_eigenvalue ? " =" : "");
    out += fmt::format("{:>12.6g} {:>9} {:>12.6g} {:>12} {:>9}{}{}\n", row.lambda, row.count, row.weyl,
                       boundary ? fmt::format("{:.6g}", row.two_term) : "", ratio_text(row.ratio),
                       report.brackets.empty()
                           ? ""
                           : fmt::format(" {:>9} {:>9}", report.brackets[i].lower, upper_text(report.brackets[i], "-")),
                       mark);
    ++i;
    unresolved |= !row.resolved;
    coincident |= row.at_eigenvalue;
  }
  out += unresolved ? "* beyond what the mesh resolves: the count is that of the discrete pencil only\n" : "";
  out += coincident ? "= lambda is an eigenvalue to rounding; N counts it\n" : "";
  return out + bracket_text(report) + "\n" + resolution_text(report) + fit_text(report);
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
    if (!report.brackets.empty()) {
      const CountBracket& bracket = report.brackets[i];
      document["counts"].back()["lower"] = bracket.lower;
      document["counts"].back()["upper"] = bracket.upper ? report::Json(*bracket.upper) : report::Json(nullptr);
    }
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
  const bool certified = !report.brackets.empty();
  std::string out =
      fmt::format("lambda,count,weyl,weyl_two_term,resolved,at_eigenvalue{}\n", certified ? ",lower,upper" : "");
  std::size_t i = 0;
  for (const IntervalRow& row : rows(report)) {
    out += fmt::format("{},{},{},{},{:d},{:d}", row.lambda, row.count, row.weyl, row.two_term, row.resolved,
                       row.at_eigenvalue);
    out += certified ? fmt::format(",{},{}\n", report.brackets[i].lower, upper_text(report.brackets[i], "")) : "\n";
    ++i;
  }
  return out;
}

std::vector<Figure> figures(const CountReport& report) {
  auto all = rows(report);
  std::ranges::sort(all, {}, &IntervalRow::lambda);
  const double top = all.back().lambda;
  const HeatExpansion law = heat_expansion(geometry(report.space, report.discretization.boundary));
  Curve counts{.name = "N(λ)", .points = {}, .line = Line::none, .marks = true};
  Curve rest{.name = "N(λ) − Weyl", .points = {}, .line = Line::solid, .marks = true};
  for (const IntervalRow& row : all) {
    counts.points.emplace_back(row.lambda, row.count);
    rest.points.emplace_back(row.lambda, static_cast<double>(row.count) - row.two_term);
  }
  Figure counting{.id = "counting",
                  .title = "Counting function",
                  .caption = "N(λ) = #{k : λₖ ≤ λ}, counted by inertia at each mark, on Weyl's law.",
                  .x = {"λ in 1/length²"},
                  .y = {"N(λ)"},
                  .curves = {std::move(counts)}};
  if (top > 0) {
    std::ranges::move(law_curves(law, top), std::back_inserter(counting.curves));
  }
  if (!report.brackets.empty()) {
    counting.curves.push_back(certified_band(report));
    counting.caption += " N lies in the band, between the marks too: that is proved.";
  }
  Figure remainder{.id = "remainder",
                   .title = "Remainder",
                   .caption =
                       "What Weyl's law leaves of N. A drift away from 0 is a term that the law lacks, or an error "
                       "of the eigenvalues.",
                   .x = {"λ in 1/length²"},
                   .y = {"N(λ) − Weyl"},
                   .curves = {std::move(rest)}};
  for (Figure* figure : {&counting, &remainder}) {
    if (report.resolution.resolved_up_to() < top) {
      figure->limit = report.resolution.resolved_up_to();
      figure->limit_label = "resolved";
    }
  }
  return {std::move(counting), std::move(remainder)};
}

std::string html_page(const CountReport& report, const std::string& command) {
  html::Table counts{"Counts", {{"λ", "N(λ)", "Weyl, one term", "Weyl, two terms", "ratio", "resolved"}}};
  for (const IntervalRow& row : rows(report)) {
    counts.rows.push_back({fmt::format("{:.6g}", row.lambda), fmt::format("{}", row.count),
                           fmt::format("{:.6g}", row.weyl), fmt::format("{:.6g}", row.two_term), ratio_text(row.ratio),
                           row.resolved ? "yes" : "no"});
  }
  if (!report.brackets.empty()) {
    counts.rows[0].insert(counts.rows[0].end(), {"at least", "at most"});
    for (std::size_t i = 0; i < report.brackets.size(); ++i) {
      counts.rows[i + 1].push_back(fmt::format("{}", report.brackets[i].lower));
      counts.rows[i + 1].push_back(upper_text(report.brackets[i], "-"));
    }
  }
  html::Table estimates{"Estimated from these counts alone", {}};
  if (report.fit) {
    const auto row = [](const std::string& what, const Estimate& e, double truth) -> std::vector<std::string> {
      return {what, fmt::format("{:.5g}", e.value), fmt::format("{:.5g}", e.low), fmt::format("{:.5g}", e.high),
              fmt::format("{:.6g}", truth)};
    };
    estimates.rows = {{"quantity", "value", "95 % from", "to", "mesh"},
                      row("dimension", report.fit->dimension, report.space.dimension),
                      row(volume_label(report), report.fit->volume, report.space.volume)};
  }
  html::Page page{.title = "Modes of " + report.space.name,
                  .command = command,
                  .facts = html::facts(report.space, report.discretization),
                  .notes = {bracket_text(report) + resolution_text(report) + (report.fit ? "" : fit_text(report))},
                  .view = report.view,
                  .figures = figures(report),
                  .tables = {std::move(estimates), std::move(counts)}};
  page.facts.emplace_back("seconds", fmt::format("{:.3g}", report.seconds));
  return html::page(page);
}

} // namespace weyl
