// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/spectrum_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/report/asymptotics_report.hpp"
#include "weyl/report/diagnosis_tables.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/spectrum_figures.hpp"

namespace weyl {

namespace {

/// λ at which Weyl's law (two terms where there is a boundary) is half-way up the multiplet's step.
double weyl_prediction(const SpectrumReport& report, const Multiplet& multiplet) {
  const Geometry space = geometry(report.space, report.discretization.boundary);
  const double middle = static_cast<double>(multiplet.first) + static_cast<double>(multiplet.size) / 2;
  return space.boundary_volume > 0 ? weyl_lambda_two_term(space, middle) : weyl_lambda(space, middle);
}

std::string indices(const Multiplet& multiplet) {
  return multiplet.size == 1 ? fmt::format("{}", multiplet.first)
                             : fmt::format("{}-{}", multiplet.first, multiplet.first + multiplet.size - 1);
}

std::string method(const EigenPlan& plan) {
  if (plan.dense) {
    return "Solved densely.\n";
  }
  const std::string resumed = plan.resumed > 0 ? fmt::format(", {} of them from the checkpoint", plan.resumed) : "";
  return fmt::format("Solved in {} slice{} of the spectrum{}.\n", plan.slices, plan.slices == 1 ? "" : "s", resumed);
}

/// The bracket of a multiplet as a whole: its lowest lower and its highest upper bound.
EigenvalueBracket bracket(const SpectrumReport& report, const Multiplet& multiplet) {
  const auto begin = static_cast<std::size_t>(multiplet.first - report.first);
  return {report.brackets[begin].lower, report.brackets[begin + static_cast<std::size_t>(multiplet.size) - 1].upper};
}

/// Ten digits, rounded outward.
constexpr double outward = 5e-10;

std::string lower_text(const EigenvalueBracket& bracket) {
  return fmt::format("{:.10g}", bracket.lower * (1 - outward));
}

std::string upper_text(const EigenvalueBracket& bracket) {
  return bracket.upper ? fmt::format("{:.10g}", *bracket.upper * (1 + outward)) : "-";
}

constexpr auto certified = "Certified for the flat cells of the mesh, rounding included: lower <= lambda_k <= upper.";

std::string brackets_text(const SpectrumReport& report) {
  if (report.brackets.empty()) {
    return "";
  }
  std::string out = fmt::format("{}\n{:>13} {:>17} {:>17} {:>10}\n", certified, "k", "lower", "upper", "width");
  for (const Multiplet& multiplet : multiplets(report)) {
    const EigenvalueBracket found = bracket(report, multiplet);
    out += fmt::format("{:>13} {:>17} {:>17} {:>10}\n", indices(multiplet), lower_text(found), upper_text(found),
                       found.upper ? fmt::format("{:.1e}", *found.upper - found.lower) : "");
  }
  return out + "\n";
}

/// Eigenvalues with as many digits as their errors leave.
std::string errors_text(const SpectrumReport& report) {
  if (report.errors.empty()) {
    return "";
  }
  std::string out = fmt::format("{:>13} {:>20} {:>14}\n", "k", "lambda", "error at most");
  for (std::size_t i = 0; i < report.errors.size(); ++i) {
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(report.errors[i]))), 0, 16);
    out += fmt::format("{:>13} {:>20.{}f} {:>14.1e}\n", report.first + static_cast<std::int64_t>(i),
                       report.eigenvalues[i], decimals, report.errors[i]);
  }
  return out +
         fmt::format("Errors are estimates: twice the difference of orders {} and {} on the last of {} mesh{}.\n\n",
                     report.discretization.order, report.discretization.order - 1, report.meshes,
                     report.meshes == 1 ? "" : "es");
}

/// `beyond` says how the table marks what is not resolved.
std::string summary_text(const SpectrumReport& report, const char* beyond) {
  const bool adapted = !report.errors.empty();
  std::string out;
  if (!report.residuals.empty()) {
    out += fmt::format("Largest relative residual {:.1e}. ", std::ranges::max(report.residuals));
    out += !report.confirmed ? "Nothing confirms that no eigenvalue is missing.\n"
           : report.recovered > 0
               ? fmt::format(
                     "Inertia confirms that no eigenvalue is missing ({} found again after Lanczos had lost it).\n",
                     report.recovered)
               : "Inertia confirms that no eigenvalue is missing.\n";
  }
  out += adapted ? "" : method(report.plan);
  if (report.cut > 0) {
    out += fmt::format("The last multiplet is cut: {} more of its eigenvalues follow (ask for -k {}).\n", report.cut,
                       report.first + static_cast<std::int64_t>(report.eigenvalues.size()) + report.cut);
  }
  if (!adapted) {
    out += fmt::format("Resolved up to lambda = {:.5g}{}.\n", report.resolution.resolved_up_to(), beyond);
  }
  return out;
}

/// The largest one of the multiplet.
double residual(const SpectrumReport& report, const Multiplet& multiplet) {
  const auto begin = report.residuals.begin() + (multiplet.first - report.first);
  return *std::max_element(begin, begin + multiplet.size);
}

} // namespace

double multiplet_tolerance(const Resolution& resolution, int dimension, double lambda, double k) {
  return std::min(resolution.error(lambda), 0.2 / (dimension * std::max(k, 1.0)));
}

std::vector<Multiplet> multiplets(const SpectrumReport& report) {
  std::vector<Multiplet> result;
  const auto& values = report.eigenvalues;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= values.size(); ++i) {
    const double k = static_cast<double>(report.first) + static_cast<double>(i);
    const bool same =
        i < values.size() &&
        values[i] - values[i - 1] <=
            std::abs(values[i]) * multiplet_tolerance(report.resolution, report.space.dimension, values[i], k);
    if (!same) {
      double sum = 0;
      for (std::size_t j = begin; j < i; ++j) {
        sum += values[j];
      }
      result.push_back({.first = report.first + static_cast<std::int64_t>(begin),
                        .size = static_cast<std::int64_t>(i - begin),
                        .mean = sum / static_cast<double>(i - begin),
                        .spread = values[i - 1] - values[begin]});
      begin = i;
    }
  }
  return result;
}

std::string text(const SpectrumReport& report) {
  std::string out = text(report.space) + text(report.discretization) + "\n";
  out += fmt::format("{:>13} {:>14} {:>12} {:>10} {:>10} {:>12}\n", "k", "lambda", "multiplicity", "spread", "residual",
                     "Weyl");
  for (const Multiplet& multiplet : multiplets(report)) {
    const bool resolved = multiplet.mean <= report.resolution.resolved_up_to();
    out += fmt::format("{:>13} {:>14.{}g} {:>12} {:>10} {:>10.1e} {:>12.6g}{}\n", indices(multiplet),
                       shown(multiplet.mean, report.space), report.discretization.order > 1 ? 12 : 9, multiplet.size,
                       multiplet.size > 1 ? fmt::format("{:.1e}", multiplet.spread) : "", residual(report, multiplet),
                       weyl_prediction(report, multiplet), resolved ? "" : " *");
  }
  out += "\n" + brackets_text(report) + errors_text(report) + summary_text(report, " (* beyond)");
  return report.analysis ? out + "\n" + text(*report.analysis) : out;
}

std::string json(const SpectrumReport& report) {
  auto document = report::preamble("weyl-spectrum", report.space, report.discretization);
  document["eigenvalues"] = report.eigenvalues;
  document["residuals"] = report.residuals;
  if (!report.brackets.empty()) {
    document["lower"] = report::Json::array();
    document["upper"] = report::Json::array();
    for (const EigenvalueBracket& bracket : report.brackets) {
      document["lower"].push_back(bracket.lower);
      document["upper"].push_back(bracket.upper ? report::Json(*bracket.upper) : report::Json(nullptr));
    }
  }
  if (!report.errors.empty()) {
    document["errors"] = report.errors;
    document["meshes"] = report.meshes;
  }
  document["first"] = report.first;
  document["multiplets"] = report::Json::array();
  for (const Multiplet& multiplet : multiplets(report)) {
    document["multiplets"].push_back({{"first", multiplet.first},
                                      {"multiplicity", multiplet.size},
                                      {"mean", multiplet.mean},
                                      {"spread", multiplet.spread},
                                      {"weyl", weyl_prediction(report, multiplet)}});
  }
  document["last_multiplet"] = {{"complete", report.cut == 0}, {"cut", report.cut}};
  document["recovered"] = report.recovered;
  document["confirmed"] = report.confirmed;
  document["method"] = {{"dense", report.plan.dense},     {"slices", report.plan.slices},
                        {"resumed", report.plan.resumed}, {"concurrent", report.plan.concurrent},
                        {"memory", report.plan.memory},   {"kernels", report.plan.kernels}};
  document["resolved_up_to"] = report.resolution.resolved_up_to();
  if (report.analysis) {
    document["asymptotics"] = report::asymptotics(*report.analysis);
  }
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const SpectrumReport& report) {
  std::string out = fmt::format("k,lambda,residual{}{}\n", report.errors.empty() ? "" : ",error",
                                report.brackets.empty() ? "" : ",lower,upper");
  for (std::size_t i = 0; i < report.eigenvalues.size(); ++i) {
    out += fmt::format("{},{},{}", report.first + static_cast<std::int64_t>(i), report.eigenvalues[i],
                       report.residuals[i]);
    out += report.errors.empty() ? "" : fmt::format(",{}", report.errors[i]);
    if (!report.brackets.empty()) {
      const EigenvalueBracket& bracket = report.brackets[i];
      out += fmt::format(",{},{}", bracket.lower, bracket.upper ? fmt::format("{}", *bracket.upper) : "");
    }
    out += "\n";
  }
  return out;
}

std::vector<Figure> figures(const SpectrumReport& report) {
  const Geometry space = geometry(report.space, report.discretization.boundary);
  return figures({.spectrum = {.eigenvalues = report.eigenvalues,
                               .geometry = space,
                               .trusted_up_to = report.resolution.resolved_up_to()},
                  .law = heat_expansion(space),
                  .first = report.first,
                  .brackets = report.brackets});
}

std::string html_page(const SpectrumReport& report, const std::string& command) {
  html::Table table{"Eigenvalues, equal ones together",
                    {{"k", "λ", "multiplicity", "spread", "residual", "Weyl", "resolved"}}};
  for (const Multiplet& multiplet : multiplets(report)) {
    table.rows.push_back(
        {indices(multiplet), fmt::format("{:.9g}", shown(multiplet.mean, report.space)),
         fmt::format("{}", multiplet.size), multiplet.size > 1 ? fmt::format("{:.1e}", multiplet.spread) : "",
         fmt::format("{:.1e}", residual(report, multiplet)), fmt::format("{:.6g}", weyl_prediction(report, multiplet)),
         multiplet.mean <= report.resolution.resolved_up_to() ? "yes" : "no"});
    if (!report.brackets.empty()) {
      const EigenvalueBracket found = bracket(report, multiplet);
      table.rows.back().insert(table.rows.back().end(), {lower_text(found), upper_text(found)});
    }
  }
  if (!report.brackets.empty()) {
    table.rows[0].insert(table.rows[0].end(), {"lower", "upper"});
  }
  html::Page page{.title = "Spectrum of " + report.space.name,
                  .command = command,
                  .facts = html::facts(report.space, report.discretization),
                  .notes = {report.brackets.empty() ? "" : certified, errors_text(report), summary_text(report, "")},
                  .view = report.view,
                  .figures = figures(report),
                  .tables = {std::move(table)}};
  page.facts.emplace_back("eigenvalues", grouped(static_cast<std::int64_t>(report.eigenvalues.size())));
  page.facts.emplace_back("seconds", fmt::format("{:.3g}", report.seconds));
  if (report.analysis) {
    const auto tables = diagnosis_tables(*report.analysis);
    page.tables.insert(page.tables.begin(), tables.begin(), tables.end());
  }
  return html::page(page);
}

} // namespace weyl
