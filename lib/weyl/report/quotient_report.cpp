// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/quotient_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/spectrum_figures.hpp"

namespace weyl {

namespace {

constexpr double agreement = 1e-7; ///< relative distance of eigenvalues that count as equal
constexpr std::size_t enough_to_compare = 10;
constexpr std::size_t most_eigenspaces = 40; ///< in a table

std::string name(RepresentationType type) {
  return type == RepresentationType::real ? "real" : type == RepresentationType::complex ? "complex" : "quaternionic";
}

std::string boundary_text(const Geometry& geometry) {
  return geometry.boundary_volume == 0 ? "no boundary" : fmt::format("boundary {:.6g}", geometry.boundary_volume);
}

using html::Rows;

Rows irrep_rows(const QuotientReport& report) {
  Rows rows{{"irreducible", "dim", "type", "unknowns", "found", "smallest eigenvalues"}};
  for (const IrrepSpectrum& rho : report.irreps) {
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, rho.eigenvalues.size()); ++i) {
      first.push_back(fmt::format("{:.6g}", shown(rho.eigenvalues[i], report.space)));
    }
    rows.push_back({rho.name, fmt::format("{}", rho.dimension), name(rho.type), fmt::format("{}", rho.dofs),
                    fmt::format("{}", rho.eigenvalues.size()), fmt::format("{}", fmt::join(first, " "))});
  }
  return rows;
}

Rows ratio_rows(const QuotientReport& report) {
  Rows rows{{"lambda", "N_M", "N_M/G", "ratio", "two-term law", "|G|"}};
  for (const CountRatio& r : report.ratios) {
    rows.push_back({fmt::format("{:.6g}", r.lambda), fmt::format("{}", r.manifold), fmt::format("{}", r.quotient),
                    fmt::format("{:.3f}", static_cast<double>(r.manifold) /
                                              static_cast<double>(std::max<std::int64_t>(1, r.quotient))),
                    fmt::format("{:.3f}", r.expected),
                    report.quotient.order == 0 ? "infinite" : fmt::format("{}", report.quotient.order)});
  }
  return rows;
}

Rows eigenspace_rows(const QuotientReport& report) {
  Rows rows{{"lambda", "multiplicity", "invariants", "made of"}};
  for (const Eigenspace& e : eigenspaces(report)) {
    if (rows.size() > most_eigenspaces) {
      break;
    }
    rows.push_back({fmt::format("{:.9g}", shown(e.lambda, report.space)), fmt::format("{}", e.multiplicity),
                    fmt::format("{}", e.invariants), e.content});
  }
  return rows;
}

/// Spectra of M/G and of the other quotients side by side.
Rows side_by_side(const QuotientReport& report) {
  Rows rows{{"k", "M", "M/" + report.quotient.name}};
  std::vector<const std::vector<double>*> columns{&report.eigenvalues, &report.quotient.eigenvalues};
  for (const QuotientSpectrum& other : report.against) {
    rows[0].push_back("M/" + other.name);
    columns.push_back(&other.eigenvalues);
  }
  for (std::size_t k = 0; k < 20; ++k) {
    std::vector<std::string> row{fmt::format("{}", k)};
    for (const auto* values : columns) {
      row.push_back(k < values->size() ? fmt::format("{:.9g}", shown((*values)[k], report.space)) : "");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Rows subgroup_rows(const QuotientReport& report) {
  Rows rows{{"auto:K", "name", "order", "conjugates"}};
  for (std::size_t i = 0; i < report.subgroups.size(); ++i) {
    const SubgroupClass& c = report.subgroups[i];
    rows.push_back(
        {fmt::format("{}", i + 1), c.name, fmt::format("{}", c.members.size()), fmt::format("{}", c.conjugates)});
  }
  return rows;
}

/// Columns to the right, as wide as their widest entry; the last one to the left.
std::string aligned(const Rows& rows) {
  std::vector<std::size_t> width;
  for (const auto& row : rows) {
    width.resize(std::max(width.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], row[i].size());
    }
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += i + 1 == row.size() ? "  " + row[i] : fmt::format("  {:>{}}", row[i], width[i]);
    }
    out += "\n";
  }
  return out + "\n";
}

std::string group_text(const QuotientReport& report) {
  const QuotientSpectrum& q = report.quotient;
  if (q.order == 0) {
    return fmt::format("Group {}: M/G is a curve of length {:.6g}, weighted by the volume of the orbits. N grows like\n"
                       "lambda^{} on M and like lambda^0.5 on M/G.\n",
                       q.name, q.geometry.volume, report.space.dimension / 2.0);
  }
  std::string out = fmt::format("Group {} of order {}, {} of conjugate elements", q.name, q.order,
                                q.classes == 1 ? "1 class" : fmt::format("{} classes", q.classes));
  out += q.generators.empty() ? ".\n" : fmt::format(", generated by {}.\n", fmt::join(q.generators, ", "));
  return out + fmt::format("M/G: {} {:.6g}, {} (mirrors bound it, with Neumann's condition for invariant functions).\n",
                           volume_noun(q.geometry.dimension), q.geometry.volume, boundary_text(q.geometry));
}

/// M, how it is discretized, and G.
std::string head_text(const QuotientReport& report) {
  const SpaceDescription& space = report.space;
  const std::string name = space.vertices > 0
                               ? text(space)
                               : fmt::format("{}\n  {} {:.10g}, boundary {:.10g}\n", space.name,
                                             volume_noun(space.dimension), space.volume, space.boundary_volume);
  return name + text(report.discretization) + group_text(report);
}

std::string pair_text(const QuotientReport& report) {
  std::string out;
  for (const IsospectralPair& pair : isospectral_pairs(report)) {
    const auto label = [&](std::size_t i) {
      return "M/" + (i == 0 ? report.quotient.name : fmt::format("{} (no. {})", report.against[i - 1].name, i));
    };
    out += fmt::format("Isospectral as far as computed: {} and {}: {} eigenvalues agree to {:.1e}.\n",
                       label(pair.first), label(pair.second), pair.compared, pair.difference);
  }
  return out;
}

std::string closing_text(const QuotientReport& report) {
  return fmt::format("All {} eigenvalues up to {:.6g} are listed; inertia confirms each block.\n",
                     report.eigenvalues.size(), report.up_to) +
         fmt::format("Resolved up to lambda = {:.5g}.\n", report.resolved_up_to);
}

/// The part of the volume, and so of all eigenvalues, that a representation has: d_χ²/|G|, with d = d_χ, 2 d_χ and
/// 2 d_χ for real, complex (χ with its conjugate) and quaternionic type.
double share(const IrrepSpectrum& rho, const QuotientReport& report) {
  return static_cast<double>(rho.dimension) * rho.dimension / (static_cast<int>(rho.type) * report.quotient.order);
}

} // namespace

std::vector<Eigenspace> eigenspaces(const QuotientReport& report) {
  std::vector<std::pair<double, std::size_t>> all;
  for (std::size_t r = 0; r < report.irreps.size(); ++r) {
    for (const double lambda : report.irreps[r].eigenvalues) {
      all.emplace_back(lambda, r);
    }
  }
  std::ranges::sort(all);
  std::vector<Eigenspace> result;
  for (std::size_t begin = 0; begin < all.size();) {
    std::map<std::size_t, int> content;
    Eigenspace space;
    std::size_t end = begin;
    while (end < all.size() && (end == begin || all[end].first - all[end - 1].first <= agreement * all[end].first)) {
      const int d = report.irreps[all[end].second].dimension;
      ++content[all[end].second];
      space.multiplicity += d;
      space.lambda += d * all[end].first;
      space.invariants += all[end].second == 0;
      ++end;
    }
    space.lambda /= static_cast<double>(space.multiplicity);
    for (const auto& [r, times] : content) {
      space.content +=
          (space.content.empty() ? "" : " + ") + (times > 1 ? fmt::format("{} ", times) : "") + report.irreps[r].name;
    }
    result.push_back(std::move(space));
    begin = end;
  }
  return result;
}

std::vector<IsospectralPair> isospectral_pairs(const QuotientReport& report) {
  std::vector<const std::vector<double>*> spectra{&report.quotient.eigenvalues};
  for (const QuotientSpectrum& other : report.against) {
    spectra.push_back(&other.eigenvalues);
  }
  std::vector<IsospectralPair> pairs;
  for (std::size_t i = 0; i < spectra.size(); ++i) {
    for (std::size_t j = i + 1; j < spectra.size(); ++j) {
      if (spectra[i]->size() != spectra[j]->size() || spectra[i]->size() < enough_to_compare) {
        continue;
      }
      IsospectralPair pair{.first = i, .second = j, .compared = spectra[i]->size()};
      const double floor = 1e-3 * spectra[i]->back(); // zero modes are rounding
      for (std::size_t k = 0; k < pair.compared; ++k) {
        const double a = (*spectra[i])[k];
        const double b = (*spectra[j])[k];
        pair.difference = std::max(pair.difference, std::abs(a - b) / std::max({std::abs(a), std::abs(b), floor}));
      }
      if (pair.difference <= agreement) {
        pairs.push_back(pair);
      }
    }
  }
  return pairs;
}

std::string text(const QuotientReport& report) {
  std::string out = head_text(report) + "\n";
  if (!report.subgroups.empty()) {
    out += aligned(subgroup_rows(report));
  }
  out += aligned(irrep_rows(report)) + aligned(ratio_rows(report)) + aligned(eigenspace_rows(report));
  if (!report.against.empty()) {
    out += aligned(side_by_side(report)) + pair_text(report);
  }
  return out + closing_text(report);
}

std::string json(const QuotientReport& report) {
  const auto of_quotient = [](const QuotientSpectrum& q) {
    return report::Json{{"eigenvalues", q.eigenvalues},
                        {"volume", q.geometry.volume},
                        {"boundary_volume", q.geometry.boundary_volume},
                        {"dimension", q.geometry.dimension}};
  };
  const auto order = [](const QuotientSpectrum& q) { return q.order == 0 ? report::Json() : report::Json(q.order); };
  const auto of_group = [&](const QuotientSpectrum& q) {
    return report::Json{{"name", q.name}, {"order", order(q)}, {"generators", q.generators}, {"classes", q.classes}};
  };
  auto document = report::preamble("weyl-quotient", report.space, report.discretization);
  if (report.space.vertices == 0) { // a space by name, never meshed
    for (const char* key : {"euler_characteristic", "vertices", "cells", "components"}) {
      document["space"][key] = nullptr;
    }
  }
  document["group"] = of_group(report.quotient);
  document["manifold"] = {{"eigenvalues", report.eigenvalues},
                          {"volume", report.space.volume},
                          {"boundary_volume", report.space.boundary_volume},
                          {"dimension", report.space.dimension}};
  document["quotient"] = of_quotient(report.quotient);
  document["irreps"] = report::Json::array();
  for (const IrrepSpectrum& rho : report.irreps) {
    document["irreps"].push_back({{"name", rho.name},
                                  {"dimension", rho.dimension},
                                  {"type", name(rho.type)},
                                  {"dofs", rho.dofs},
                                  {"eigenvalues", rho.eigenvalues}});
  }
  document["count_ratio"] = report::Json::array();
  for (const CountRatio& r : report.ratios) {
    document["count_ratio"].push_back(
        {{"lambda", r.lambda},
         {"manifold", r.manifold},
         {"quotient", r.quotient},
         {"ratio", r.quotient > 0 ? report::Json(static_cast<double>(r.manifold) / static_cast<double>(r.quotient))
                                  : report::Json()},
         {"two_term", r.expected}});
  }
  document["expected_ratio"] = order(report.quotient);
  document["eigenspaces"] = report::Json::array();
  for (const Eigenspace& e : eigenspaces(report)) {
    document["eigenspaces"].push_back(
        {{"lambda", e.lambda}, {"multiplicity", e.multiplicity}, {"invariants", e.invariants}, {"content", e.content}});
  }
  document["against"] = report::Json::array();
  for (const QuotientSpectrum& other : report.against) {
    document["against"].push_back({{"group", of_group(other)}, {"quotient", of_quotient(other)}});
  }
  document["isospectral"] = report::Json::array();
  for (const IsospectralPair& pair : isospectral_pairs(report)) {
    document["isospectral"].push_back(
        {{"first", pair.first}, {"second", pair.second}, {"compared", pair.compared}, {"difference", pair.difference}});
  }
  document["subgroups"] = report::Json::array();
  for (const SubgroupClass& c : report.subgroups) {
    document["subgroups"].push_back({{"name", c.name}, {"order", c.members.size()}, {"conjugates", c.conjugates}});
  }
  document["up_to"] = report.up_to;
  document["resolved_up_to"] = report.resolved_up_to;
  document["seconds"] = report.seconds;
  return report::print(document);
}

std::string csv(const QuotientReport& report) {
  std::string out = "irrep,dimension,lambda\n";
  for (const IrrepSpectrum& rho : report.irreps) {
    for (const double lambda : rho.eigenvalues) {
      out += fmt::format("{},{},{}\n", rho.name, rho.dimension, lambda);
    }
  }
  return out;
}

std::vector<Figure> figures(const QuotientReport& report) {
  const bool finite = report.quotient.order > 0;
  const double order = finite ? report.quotient.order : 1;
  const double top = report.up_to;
  const Geometry manifold = geometry(report.space, report.discretization.boundary);
  Curve of_manifold = staircase(finite ? "N of M, over |G|" : "N of M", report.eigenvalues);
  for (auto& [lambda, n] : of_manifold.points) {
    n /= order;
  }
  Figure counting{
      .id = "counting",
      .title = "Manifold and quotient",
      .caption =
          finite ? "N of the space over |G| beside N of the quotient, whose mirrors are a boundary: the second term."
                 : "N of the space and of its quotient, which is a curve: another exponent.",
      .x = {"λ in 1/length²"},
      .y = {"N(λ)"},
      .curves = {thinned(std::move(of_manifold)), thinned(staircase("N of M/G", report.quotient.eigenvalues))}};
  std::ranges::move(law_curves(heat_expansion(report.quotient.geometry), top), std::back_inserter(counting.curves));

  Figure irreps{.id = "irreps",
                .title = "Irreducible by irreducible",
                .caption = "N of each isotypic part over its share of the space's volume: all parts follow one law in "
                           "the end, and come apart by their second terms. Click a name to hide its curve.",
                .x = {"λ in 1/length²"},
                .y = {"N(λ) / share"},
                .curves = {thinned(staircase("M", report.eigenvalues))}};
  if (!finite) {
    return {std::move(counting)};
  }
  static constexpr std::array lines{Line::solid, Line::dashed, Line::dotted, Line::dash_dotted};
  for (std::size_t r = 0; r < report.irreps.size(); ++r) {
    const IrrepSpectrum& rho = report.irreps[r];
    Curve curve = staircase(rho.name, rho.eigenvalues);
    for (auto& [lambda, n] : curve.points) {
      n *= rho.dimension / share(rho, report);
    }
    const std::size_t i = irreps.curves.size();
    curve.line = lines[(i + i / 8) % lines.size()]; // with 8 colours 32 that differ
    irreps.curves.push_back(thinned(std::move(curve)));
  }
  irreps.curves.push_back(sampled(
      "Weyl, one term", [&](double lambda) { return weyl_count(manifold, lambda); }, 0, top, false, Line::solid));

  Figure ratio{.id = "ratio",
               .title = "How many times fewer modes",
               .caption = "N of the space over N of the quotient, by inertia. It tends to |G| as the mirrors cease to "
                          "count.",
               .x = {"λ in 1/length²"},
               .y = {"N of M / N of M/G"}};
  Curve counted{.name = "counted", .points = {}, .line = Line::none, .marks = true};
  Curve expected{.name = "ratio of the two-term laws", .points = {}, .line = Line::dashed};
  Curve limit{.name = "|G|", .points = {}, .line = Line::dotted};
  for (const CountRatio& r : report.ratios) {
    if (r.quotient > 0) {
      counted.points.emplace_back(r.lambda, static_cast<double>(r.manifold) / static_cast<double>(r.quotient));
    }
    expected.points.emplace_back(r.lambda, r.expected);
    limit.points.emplace_back(r.lambda, order);
  }
  ratio.curves = {std::move(counted), std::move(expected), std::move(limit)};
  if (report.resolved_up_to < top) {
    for (Figure* figure : {&counting, &irreps}) {
      figure->limit = report.resolved_up_to;
      figure->limit_label = "resolved";
    }
  }
  return {std::move(counting), std::move(irreps), std::move(ratio)};
}

std::string html_page(const QuotientReport& report, const std::string& command) {
  html::Page page{
      .title = report.space.name + " and its quotient by " + report.quotient.name,
      .command = command,
      .facts = report.space.vertices > 0 // else by name, never meshed
                   ? html::facts(report.space, report.discretization)
                   : html::Facts{{volume_noun(report.space.dimension), fmt::format("{:.7g}", report.space.volume)}},
      .notes = {group_text(report), closing_text(report)},
      .view = report.view,
      .figures = figures(report),
      .tables = {{"N of the space M and of the quotient M/G", ratio_rows(report)},
                 {"Irreducible representations", irrep_rows(report)},
                 {"Eigenspaces, and what they are made of", eigenspace_rows(report)}}};
  page.tables[0].rows[0][0] = page.tables[2].rows[0][0] = "λ";
  page.facts.emplace_back("group", report.quotient.order == 0
                                       ? report.quotient.name
                                       : fmt::format("{}, of order {}", report.quotient.name, report.quotient.order));
  page.facts.emplace_back("seconds", fmt::format("{:.3g}", report.seconds));
  if (!report.subgroups.empty()) {
    page.tables.push_back({"Subgroups, up to conjugation", subgroup_rows(report)});
  }
  if (!report.against.empty()) {
    page.tables.push_back({"Spectra side by side", side_by_side(report)});
    page.notes.push_back(pair_text(report));
  }
  return html::page(page);
}

} // namespace weyl
