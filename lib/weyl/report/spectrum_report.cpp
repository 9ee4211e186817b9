// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/spectrum_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"

namespace weyl {

namespace {

/// λ at which Weyl's law (two terms where there is a boundary) is half-way up the multiplet's step.
double weyl_prediction(const SpectrumReport& report, const Multiplet& multiplet) {
  const Geometry space = geometry(report.space, report.discretization.boundary);
  const double middle = static_cast<double>(multiplet.first) + static_cast<double>(multiplet.size) / 2;
  return space.boundary_volume > 0 ? weyl_lambda_two_term(space, middle) : weyl_lambda(space, middle);
}

/// A null mode's eigenvalue is rounding: shown as 0.
double shown(double lambda, const SpectrumReport& report) {
  const double first_positive = weyl_lambda(geometry(report.space, report.discretization.boundary), 1);
  return std::abs(lambda) < 1e-9 * first_positive ? 0.0 : lambda;
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

std::string closing_text(const SpectrumReport& report) {
  std::string out;
  if (!report.residuals.empty()) {
    out += fmt::format("Largest relative residual {:.1e}. Inertia confirms that no eigenvalue is missing",
                       std::ranges::max(report.residuals));
    out +=
        report.recovered > 0 ? fmt::format(" ({} found again after Lanczos had lost it).\n", report.recovered) : ".\n";
  }
  out += method(report.plan);
  if (report.cut > 0) {
    out += fmt::format("The last multiplet is cut: {} more of its eigenvalues follow (ask for -k {}).\n", report.cut,
                       report.first + static_cast<std::int64_t>(report.eigenvalues.size()) + report.cut);
  }
  return out + fmt::format("Resolved up to lambda = {:.5g} (* beyond).\n", report.resolution.resolved_up_to());
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
    const auto begin = report.residuals.begin() + (multiplet.first - report.first);
    const bool resolved = multiplet.mean <= report.resolution.resolved_up_to();
    out += fmt::format("{:>13} {:>14.{}g} {:>12} {:>10} {:>10.1e} {:>12.6g}{}\n", indices(multiplet),
                       shown(multiplet.mean, report), report.discretization.order > 1 ? 12 : 9, multiplet.size,
                       multiplet.size > 1 ? fmt::format("{:.1e}", multiplet.spread) : "",
                       *std::max_element(begin, begin + multiplet.size), weyl_prediction(report, multiplet),
                       resolved ? "" : " *");
  }
  return out + "\n" + closing_text(report);
}

std::string json(const SpectrumReport& report) {
  auto document = report::preamble("weyl-spectrum", report.space, report.discretization);
  document["eigenvalues"] = report.eigenvalues;
  document["residuals"] = report.residuals;
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
  document["method"] = {{"dense", report.plan.dense},     {"slices", report.plan.slices},
                        {"resumed", report.plan.resumed}, {"concurrent", report.plan.concurrent},
                        {"memory", report.plan.memory},   {"kernels", report.plan.kernels}};
  document["resolved_up_to"] = report.resolution.resolved_up_to();
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const SpectrumReport& report) {
  std::string out = "k,lambda,residual\n";
  for (std::size_t i = 0; i < report.eigenvalues.size(); ++i) {
    out += fmt::format("{},{},{}\n", report.first + static_cast<std::int64_t>(i), report.eigenvalues[i],
                       report.residuals[i]);
  }
  return out;
}

std::string html_page(const SpectrumReport& report, const std::string& command) {
  html::Chart chart{.title = "Counting function", .x_label = "λ", .y_label = "N(λ)", .curves = {}};
  html::Curve staircase{.name = "N(λ)", .points = {}};
  auto steps = static_cast<double>(report.first);
  for (const double value : report.eigenvalues) {
    staircase.points.emplace_back(value, steps);
    staircase.points.emplace_back(value, ++steps);
  }
  html::Curve law{.name = "Weyl", .points = {}, .dash = "6 4"};
  const Geometry space = geometry(report.space, report.discretization.boundary);
  const double top = report.eigenvalues.empty() ? 1 : report.eigenvalues.back();
  for (int i = 0; i <= 200; ++i) {
    law.points.emplace_back(top * i / 200, weyl_count_two_term(space, top * i / 200));
  }
  chart.curves = {law, staircase};

  std::vector<std::vector<std::string>> table{{"k", "λ", "multiplicity", "spread", "Weyl"}};
  for (const Multiplet& multiplet : multiplets(report)) {
    table.push_back({indices(multiplet), fmt::format("{:.9g}", shown(multiplet.mean, report)),
                     fmt::format("{}", multiplet.size), fmt::format("{:.1e}", multiplet.spread),
                     fmt::format("{:.6g}", weyl_prediction(report, multiplet))});
  }
  return html::page("Spectrum of " + report.space.name,
                    html::preformatted(text(report.space) + text(report.discretization)) + html::svg(chart) +
                        html::preformatted(closing_text(report)) + html::table(table),
                    command);
}

} // namespace weyl
