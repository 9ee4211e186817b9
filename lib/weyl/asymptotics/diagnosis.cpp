// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"

namespace weyl {

namespace {

/// Probability that an estimate with this 95 % interval differs from `value`, by a normal law.
double confidence_against(const Estimate& estimate, double value) {
  const double half = (estimate.high - estimate.low) / 2;
  const double deviations = half > 0 ? 1.96 * std::abs(estimate.value - value) / half : 100.0;
  return std::min(0.999, std::erf(deviations / std::numbers::sqrt2));
}

bool contains(const Estimate& estimate, double value) { return estimate.low <= value && value <= estimate.high; }

std::string range(const Estimate& estimate) {
  return fmt::format("{:.4g} in [{:.4g}, {:.4g}]", estimate.value, estimate.low, estimate.high);
}

Finding boundary_finding(const HeatFit& fit) {
  const Estimate& b = fit.boundary;
  Finding finding{.subject = "boundary", .sentence = {}};
  if (fit.edge == Edge::closed) {
    finding.confidence = 0.95;
    finding.sentence = "No boundary shows: the second term of Weyl's law is zero.";
  } else if (fit.edge == Edge::bounded && b.value < 0) {
    finding.confidence = confidence_against(b, 0);
    finding.sentence =
        fmt::format("Dirichlet conditions: the second term is negative (|dM| {}).", range({-b.value, -b.high, -b.low}));
  } else if (fit.edge == Edge::bounded) {
    finding.confidence = confidence_against(b, 0);
    finding.sentence = fmt::format("Neumann conditions: the second term is positive (|dM| {}).", range(b));
  } else {
    finding.confidence = 0.5;
    finding.sentence = "Too few eigenvalues to tell whether there is a boundary.";
  }
  return finding;
}

/// Whether 0 is there as often as it should.
std::optional<Finding> kernel_finding(const Spectrum& spectrum, const HeatFit& fit) {
  const double unit = std::pow(std::max(fit.volume.value, 1e-300), -2.0 / fit.dimension);
  const auto zeros = count(spectrum, 1e-6 * unit);
  const bool dirichlet = fit.edge == Edge::bounded && fit.boundary.value < 0;
  const double confidence = fit.edge == Edge::bounded ? confidence_against(fit.boundary, 0) : 0.95;
  if (dirichlet && zeros > 0) {
    return Finding{"kernel", true, confidence,
                   "0 is in the list, which Dirichlet conditions forbid: mixed conditions, or two lists in one."};
  }
  if (!dirichlet && zeros == 0 && fit.edge != Edge::unknown) {
    return Finding{"kernel", true, confidence,
                   "0 is not in the list, though constants are eigenfunctions: the list does not begin at its bottom."};
  }
  if (zeros > 1) {
    return Finding{"kernel", false, 0.999, fmt::format("0 is there {} times: as many components.", zeros)};
  }
  return std::nullopt;
}

std::optional<Finding> tail_finding(const HeatFit& fit, double end) {
  const Estimate& slope = fit.error_slope;
  constexpr double noticeable = 0.01; // relative error at the end of the list
  if (contains(slope, 0) || std::abs(slope.value) * end < noticeable) {
    return std::nullopt;
  }
  const double limit = 0.05 / std::abs(slope.value);
  const std::string where = limit < end ? fmt::format("beyond lambda = {:.4g} by more than 5 %", limit)
                                        : fmt::format("by {:.1f} % at the end", 100 * std::abs(slope.value) * end);
  return Finding{"tail", true, confidence_against(slope, 0),
                 fmt::format("The upper end is not resolved: eigenvalues drift {}, {}, as a discretization's do.",
                             slope.value > 0 ? "up" : "down", where)};
}

Finding defect_finding(const LevelDefect& defect) {
  const bool missing = defect.jump < 0;
  const auto many = std::max(1L, std::lround(std::abs(defect.jump)));
  return {
      missing ? "missing" : "doubled", true, std::min(0.999, std::erf(defect.significance / 2 / std::numbers::sqrt2)),
      fmt::format("{} eigenvalue{} {} near lambda = {:.4g} (in [{:.4g}, {:.4g}]): there the remainder jumps by {:.2f}.",
                  many, many == 1 ? "" : "s", missing ? "missing" : "too many", defect.lambda, defect.low, defect.high,
                  defect.jump)};
}

} // namespace

Diagnosis diagnose(const Spectrum& spectrum, const DiagnosisOptions& options) {
  Diagnosis result;
  result.dimension = estimate_dimension(spectrum);
  const int d = options.dimension.value_or(result.dimension.nearest);
  const double end = std::min(spectrum.eigenvalues.back(), spectrum.trusted_up_to);
  result.heat = fit_heat(spectrum, d, {.edge = options.edge, .discretized = options.discretized});
  const HeatFit drifting =
      options.discretized ? result.heat : fit_heat(spectrum, d, {.edge = options.edge, .discretized = true});
  const auto tail = tail_finding(drifting, end);
  if (tail) {
    result.heat = drifting;
  }
  const HeatExpansion& law = result.heat.expansion;
  const bool enough = spectrum.eigenvalues.size() >= 50;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  result.remainder = enough ? remainder_exponent(spectrum, law) : Estimate{nan, nan, nan};
  if (enough) {
    result.spacing = level_spacing(spectrum, law, spectrum.eigenvalues.size() / 10);
  }

  if (options.dimension && !contains(result.dimension.dimension, *options.dimension)) {
    result.findings.push_back({"dimension", true, confidence_against(result.dimension.dimension, *options.dimension),
                               fmt::format("The list is not of dimension {}: it grows like dimension {}.",
                                           *options.dimension, range(result.dimension.dimension))});
  }
  if (options.volume && !contains(result.heat.volume, *options.volume)) {
    result.findings.push_back(
        {"volume", true, confidence_against(result.heat.volume, *options.volume),
         fmt::format("The volume is not {:.6g}: the list says {}.", *options.volume, range(result.heat.volume))});
  }
  const Estimate& dimension = result.dimension.dimension;
  if (dimension.high - dimension.low > 1) { // then nothing else is sure
    result.heat.edge = result.heat.edge == Edge::closed ? Edge::closed : Edge::unknown;
    result.findings.push_back(
        {"regime", true, 0.95, "The list ends before Weyl's law begins to hold: not even its dimension is sure."});
  }
  result.findings.push_back(boundary_finding(result.heat));
  if (const auto kernel = kernel_finding(spectrum, result.heat)) {
    result.findings.push_back(*kernel);
  }
  if (tail) {
    result.findings.push_back(*tail);
  } else if (const auto defect = level_defect(spectrum, law)) {
    result.findings.push_back(defect_finding(*defect));
  }
  return result;
}

} // namespace weyl
