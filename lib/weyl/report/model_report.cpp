// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/model_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include <fmt/format.h>

#include "weyl/core/version.hpp"
#include "weyl/report/asymptotics_report.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/spectrum_figures.hpp"

namespace weyl {

namespace {

using report::Json;

/// A JSON number where every reader holds it exactly, else its digits as a string.
Json whole(const BigInt& n) {
  static const BigInt largest = BigInt(1) << 53U;
  return n <= largest ? Json(n.convert_to<std::int64_t>()) : Json(n.str());
}

/// Infinity, which JSON has not, becomes null.
double number(long double x) { return static_cast<double>(x); }

/// In the range of long double, which {fmt} prints wrongly beyond that of double.
std::string digits(long double x, int precision) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*Lg", precision, x);
  return buffer.data();
}

std::string short_text(long double x) { return digits(x, 6); }
std::string size_text(long double x) { return digits(x, 10); }

std::string lambda_text(const Value& lambda) {
  std::string exact = to_string(lambda);
  return exact.size() <= 12 ? exact : fmt::format("{:.9g}", lambda.approximate());
}

bool exact(const ModelSpace& space) { return std::isinf(space.known_up_to); }

/// `null` where everything is known.
Json resolved(const ModelSpace& space) { return exact(space) ? Json(nullptr) : Json(space.known_up_to); }

std::string certainty(const ModelSpace& space) {
  return exact(space) ? "N is exact.\n" : "N counts sums of computed eigenvalues, with their errors.\n";
}

std::string space_text(const ModelSpace& space) {
  static constexpr const char* nouns[] = {"", "length", "area"};
  const std::string noun = space.dimension < 3 ? nouns[space.dimension] : "volume";
  std::string out =
      fmt::format("{}\n  dimension {}, {} {}", space.name, space.dimension, noun, size_text(space.volume));
  if (space.boundary_volume > 0) {
    out += space.dimension == 1 ? ", " + size_text(space.boundary_volume) + " end points"
                                : ", boundary " + size_text(space.boundary_volume);
  }
  return out + (exact(space) ? "\n  exact spectrum\n"
                             : fmt::format("\n  made of computed eigenvalues; known up to lambda = {:.6g}\n",
                                           space.known_up_to));
}

Json preamble(const std::string& tool, const ModelSpace& space) {
  Json document;
  document["tool"] = tool;
  document["version"] = version();
  document["space"] = {{"name", space.name},
                       {"dimension", space.dimension},
                       {"volume", number(space.volume)},
                       {"boundary_volume", number(space.boundary_volume)},
                       {"euler_characteristic", nullptr},
                       {"vertices", nullptr},
                       {"cells", nullptr},
                       {"components", 1}};
  document["discretization"] = nullptr;
  document["exact"] = exact(space);
  return document;
}

long double law(const ModelSpace& space, const Value& lambda) {
  return weyl_count_two_term(space, lambda.approximate());
}

std::string ratio(const ModelSpace& space, const ExactCount& count) {
  const long double expected = law(space, count.lambda);
  if (!(expected > 0)) {
    return "-";
  }
  const long double quotient = count.count.convert_to<long double>() / expected;
  return quotient < 1e4L ? fmt::format("{:.4f}", number(quotient)) : short_text(quotient);
}

Curve law_curve(const ModelSpace& space, double top) {
  return sampled(
      "Weyl", [&](double lambda) { return number(weyl_count_two_term(space, lambda)); }, 0, top);
}

html::Facts facts(const ModelSpace& space) {
  html::Facts result{{"dimension", fmt::format("{}", space.dimension)}, {"volume", size_text(space.volume)}};
  if (space.boundary_volume > 0) {
    result.emplace_back("boundary", size_text(space.boundary_volume));
  }
  result.emplace_back("spectrum", "exact");
  return result;
}

std::string estimate_text(const std::string& label, const Estimate& estimate, long double truth) {
  const bool inside = estimate.low <= truth && truth <= estimate.high;
  return fmt::format("  {:<10} {:>10.5g}   95 % in [{:.5g}, {:.5g}]   true {:.6g}{}\n", label, estimate.value,
                     estimate.low, estimate.high, number(truth), inside ? "" : "  (outside)");
}

std::string fit_text(const ModelCountReport& report) {
  if (!report.fit) {
    return "";
  }
  const WeylFit& fit = *report.fit;
  return fmt::format("Estimated from these counts alone ({} values):\n", fit.used) +
         estimate_text("dimension", fit.dimension, report.space.dimension) +
         estimate_text(fmt::format("{}-volume", fit.volume_dimension), fit.volume, report.space.volume);
}

} // namespace

std::string text(const ModelCountReport& report) {
  const ModelSpace& space = report.space;
  std::size_t width = 9;
  for (const ExactCount& count : report.counts) {
    width = std::max(width, count.count.str().size());
  }
  const bool boundary = space.walls != 0;
  std::string out = space_text(space) + "\n";
  out += fmt::format("{:>12} {:>{}} {:>12} {:>12} {:>9}\n", "lambda", "N", width, "Weyl 1 term",
                     boundary ? "2 terms" : "", boundary ? "N/2 terms" : "N/Weyl");
  bool coincident = false;
  for (const ExactCount& count : report.counts) {
    const bool at = count.below != count.count;
    out += fmt::format("{:>12} {:>{}} {:>12} {:>12} {:>9}{}\n", lambda_text(count.lambda), count.count.str(), width,
                       short_text(weyl_count(space, count.lambda.approximate())),
                       boundary ? short_text(law(space, count.lambda)) : "", ratio(space, count), at ? " =" : "");
    coincident |= at;
  }
  out += coincident ? "= lambda is an eigenvalue; N counts it\n" : "";
  return out + "\n" + certainty(space) + fit_text(report);
}

std::string json(const ModelCountReport& report) {
  Json document = preamble("weyl-count", report.space);
  document["counts"] = Json::array();
  for (const ExactCount& count : report.counts) {
    document["counts"].push_back({{"lambda", count.lambda.approximate()},
                                  {"count", whole(count.count)},
                                  {"weyl", number(weyl_count(report.space, count.lambda.approximate()))},
                                  {"weyl_two_term", number(law(report.space, count.lambda))},
                                  {"below", whole(count.below)},
                                  {"at_eigenvalue", count.below != count.count},
                                  {"resolved", true}});
  }
  document["resolved_up_to"] = resolved(report.space);
  const auto estimate = [](const Estimate& e) -> Json {
    return {{"value", e.value}, {"low", e.low}, {"high", e.high}};
  };
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const WeylFit fit = report.fit.value_or(WeylFit{{unknown, unknown, unknown}, {unknown, unknown, unknown}});
  document["fit"] = {{"dimension", estimate(fit.dimension)}, {"volume", estimate(fit.volume)}};
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const ModelCountReport& report) {
  std::string out = "lambda,count,weyl,weyl_two_term,resolved,at_eigenvalue\n";
  for (const ExactCount& count : report.counts) {
    out += fmt::format("{},{},{},{},1,{:d}\n", to_string(count.lambda), count.count.str(),
                       number(weyl_count(report.space, count.lambda.approximate())),
                       number(law(report.space, count.lambda)), count.below != count.count);
  }
  return out;
}

std::vector<Figure> figures(const ModelCountReport& report) {
  const ModelSpace& space = report.space;
  Curve counts{.name = "N(λ)", .points = {}, .line = Line::none, .marks = true};
  Curve rest{.name = "N(λ) − Weyl", .points = {}, .marks = true};
  double top = 0;
  for (const ExactCount& count : report.counts) {
    const double lambda = count.lambda.approximate();
    top = std::max(top, lambda);
    counts.points.emplace_back(lambda, count.count.convert_to<double>());
    rest.points.emplace_back(lambda, number(count.count.convert_to<long double>() - law(space, count.lambda)));
  }
  std::ranges::sort(counts.points);
  std::ranges::sort(rest.points);
  return {{.id = "counting",
           .title = "Counting function",
           .caption = "N(λ) = #{k : λₖ ≤ λ}, exact, on Weyl's law.",
           .x = {"λ in 1/length²"},
           .y = {"N(λ)"},
           .curves = {std::move(counts), law_curve(space, top)}},
          {.id = "remainder",
           .title = "Remainder",
           .caption = "What Weyl's law leaves of N.",
           .x = {"λ in 1/length²"},
           .y = {"N(λ) − Weyl"},
           .curves = {std::move(rest)}}};
}

std::string html_page(const ModelCountReport& report, const std::string& command) {
  html::Table table{"Counts", {{"λ", "N(λ)", "Weyl, one term", "Weyl, two terms", "ratio"}}};
  for (const ExactCount& count : report.counts) {
    table.rows.push_back({lambda_text(count.lambda), count.count.str(),
                          short_text(weyl_count(report.space, count.lambda.approximate())),
                          short_text(law(report.space, count.lambda)), ratio(report.space, count)});
  }
  return html::page({.title = "Modes of " + report.space.name,
                     .command = command,
                     .facts = facts(report.space),
                     .notes = {certainty(report.space) + fit_text(report)},
                     .figures = figures(report),
                     .tables = {std::move(table)}});
}

namespace {

/// A level with the number of its first eigenvalue.
struct LevelRow {
  BigInt first;
  BigInt multiplicity; ///< as far as it is wanted
  Value value;
  long double weyl; ///< where Weyl's law is half-way up the step
};

std::vector<LevelRow> rows(const ModelSpectrumReport& report) {
  std::vector<LevelRow> result;
  BigInt k = report.first;
  const BigInt end = report.first + report.count;
  for (const Level& level : report.levels) {
    const BigInt wanted = std::min(level.multiplicity, BigInt(end - k));
    const long double middle = k.convert_to<long double>() + level.multiplicity.convert_to<long double>() / 2;
    result.push_back({k, wanted, level.value, weyl_lambda_two_term(report.space, middle)});
    k += level.multiplicity;
  }
  return result;
}

std::string cut_text(const ModelSpectrumReport& report) {
  const BigInt missing = cut(report);
  return missing == 0 ? ""
                      : fmt::format("The last multiplet is cut: {} more of its eigenvalues follow.\n", missing.str());
}

std::string analysis_text(const ModelSpectrumReport& report) {
  return report.analysis ? "\n" + text(*report.analysis) : "";
}

std::string indices(const LevelRow& row) {
  return row.multiplicity == 1 ? row.first.str()
                               : fmt::format("{}-{}", row.first.str(), BigInt(row.first + row.multiplicity - 1).str());
}

} // namespace

BigInt cut(const ModelSpectrumReport& report) {
  BigInt all = 0;
  for (const Level& level : report.levels) {
    all += level.multiplicity;
  }
  return all - report.count;
}

std::string text(const ModelSpectrumReport& report) {
  std::string out = space_text(report.space) + "\n";
  out += fmt::format("{:>15} {:>20} {:>12} {:>12}\n", "k", "lambda", "multiplicity", "Weyl");
  for (const LevelRow& row : rows(report)) {
    out += fmt::format("{:>15} {:>20} {:>12} {:>12}\n", indices(row), to_string(row.value), row.multiplicity.str(),
                       short_text(row.weyl));
  }
  return out + "\n" + cut_text(report) +
         (exact(report.space) ? "The eigenvalues are exact to the digits shown; none is missing.\n"
                              : "Sums of computed eigenvalues, with their errors; none is missing.\n") +
         analysis_text(report);
}

std::string json(const ModelSpectrumReport& report) {
  Json document = preamble("weyl-spectrum", report.space);
  const std::vector<LevelRow> all = rows(report);
  std::vector<double> eigenvalues;
  for (const LevelRow& row : all) {
    eigenvalues.insert(eigenvalues.end(), row.multiplicity.convert_to<std::size_t>(), row.value.approximate());
  }
  document["eigenvalues"] = eigenvalues;
  document["residuals"] = nullptr;
  document["first"] = whole(report.first);
  document["multiplets"] = Json::array();
  for (const LevelRow& row : all) {
    document["multiplets"].push_back({{"first", whole(row.first)},
                                      {"multiplicity", whole(row.multiplicity)},
                                      {"mean", row.value.approximate()},
                                      {"spread", 0.0},
                                      {"weyl", number(row.weyl)}});
  }
  document["last_multiplet"] = {{"complete", cut(report) == 0}, {"cut", whole(cut(report))}};
  if (report.analysis) {
    document["asymptotics"] = report::asymptotics(*report.analysis);
  }
  document["resolved_up_to"] = resolved(report.space);
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const ModelSpectrumReport& report) {
  std::string out = "k,lambda,multiplicity\n";
  for (const LevelRow& row : rows(report)) {
    for (BigInt k = 0; k < row.multiplicity; ++k) {
      out += fmt::format("{},{},{}\n", BigInt(row.first + k).str(), row.value.approximate(), row.multiplicity.str());
    }
  }
  return out;
}

std::vector<Figure> figures(const ModelSpectrumReport& report) {
  constexpr std::int64_t most = 100000; // beyond, a spacing or a heat trace says nothing new
  if (report.first == 0 && report.count <= most) {
    Spectrum spectrum;
    spectrum.geometry = geometry(report.space);
    for (const LevelRow& row : rows(report)) {
      spectrum.eigenvalues.insert(spectrum.eigenvalues.end(), row.multiplicity.convert_to<std::size_t>(),
                                  row.value.approximate());
    }
    return figures({.spectrum = spectrum, .law = heat_expansion(spectrum.geometry)});
  }
  Curve steps{.name = "N(λ)", .points = {}, .steps = true};
  for (const LevelRow& row : rows(report)) {
    steps.points.emplace_back(row.value.approximate(), BigInt(row.first + row.multiplicity).convert_to<double>());
  }
  const double top = report.levels.empty() ? 1 : report.levels.back().value.approximate();
  return {{.id = "counting",
           .title = "Counting function",
           .caption = "N(λ) = #{k : λₖ ≤ λ}, exact, on Weyl's law.",
           .x = {"λ in 1/length²"},
           .y = {"N(λ)"},
           .curves = {thinned(std::move(steps)), law_curve(report.space, top)}}};
}

std::string html_page(const ModelSpectrumReport& report, const std::string& command) {
  html::Table table{"Eigenvalues, equal ones together", {{"k", "λ", "multiplicity", "Weyl"}}};
  for (const LevelRow& row : rows(report)) {
    table.rows.push_back({indices(row), to_string(row.value), row.multiplicity.str(), short_text(row.weyl)});
  }
  return html::page({.title = "Spectrum of " + report.space.name,
                     .command = command,
                     .facts = facts(report.space),
                     .notes = {cut_text(report) + analysis_text(report)},
                     .figures = figures(report),
                     .tables = {std::move(table)}});
}

} // namespace weyl
