// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/asymptotics_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/version.hpp"
#include "weyl/report/diagnosis_tables.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/spectrum_figures.hpp"

namespace weyl {

namespace {

std::string line(const std::string& label, const Estimate& e) {
  return fmt::format("  {:<22} {:>11.6g}   95 % in [{:.6g}, {:.6g}]\n", label, e.value, e.low, e.high);
}

/// The labels of volume and boundary in any dimension.
std::string volume_label(int d) { return d <= 3 ? volume_noun(d) : fmt::format("{}-volume", d); }
std::string boundary_label(int d) {
  static constexpr const char* labels[] = {"", "end points", "boundary length", "boundary area"};
  return d <= 3 ? labels[d] : "boundary volume";
}

const char* edge_name(Edge edge) {
  return edge == Edge::closed ? "closed" : edge == Edge::bounded ? "bounded" : "unknown";
}

/// N beside the fitted law.
struct CountRow {
  double lambda;
  std::int64_t count;
  double weyl;     ///< one term
  double two_term; ///< two terms
};

/// Weyl's law with the claimed volume, or else with the fitted one, and with the fitted boundary.
std::vector<CountRow> rows(const AsymptoticsReport& report) {
  HeatExpansion one = report.diagnosis.heat.expansion;
  if (report.known.volume) {
    one.coefficients[0] = heat_expansion({report.diagnosis.heat.dimension, *report.known.volume}).coefficients[0];
  }
  one.coefficients.resize(2);
  HeatExpansion volume_alone = one;
  volume_alone.coefficients.resize(1);
  std::vector<CountRow> result;
  for (const double lambda : report.lambdas) {
    result.push_back(
        {lambda, count(report.spectrum, lambda), smooth_count(volume_alone, lambda), smooth_count(one, lambda)});
  }
  return result;
}

} // namespace

std::string text(const Diagnosis& diagnosis) {
  const HeatFit& fit = diagnosis.heat;
  const int d = fit.dimension;
  std::string out = fmt::format("From these {} eigenvalues alone:\n", fit.used);
  out += line("dimension", diagnosis.dimension.dimension);
  out += line(volume_label(d), fit.volume);
  if (fit.edge != Edge::closed) {
    out += line(boundary_label(d),
                {std::abs(fit.boundary.value), fit.boundary.value < 0 ? -fit.boundary.high : fit.boundary.low,
                 fit.boundary.value < 0 ? -fit.boundary.low : fit.boundary.high});
  }
  if (d == 2) {
    out += line("6 c_2", euler_characteristic(fit));
    out += "  (6 c_2 is the Euler characteristic where there are no corners and no cone points)\n";
  }
  if (std::isfinite(diagnosis.remainder.value)) {
    out += line("remainder grows like", diagnosis.remainder);
    out += fmt::format("  (power of lambda; {:.4g} on generic spaces, at most {:.4g})\n", (d - 1) / 4.0, (d - 1) / 2.0);
  }
  if (diagnosis.spacing) {
    const LevelSpacing& s = *diagnosis.spacing;
    out += fmt::format("  level spacings: ratio {:.4f} +- {:.4f} (Poisson {:.4f}, GOE {:.4f}); distance to Poisson "
                       "{:.3f}, GOE {:.3f}\n",
                       s.ratio, s.ratio_deviation, poisson_ratio, goe_ratio, s.poisson_distance, s.goe_distance);
  }
  out += "Diagnosis:\n";
  for (const Finding& finding : diagnosis.findings) {
    out += fmt::format("{} {} Confidence {:.1f} %.\n", finding.alarm ? "!" : " ", finding.sentence,
                       100 * finding.confidence);
  }
  return out;
}

std::string text(const AsymptoticsReport& report) {
  std::string out =
      fmt::format("{}\n  {} eigenvalues from {:.6g} to {:.6g}\n\n", report.name, report.spectrum.eigenvalues.size(),
                  report.spectrum.eigenvalues.front(), report.spectrum.eigenvalues.back());
  out += fmt::format("{:>12} {:>9} {:>12} {:>12} {:>9}\n", "lambda", "N", "Weyl 1 term", "2 terms", "N/2 terms");
  for (const CountRow& row : rows(report)) {
    const std::string ratio =
        row.two_term > 0 ? fmt::format("{:.4f}", static_cast<double>(row.count) / row.two_term) : "-";
    out += fmt::format("{:>12.6g} {:>9} {:>12.6g} {:>12.6g} {:>9}\n", row.lambda, row.count, row.weyl, row.two_term,
                       ratio);
  }
  out += report.known.volume ? "(with the volume that was given, and the boundary of the fit)\n" : "(as fitted)\n";
  return out + "\n" + text(report.diagnosis);
}

std::vector<html::Table> diagnosis_tables(const Diagnosis& diagnosis) {
  const HeatFit& fit = diagnosis.heat;
  html::Table estimates{"From these eigenvalues alone", {{"quantity", "value", "95 % from", "to"}}};
  const auto add = [&](const std::string& what, const Estimate& e) {
    estimates.rows.push_back(
        {what, fmt::format("{:.6g}", e.value), fmt::format("{:.6g}", e.low), fmt::format("{:.6g}", e.high)});
  };
  add("dimension", diagnosis.dimension.dimension);
  add(volume_label(fit.dimension), fit.volume);
  if (fit.edge != Edge::closed) {
    add(boundary_label(fit.dimension) + ", negative for Dirichlet", fit.boundary);
  }
  if (fit.dimension == 2) {
    add("6 c₂, the Euler characteristic without corners and cone points", euler_characteristic(fit));
  }
  if (std::isfinite(diagnosis.remainder.value)) {
    add("remainder grows like this power of λ", diagnosis.remainder);
  }
  html::Table findings{"Diagnosis", {{"finding", "confidence in %", "alarm"}}};
  for (const Finding& finding : diagnosis.findings) {
    findings.rows.push_back(
        {finding.sentence, fmt::format("{:.1f}", 100 * finding.confidence), finding.alarm ? "yes" : "no"});
  }
  return {std::move(estimates), std::move(findings)};
}

namespace report {

Json json_of(const Estimate& e) { return {{"value", e.value}, {"low", e.low}, {"high", e.high}}; }

Json asymptotics(const Diagnosis& diagnosis) {
  const HeatFit& fit = diagnosis.heat;
  Json result;
  result["dimension"] = json_of(diagnosis.dimension.dimension);
  result["dimension_used"] = fit.dimension;
  result["volume"] = json_of(fit.volume);
  result["boundary"] = json_of(fit.boundary);
  result["constant"] = json_of(fit.constant);
  result["edge"] = edge_name(fit.edge);
  result["error_slope"] = json_of(fit.error_slope);
  result["eigenvalues"] = fit.used;
  result["window"] = {{"start", fit.start}, {"terms", fit.terms}};
  result["remainder_exponent"] = json_of(diagnosis.remainder);
  result["level_spacing"] = nullptr;
  if (diagnosis.spacing) {
    const LevelSpacing& s = *diagnosis.spacing;
    result["level_spacing"] = {{"ratio", s.ratio},
                               {"ratio_deviation", s.ratio_deviation},
                               {"poisson_distance", s.poisson_distance},
                               {"goe_distance", s.goe_distance}};
  }
  result["findings"] = Json::array();
  for (const Finding& finding : diagnosis.findings) {
    result["findings"].push_back({{"subject", finding.subject},
                                  {"alarm", finding.alarm},
                                  {"confidence", finding.confidence},
                                  {"sentence", finding.sentence}});
  }
  return result;
}

} // namespace report

std::string json(const AsymptoticsReport& report) {
  const HeatFit& fit = report.diagnosis.heat;
  report::Json document;
  document["tool"] = "weyl-count";
  document["version"] = version();
  document["space"] = {{"name", report.name},
                       {"dimension", fit.dimension},
                       {"volume", nullptr},
                       {"boundary_volume", nullptr},
                       {"euler_characteristic", nullptr},
                       {"vertices", nullptr},
                       {"cells", nullptr},
                       {"components", nullptr}};
  if (report.known.volume) {
    document["space"]["volume"] = *report.known.volume;
  }
  document["discretization"] = nullptr;
  document["counts"] = report::Json::array();
  for (const CountRow& row : rows(report)) {
    document["counts"].push_back(
        {{"lambda", row.lambda}, {"count", row.count}, {"weyl", row.weyl}, {"weyl_two_term", row.two_term}});
  }
  document["resolved_up_to"] = report.spectrum.eigenvalues.back();
  document["fit"] = {{"dimension", report::json_of(report.diagnosis.dimension.dimension)},
                     {"volume", report::json_of(fit.volume)}};
  document["asymptotics"] = report::asymptotics(report.diagnosis);
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const AsymptoticsReport& report) {
  std::string out = "lambda,count,weyl,weyl_two_term\n";
  for (const CountRow& row : rows(report)) {
    out += fmt::format("{},{},{},{}\n", row.lambda, row.count, row.weyl, row.two_term);
  }
  return out;
}

std::vector<Figure> figures(const AsymptoticsReport& report) {
  return figures({.spectrum = report.spectrum, .law = report.diagnosis.heat.expansion, .fitted = true});
}

std::string html_page(const AsymptoticsReport& report, const std::string& command) {
  const std::vector<double>& values = report.spectrum.eigenvalues;
  html::Table counts{"Counts", {{"λ", "N(λ)", "one term", "two terms"}}};
  for (const CountRow& row : rows(report)) {
    counts.rows.push_back({fmt::format("{:.6g}", row.lambda), fmt::format("{}", row.count),
                           fmt::format("{:.6g}", row.weyl), fmt::format("{:.6g}", row.two_term)});
  }
  html::Page page{.title = "Eigenvalues of " + report.name,
                  .command = command,
                  .facts = {{"eigenvalues", grouped(static_cast<std::int64_t>(values.size()))},
                            {"smallest", fmt::format("{:.6g}", values.front())},
                            {"largest", fmt::format("{:.6g}", values.back())}},
                  .figures = figures(report),
                  .tables = diagnosis_tables(report.diagnosis)};
  page.tables.push_back(std::move(counts));
  return html::page(page);
}

} // namespace weyl
