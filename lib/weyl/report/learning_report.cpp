// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/learning_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "weyl/core/version.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/label_tables.hpp"

namespace weyl {

namespace {

using html::Rows;
using report::Json;

std::string number(double x, const char* absent = "never") {
  return std::isfinite(x) ? fmt::format("{:.4g}", x) : absent;
}

std::string number(const std::optional<double>& x) { return x ? number(*x, "-") : "-"; }

/// "~" marks what is near interpolation.
Rows curve_rows(const LearningSide& side) {
  Rows rows{{"n", "ridge", "risk", "bias", "variance", "at least", "minimax", "at most", "proved"}};
  for (const CurvePoint& p : side.curve) {
    rows.push_back({fmt::format("{:.6g}", p.risk.samples), number(p.risk.ridge),
                    number(p.risk.excess()) + (p.risk.near_interpolation() ? "~" : " "), number(p.risk.bias),
                    number(p.risk.variance), number(p.lower_bound), number(p.minimax), number(p.upper_bound),
                    number(p.guaranteed_bound)});
  }
  return rows;
}

/// How many standard errors a measured risk may be off before it counts as other than the prediction.
constexpr double standard_errors = 2;
constexpr double close = 0.05; ///< relative, which counts as the prediction too

bool agrees(const CurvePoint& p) {
  const double difference = std::abs(p.risk.excess() - p.simulated->risk.value);
  return difference <= std::max(close * p.simulated->risk.value, standard_errors * p.simulated->risk.standard_error);
}

/// What was measured beside what was predicted; none without a simulation.
Rows simulation_rows(const LearningSide& side) {
  Rows rows{{"n", "predicted", "simulated", "+-", "predicted/simulated", "bias", "variance", "Spec-Avg", "+-"}};
  for (const CurvePoint& p : side.curve) {
    if (p.simulated) {
      rows.push_back({fmt::format("{:.6g}", p.risk.samples),
                      number(p.risk.excess()) + (p.risk.near_interpolation() ? "~" : " "),
                      number(p.simulated->risk.value), fmt::format("{:.1g}", p.simulated->risk.standard_error),
                      fmt::format("{:.3f}{}", p.risk.excess() / p.simulated->risk.value, agrees(p) ? " " : "!"),
                      number(p.simulated->bias.value), number(p.simulated->variance.value),
                      p.averaged ? number(p.averaged->risk.value) : "-",
                      p.averaged ? fmt::format("{:.1g}", p.averaged->risk.standard_error) : "-"});
    }
  }
  return rows;
}

Rows gain_rows(const LearningReport& report) {
  Rows rows{{"risk", "n on M", "n on M/G", "ratio"}};
  for (const Gain& gain : report.gains) {
    rows.push_back({number(gain.risk), number(gain.samples_manifold), number(gain.samples_quotient),
                    std::isfinite(gain.samples_quotient) ? number(gain.ratio()) : "-"});
  }
  return rows;
}

Rows subgroup_rows(const LearningReport& report) {
  const Risk& reached = report.manifold.curve.back().risk;
  Rows rows{{"H", "order", "vol M/H", fmt::format("risk at n = {:.6g}", reached.samples),
             "n for " + number(report.subgroup_risk), "saved"}};
  for (const SubgroupGain& gain : report.subgroups) {
    rows.push_back({gain.name, fmt::format("{}", gain.order), number(gain.quotient.volume), number(gain.risk),
                    number(gain.samples), std::isfinite(gain.samples) ? number(reached.samples / gain.samples) : "-"});
  }
  return rows;
}

std::string right_aligned(const Rows& rows) {
  std::vector<std::size_t> width(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], row[i].size());
    }
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += fmt::format("{:>{}}", row[i], width[i] + (i > 0 ? 1 : 2));
    }
    out += "\n";
  }
  return out;
}

std::string boundary_suffix(const Geometry& geometry) {
  return geometry.boundary_volume == 0 ? "" : fmt::format(", boundary {:.6g}", geometry.boundary_volume);
}

std::string side_text(const char* label, const LearningSide& side) {
  std::string out = fmt::format("{}: {}\n  dimension {}, {} {:.6g}{}; {:.6g} modes known, up to lambda = {:.6g}\n",
                                label, side.name, side.geometry.dimension, volume_noun(side.geometry.dimension),
                                side.geometry.volume, boundary_suffix(side.geometry), side.modes, side.complete_up_to);
  if (side.fit) {
    out += fmt::format("  by these modes alone: dimension {:.4g} in [{:.4g}, {:.4g}], {}-volume {:.4g} in [{:.4g}, "
                       "{:.4g}]\n",
                       side.fit->dimension.value, side.fit->dimension.low, side.fit->dimension.high,
                       side.fit->volume_dimension, side.fit->volume.value, side.fit->volume.low, side.fit->volume.high);
  }
  return out + fmt::format("  effective dimension {:.5g} +- {:.1g} at eta = {:.3g}\n", side.freedom.d_eff,
                           side.freedom.d_eff_error, side.eta);
}

std::string limit_text(const char* label, const LearningSide& side) {
  if (!side.limit || !side.minimax_limit) {
    return "";
  }
  return fmt::format("  {:<4} risk falls like n^-{:.4g}; at n = {:.6g}: at most {}, minimax {}, paper's form {}\n",
                     label, side.limit->exponent, side.curve.back().risk.samples, number(side.limit->risk),
                     number(*side.minimax_limit), number(side.paper));
}

std::string head_text(const LearningReport& report) {
  std::string out = report.name + "\n  exact spectrum\n";
  if (report.mesh) {
    out = text(*report.mesh) + text(report.discretization);
  } else if (report.points > 0) {
    out = fmt::format("{}\n  a sample of {} points\n", report.name, report.points);
  }
  out += "\n" + side_text("M", report.manifold) + (report.order == 1 ? "" : side_text("M/G", report.quotient));
  out += fmt::format("group {}{}, kernel {}, target {}, noise {:.4g}, {} ridge\n", report.group,
                     report.order ? fmt::format(" of order {}", *report.order) : " of positive dimension",
                     report.kernel, report.target, report.sigma, report.optimal_ridge ? "the best" : "a given");
  return out;
}

std::string violation_text(const LearningReport& report) {
  if (report.violation <= 0) {
    return "";
  }
  std::string out =
      fmt::format("! The target breaks the symmetry: {:.3g} % of its power is not invariant. The invariant "
                  "learner's risk never falls below {:.4g}",
                  100 * report.violation / (report.power + report.violation), report.violation);
  return out + (report.floor_reached && std::isfinite(*report.floor_reached)
                    ? fmt::format(", which the plain one reaches at n = {:.4g}.\n", *report.floor_reached)
                    : ".\n");
}

bool any_near_interpolation(const LearningReport& report) {
  for (const LearningSide* side : {&report.manifold, &report.quotient}) {
    if (std::ranges::any_of(side->curve, [](const CurvePoint& p) { return p.risk.near_interpolation(); })) {
      return true;
    }
  }
  return false;
}

/// What the columns are, and how much each says.
std::string legend(const LearningReport& report) {
  std::string out = "risk (heuristic: the self-consistent equation) is bias and variance, the noise not added.\n"
                    "at least (guarantee): for the target's powers, of every learner linear in the values.\n";
  if (report.quotient.source) {
    out += fmt::format("minimax (guarantee): for the worst function with sum f_k^2 mu_k^-{:.3g} <= {:.4g}; the target "
                       "may be\n  easier. at most (heuristic): of this learner, for the worst such function.\n",
                       report.quotient.source->theta, report.quotient.source->radius * report.quotient.source->radius);
  }
  if (report.quotient.curve.front().guaranteed_bound || report.manifold.curve.front().guaranteed_bound) {
    out += report.optimal_ridge ? "proved (guarantee): of this learner at a larger ridge, the best for this bound.\n"
                                : "proved (guarantee): of this learner at this ridge.\n";
  }
  if (any_near_interpolation(report)) {
    out += fmt::format(
        "~ near interpolation: the ridge makes up less than {:.0f} % of kappa, or samples that miss a part "
        "of\n  the space may add {:.0f} %; the bias may be larger and the variance smaller than predicted.\n",
        100 * Risk::least_ridge_share, 100 * Risk::most_missed);
  }
  return out;
}

std::string closing_text(const LearningReport& report) {
  std::string out = violation_text(report);
  for (const std::string& warning : report.warnings) {
    out += "! " + warning + "\n";
  }
  return out;
}

std::string expected_text(const LearningReport& report) {
  const Geometry& m = report.manifold.geometry;
  const Geometry& q = report.quotient.geometry;
  if (m.dimension == q.dimension) {
    return fmt::format("vol M / vol M/G = {:.6g}, to which the ratio tends as n grows{}\n", m.volume / q.volume,
                       m.boundary_volume == q.boundary_volume ? "" : ", the slower for the walls of M/G");
  }
  return fmt::format("the dimension falls from {} to {}, and the exponent of n changes\n", m.dimension, q.dimension);
}

/// One quantity of a curve, where it is known.
template <class Value>
Curve curve_of(const std::string& name, const LearningSide& side, int colour, Value value) {
  Curve curve{.name = name, .points = {}, .colour = colour};
  for (const CurvePoint& p : side.curve) {
    if (const std::optional<double> y = value(p); y && std::isfinite(*y)) {
      curve.points.emplace_back(p.risk.samples, *y);
    }
  }
  return curve;
}

void add_curves(Figure& figure, const std::string& name, const LearningSide& side, int colour) {
  const auto add = [&](const std::string& what, Line line, bool marks, const auto& value) {
    Curve curve = curve_of(name + ", " + what, side, colour, value);
    curve.line = line;
    curve.marks = marks;
    if (!curve.points.empty()) {
      figure.curves.push_back(std::move(curve));
    }
  };
  add("predicted", Line::solid, false, [](const CurvePoint& p) { return std::optional(p.risk.excess()); });
  add("at least", Line::dotted, false, [](const CurvePoint& p) { return std::optional(p.lower_bound); });
  add("at most", Line::dash_dotted, false, [](const CurvePoint& p) { return p.upper_bound; });
  add("proved", Line::dashed, false, [](const CurvePoint& p) { return p.guaranteed_bound; });
  if (std::ranges::any_of(side.curve, [](const CurvePoint& p) { return p.simulated.has_value(); })) {
    add("simulated", Line::none, true,
        [](const CurvePoint& p) { return p.simulated ? std::optional(p.simulated->risk.value) : std::nullopt; });
    for (const CurvePoint& p : side.curve) {
      if (p.simulated) {
        figure.curves.back().errors.push_back(p.simulated->risk.standard_error);
      }
    }
  }
}

void add_parts(Figure& figure, const std::string& name, const LearningSide& side, int colour) {
  figure.curves.push_back(
      curve_of(name + ", bias", side, colour, [](const CurvePoint& p) { return std::optional(p.risk.bias); }));
  figure.curves.push_back(
      curve_of(name + ", variance", side, colour, [](const CurvePoint& p) { return std::optional(p.risk.variance); }));
  figure.curves.back().line = Line::dashed;
}

/// Both tables, and how often the prediction holds.
std::string simulation_text(const LearningReport& report) {
  if (report.trials == 0) {
    return "";
  }
  std::string out =
      fmt::format("\nSimulated: means of {} regressions on drawn points, with their standard errors\n", report.trials);
  int all = 0;
  int near = 0;
  int agreeing = 0;
  for (const LearningSide* side : {&report.manifold, &report.quotient}) {
    if (side == &report.quotient && report.order == 1) {
      continue;
    }
    out += fmt::format("{}\n{}", side == &report.manifold ? "M" : "M/G", right_aligned(simulation_rows(*side)));
    for (const CurvePoint& p : side->curve) {
      ++all;
      near += p.risk.near_interpolation() ? 1 : 0;
      agreeing += agrees(p) ? 1 : 0;
    }
  }
  out += fmt::format("{} of {} predictions agree within {:.0f} % or {:.0f} standard errors; \"!\" marks the others",
                     agreeing, all, 100 * close, standard_errors);
  return out +
         (near > 0 ? fmt::format(". {} are near interpolation (~),\nwhere more is not promised.\n", near) : ".\n");
}

Json optional_number(const std::optional<double>& x) { return x && std::isfinite(*x) ? Json(*x) : Json(nullptr); }

Json estimate(const Estimate& e) { return {{"value", e.value}, {"low", e.low}, {"high", e.high}}; }

Json side_json(const LearningSide& side) {
  Json out{{"name", side.name},
           {"dimension", side.geometry.dimension},
           {"volume", side.geometry.volume},
           {"boundary_volume", side.geometry.boundary_volume},
           {"modes", side.modes},
           {"complete_up_to", side.complete_up_to},
           {"effective_dimension", side.freedom.d_eff},
           {"effective_dimension_error", side.freedom.d_eff_error},
           {"eta", side.eta}};
  out["fit"] = side.fit ? Json{{"dimension", estimate(side.fit->dimension)}, {"volume", estimate(side.fit->volume)}}
                        : Json(nullptr);
  out["exponent"] = side.limit ? Json(side.limit->exponent) : Json(nullptr);
  out["source"] = side.source ? Json{{"theta", side.source->theta}, {"radius", side.source->radius}} : Json(nullptr);
  out["asymptotic"] = {{"upper_bound", side.limit ? Json(side.limit->risk) : Json(nullptr)},
                       {"minimax", optional_number(side.minimax_limit)},
                       {"paper", optional_number(side.paper)}};
  out["curve"] = Json::array();
  for (const CurvePoint& p : side.curve) {
    Json point{{"n", p.risk.samples},
               {"ridge", p.risk.ridge},
               {"risk", p.risk.excess()},
               {"bias", p.risk.bias},
               {"variance", p.risk.variance},
               {"upper_bound", optional_number(p.upper_bound)},
               {"lower_bound", p.lower_bound},
               {"minimax", optional_number(p.minimax)},
               {"guaranteed_bound", optional_number(p.guaranteed_bound)},
               {"kappa", p.risk.kappa},
               {"ridge_share", p.risk.ridge_share},
               {"missed_risk", optional_number(p.risk.missed)},
               {"near_interpolation", p.risk.near_interpolation()},
               {"error", p.risk.error}};
    if (p.simulated) {
      point["simulated"] = p.simulated->risk.value;
      point["simulated_stderr"] = p.simulated->risk.standard_error;
      point["simulated_bias"] = p.simulated->bias.value;
      point["simulated_variance"] = p.simulated->variance.value;
    }
    if (p.averaged) {
      point["spectral_averaging"] = p.averaged->risk.value;
      point["spectral_averaging_stderr"] = p.averaged->risk.standard_error;
    }
    out["curve"].push_back(std::move(point));
  }
  return out;
}

} // namespace

std::string text(const LearningReport& report) {
  std::string out = head_text(report);
  const bool symmetric = report.order != 1;
  out += symmetric ? "\nLearning on M, the symmetry ignored\n" : "\n";
  out += right_aligned(curve_rows(report.manifold));
  if (symmetric) {
    out += "\nLearning on M/G, the symmetry built in\n" + right_aligned(curve_rows(report.quotient));
  }
  out += "\n" + legend(report) + simulation_text(report);
  if (symmetric) {
    out += "\nSamples for the same risk, each learner at its best ridge\n" + right_aligned(gain_rows(report)) +
           expected_text(report);
  }
  const std::string limits = limit_text("M", report.manifold) + (symmetric ? limit_text("M/G", report.quotient) : "");
  out += limits.empty() ? "" : "\nAs n grows (asymptotic):\n" + limits;
  if (!report.subgroups.empty()) {
    out += "\nWhat each subgroup H saves, one of each class of conjugates\n" + right_aligned(subgroup_rows(report));
  }
  if (report.invariance) {
    out += "\n" + text(*report.invariance) + "\n";
  }
  if (report.labels) {
    out += "\n" + text(*report.labels);
  }
  const std::string closing = closing_text(report);
  return out + (closing.empty() ? "" : "\n" + closing);
}

std::string json(const LearningReport& report) {
  Json document;
  if (report.mesh) {
    document = report::preamble("weyl-learn", *report.mesh, report.discretization);
  } else {
    document["tool"] = "weyl-learn";
    document["version"] = version();
    document["space"] = {{"name", report.name},
                         {"dimension", report.manifold.geometry.dimension},
                         {"volume", report.manifold.geometry.volume},
                         {"boundary_volume", report.manifold.geometry.boundary_volume},
                         {"euler_characteristic", nullptr},
                         {"vertices", report.points > 0 ? Json(report.points) : Json(nullptr)},
                         {"cells", nullptr},
                         {"components", 1}};
    document["discretization"] = nullptr;
    document["exact"] = report.points == 0;
  }
  document["group"] = {{"name", report.group}, {"order", report.order ? Json(*report.order) : Json(nullptr)}};
  document["kernel"] = report.kernel;
  document["target"] = {{"name", report.target}, {"power", report.power}, {"violation", report.violation}};
  document["noise"] = report.sigma;
  document["trials"] = report.trials;
  document["ridge"] = report.optimal_ridge ? "optimal" : "given";
  document["manifold"] = side_json(report.manifold);
  document["quotient"] = side_json(report.quotient);
  document["gain"] = Json::array();
  for (const Gain& gain : report.gains) {
    document["gain"].push_back(
        {{"risk", gain.risk},
         {"samples_manifold", optional_number(gain.samples_manifold)},
         {"samples_quotient", optional_number(gain.samples_quotient)},
         {"ratio", std::isfinite(gain.samples_quotient) ? optional_number(gain.ratio()) : Json(nullptr)}});
  }
  const Geometry& m = report.manifold.geometry;
  const Geometry& q = report.quotient.geometry;
  document["expected_gain"] = m.dimension == q.dimension ? Json(m.volume / q.volume) : Json(nullptr);
  document["floor_reached"] = optional_number(report.floor_reached);
  document["subgroup_risk"] = report.subgroup_risk;
  document["subgroups"] = Json::array();
  for (const SubgroupGain& gain : report.subgroups) {
    document["subgroups"].push_back({{"name", gain.name},
                                     {"order", gain.order},
                                     {"volume", gain.quotient.volume},
                                     {"risk", gain.risk},
                                     {"samples", optional_number(gain.samples)}});
  }
  document["claims"] = {{"risk", "heuristic"},    {"upper_bound", "heuristic"}, {"lower_bound", "guarantee"},
                        {"minimax", "guarantee"}, {"asymptotic", "asymptotic"}, {"guaranteed_bound", "guarantee"}};
  document["sample_invariance"] = report.invariance ? json_of(*report.invariance) : Json(nullptr);
  document["labels"] = report.labels ? json_of(*report.labels) : Json(nullptr);
  document["warnings"] = report.warnings;
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const LearningReport& report) {
  std::string out = "learner,n,ridge,risk,bias,variance,upper_bound,lower_bound,minimax,guaranteed_bound,simulated,"
                    "simulated_stderr,spectral_averaging,spectral_averaging_stderr\n";
  const auto cell = [](const std::optional<double>& x) { return x ? fmt::format("{}", *x) : std::string(); };
  const auto measured = [](const std::optional<SimulatedRisk>& r) {
    return r ? fmt::format("{},{}", r->risk.value, r->risk.standard_error) : std::string(",");
  };
  for (const auto& [name, side] : {std::pair{"manifold", &report.manifold}, std::pair{"quotient", &report.quotient}}) {
    for (const CurvePoint& p : side->curve) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", name, p.risk.samples, p.risk.ridge, p.risk.excess(),
                         p.risk.bias, p.risk.variance, cell(p.upper_bound), p.lower_bound, cell(p.minimax),
                         cell(p.guaranteed_bound), measured(p.simulated), measured(p.averaged));
    }
  }
  return out;
}

std::vector<Figure> figures(const LearningReport& report) {
  const bool symmetric = report.order != 1;
  Figure curves{.id = "curves",
                .title = "Learning curves",
                .caption =
                    "Excess risk against the number of samples. Solid lines are predicted; dotted lines "
                    "are bounds from below of every linear learner, dash-dotted ones from above for the worst "
                    "target of the class, dashed ones proved for this learner. Marks with error bars are means of "
                    "simulations and their standard errors.",
                .x = {"n, samples", true},
                .y = {"excess risk", true}};
  Figure parts{.id = "parts",
               .title = "Bias and variance",
               .caption = "The two parts of the predicted risk.",
               .x = {"n, samples", true},
               .y = {"part of the excess risk", true}};
  add_curves(curves, "M", report.manifold, 0);
  add_parts(parts, "M", report.manifold, 0);
  if (!symmetric) {
    return {std::move(curves), std::move(parts)};
  }
  add_curves(curves, "M/G", report.quotient, 1);
  add_parts(parts, "M/G", report.quotient, 1);

  Figure gain{.id = "gain",
              .title = "What symmetry saves",
              .caption =
                  "Samples that M needs over those that M/G needs for the same risk, each learner at its best ridge.",
              .x = {"n on M/G, samples", true},
              .y = {"n on M / n on M/G"}};
  Curve ratio{.name = "predicted", .points = {}, .marks = true};
  for (const Gain& g : report.gains) {
    if (std::isfinite(g.samples_manifold) && std::isfinite(g.samples_quotient)) {
      ratio.points.emplace_back(g.samples_quotient, g.ratio());
    }
  }
  std::ranges::sort(ratio.points);
  const Geometry& m = report.manifold.geometry;
  const Geometry& q = report.quotient.geometry;
  if (m.dimension == q.dimension && !ratio.points.empty()) {
    Curve limit{.name = "vol M / vol M/G", .points = {}, .line = Line::dotted};
    for (const auto& [n, r] : {ratio.points.front(), ratio.points.back()}) {
      limit.points.emplace_back(n, m.volume / q.volume);
    }
    gain.curves.push_back(std::move(limit));
  }
  gain.curves.insert(gain.curves.begin(), std::move(ratio));
  return {std::move(curves), std::move(parts), std::move(gain)};
}

std::string html_page(const LearningReport& report, const std::string& command) {
  html::Page page{.title = report.order == 1 ? "Learning on " + report.name
                                             : "What " + report.group + " saves on " + report.name,
                  .command = command,
                  .notes = {side_text("M", report.manifold)},
                  .figures = figures(report),
                  .tables = {{"Learning on M, the symmetry ignored", curve_rows(report.manifold)}}};
  if (report.mesh) {
    page.facts = html::facts(*report.mesh, report.discretization);
  }
  page.facts.insert(page.facts.end(),
                    {{"group", report.group + (report.order ? fmt::format(", of order {}", *report.order) : "")},
                     {"kernel", report.kernel},
                     {"target", report.target},
                     {"noise", number(report.sigma)},
                     {"ridge", report.optimal_ridge ? "the best" : "given"},
                     {"seconds", fmt::format("{:.3g}", report.seconds)}});
  if (report.order != 1) {
    page.notes.push_back(side_text("M/G", report.quotient));
    page.tables.push_back({"Learning on M/G, the symmetry built in", curve_rows(report.quotient)});
    page.tables.push_back({"Samples for the same risk, each learner at its best ridge", gain_rows(report)});
    page.notes.push_back(expected_text(report));
  }
  page.notes.push_back(closing_text(report));
  if (report.trials > 0) {
    page.tables.push_back({"Simulated on M", simulation_rows(report.manifold)});
    if (report.order != 1) {
      page.tables.push_back({"Simulated on M/G", simulation_rows(report.quotient)});
    }
  }
  if (!report.subgroups.empty()) {
    page.tables.push_back({"What each subgroup H saves, one of each class of conjugates", subgroup_rows(report)});
  }
  std::string columns = legend(report);
  for (std::size_t at = 0; (at = columns.find("\n  ", at)) != std::string::npos;) { // a page breaks lines itself
    columns.replace(at, 3, " ");
  }
  page.remarks = {"The columns: " + columns};
  return html::page(page);
}

} // namespace weyl
