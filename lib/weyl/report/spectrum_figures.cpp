// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/spectrum_figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include "weyl/asymptotics/level_spacing.hpp"
#include "weyl/asymptotics/means.hpp"

namespace weyl {

namespace {

constexpr std::size_t enough_spacings = 20;

bool has_law(const HeatExpansion& law) { return !law.coefficients.empty() && law.coefficients[0] > 0; }

HeatExpansion one_term(HeatExpansion law) {
  law.coefficients.resize(1);
  return law;
}

bool has_more_terms(const HeatExpansion& law) {
  return std::any_of(law.coefficients.begin() + 1, law.coefficients.end(), [](double c) { return c != 0; });
}

void mark_trust(Figure& figure, const Spectrum& spectrum) {
  if (!spectrum.eigenvalues.empty() && spectrum.trusted_up_to < spectrum.eigenvalues.back()) {
    figure.limit = spectrum.trusted_up_to;
    figure.limit_label = "resolved";
  }
}

Figure counting(const SpectrumFigures& of) {
  const auto& values = of.spectrum.eigenvalues;
  Figure figure{.id = "counting",
                .title = "Counting function",
                .caption = "N(λ) = #{k : λₖ ≤ λ}, with multiplicity, on Weyl's law.",
                .x = {"λ in 1/length²"},
                .y = {"N(λ)"}};
  figure.curves.push_back(thinned(staircase("N(λ)", values, static_cast<double>(of.first))));
  if (has_law(of.law)) {
    for (Curve& curve : law_curves(of.law, values.back(), of.fitted)) {
      figure.curves.push_back(std::move(curve));
    }
  }
  if (!of.brackets.empty()) {
    figure.curves.push_back(thinned(certified_band(of.brackets, static_cast<double>(of.first))));
    figure.caption += " N lies in the band: that is proved.";
  }
  mark_trust(figure, of.spectrum);
  return figure;
}

Figure remainder(const SpectrumFigures& of) {
  const auto& values = of.spectrum.eigenvalues;
  Curve jumps{.name = "N(λ) − Weyl", .points = {}};
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] > 0) {
      const double smooth = smooth_count(of.law, values[k]);
      jumps.points.emplace_back(values[k], static_cast<double>(of.first) + static_cast<double>(k) + 0.5 - smooth);
    }
  }
  Figure figure{.id = "remainder",
                .title = "Remainder",
                .caption =
                    "What Weyl's law leaves of N, at the middle of each step. A drift away from 0 is a term that "
                    "the law lacks, or an error of the eigenvalues.",
                .x = {"λ in 1/length²"},
                .y = {"N(λ) − Weyl"},
                .curves = {thinned(std::move(jumps))}};
  mark_trust(figure, of.spectrum);
  return figure;
}

/// Z(t)(4πt)^{d/2}/V, which Weyl's law says is 1 for t → 0.
std::optional<Figure> heat(const SpectrumFigures& of) {
  const Spectrum& spectrum = of.spectrum;
  const double end = std::min(spectrum.eigenvalues.back(), spectrum.trusted_up_to);
  Spectrum trusted = spectrum;
  std::erase_if(trusted.eigenvalues, [&](double lambda) { return lambda > end; });
  if (trusted.eigenvalues.size() < 4 || !(end > 0)) {
    return std::nullopt;
  }
  const HeatExpansion weyl = one_term(of.law);
  const auto relative = [&](double t) { return heat_trace(trusted, t).value / heat_trace(weyl, t); };
  // Where λ_0 alone is left, or with Dirichlet conditions nothing, the law has long ceased to hold.
  constexpr double least = 0.02;
  constexpr double most = 2.5;
  double last = 100 / end;
  while (relative(last) < most && relative(last) > least && last < 1e6 / end) {
    last *= 1.2;
  }
  Curve sum = sampled("the eigenvalues listed", relative, 1 / end, last, true, Line::solid);
  Figure figure{.id = "heat",
                .title = "Heat trace",
                .caption =
                    "Z(t) = Σ exp(−tλₖ) over Weyl's first term V/(4πt)^(d/2): 1 for t → 0. Left of the limit the "
                    "list is too short for this t.",
                .x = {"t in length²", true},
                .y = {"Z(t) (4πt)^(d/2) / V"},
                .curves = {std::move(sum)}};
  figure.curves.push_back(sampled(
      "one term", [](double) { return 1.0; }, 1 / end, last, true, Line::dashed));
  if (has_more_terms(of.law)) {
    figure.curves.push_back(sampled(
        of.fitted ? "all terms, fitted" : "two terms",
        [&](double t) { return heat_trace(of.law, t) / heat_trace(weyl, t); }, 1 / end, last, true, Line::dotted));
    // Beyond where its terms agree an asymptotic law is not drawn.
    std::erase_if(figure.curves.back().points, [&](const auto& p) { return p.second < 0 || p.second > most; });
  }
  figure.limit = 5 * std::max(1.0, of.law.dimension / 2) / end; // e^{-5} and a factor for the density of levels
  figure.limit_label = "list ends";
  return figure;
}

std::optional<Figure> spacing(const SpectrumFigures& of) {
  Spectrum trusted = of.spectrum;
  std::erase_if(trusted.eigenvalues, [&](double lambda) { return lambda > of.spectrum.trusted_up_to; });
  constexpr std::size_t skipped = 1; // λ_0
  if (trusted.eigenvalues.size() < enough_spacings + skipped) {
    return std::nullopt;
  }
  const LevelSpacing levels = level_spacing(trusted, of.law, skipped);
  constexpr double width = 0.25;
  constexpr std::size_t bins = 16;
  std::vector<double> density(bins, 0);
  for (const double s : levels.spacings) {
    const auto bin = static_cast<std::size_t>(std::clamp(s / width, 0.0, static_cast<double>(bins - 1)));
    density[bin] += 1 / (width * static_cast<double>(levels.spacings.size()));
  }
  Curve histogram{.name = "spacings", .points = {}, .steps = true, .filled = true};
  for (std::size_t i = 0; i <= bins; ++i) {
    histogram.points.emplace_back(width * static_cast<double>(i), i < bins ? density[i] : 0);
  }
  using std::numbers::pi;
  const double top = width * bins;
  Figure figure{.id = "spacing",
                .title = "Level spacing",
                .caption =
                    fmt::format("Distances s of neighbouring levels in units of their mean, from {} spacings, the last "
                                "bar with all that are larger. Integrable "
                                "spaces follow Poisson, chaotic ones GOE; symmetries and multiplets pile up at 0. Mean "
                                "ratio of neighbours ⟨r⟩ = {:.3f} ± {:.3f} (Poisson {:.3f}, GOE {:.3f}).",
                                levels.spacings.size(), levels.ratio, levels.ratio_deviation, poisson_ratio, goe_ratio),
                .x = {"s, spacing over mean spacing"},
                .y = {"density"},
                .curves = {std::move(histogram)}};
  figure.curves.push_back(sampled(
      "Poisson", [](double s) { return std::exp(-s); }, 0, top, false, Line::dashed));
  figure.curves.push_back(sampled(
      "GOE", [](double s) { return pi * s / 2 * std::exp(-pi * s * s / 4); }, 0, top, false, Line::dotted));
  return figure;
}

} // namespace

std::vector<Curve> law_curves(const HeatExpansion& law, double top, bool fitted) {
  const std::string whose = fitted ? "fitted law" : "Weyl";
  std::vector<Curve> curves;
  const HeatExpansion first = one_term(law);
  const double start = top / 1e4; // λ > 0
  curves.push_back(sampled(
      whose + ", one term", [&](double x) { return smooth_count(first, x); }, start, top));
  if (has_more_terms(law)) {
    curves.push_back(sampled(
        fitted ? whose + ", all terms" : whose + ", two terms",
        [&](double x) { return std::max(0.0, smooth_count(law, x)); }, start, top, false, Line::dotted));
  }
  return curves;
}

Curve certified_band(std::span<const EigenvalueBracket> brackets, double first) {
  std::map<double, std::pair<double, double>> jumps; // of the least and of the greatest N
  for (const EigenvalueBracket& bracket : brackets) {
    jumps[bracket.lower].second += 1;
    if (bracket.upper) {
      jumps[*bracket.upper].first += 1;
    }
  }
  Curve band{.name = "certified band", .points = {}, .line = Line::none, .steps = true};
  double least = first;
  double greatest = first;
  for (const auto& [lambda, jump] : jumps) {
    const bool last = lambda >= brackets.back().lower; // from here on eigenvalues that are not listed may follow
    least += last ? 0 : jump.first;
    greatest += last ? 0 : jump.second;
    band.points.emplace_back(lambda, least);
    band.upper.push_back(greatest);
    if (last) {
      break;
    }
  }
  return band;
}

std::vector<Figure> figures(const SpectrumFigures& of) {
  std::vector<Figure> result;
  if (of.spectrum.eigenvalues.empty()) {
    return result;
  }
  result.push_back(counting(of));
  if (!has_law(of.law)) {
    return result;
  }
  result.push_back(remainder(of));
  if (of.first == 0) {
    for (auto& figure : {heat(of), spacing(of)}) {
      if (figure) {
        result.push_back(*figure);
      }
    }
  }
  return result;
}

} // namespace weyl
