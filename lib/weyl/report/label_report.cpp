// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/label_tables.hpp"

#include <cmath>

#include <fmt/format.h>

namespace weyl {

namespace {

std::string cells(const LabelError& error) {
  std::string out = fmt::format(" {:>10.4g}{}", error.predicted, error.near_interpolation ? "~" : " ");
  if (error.measured) {
    out += fmt::format(" {:>10.4g} {:>8.1g} {:>6.3f}", error.measured->value, error.measured->standard_error,
                       error.predicted / error.measured->value);
  }
  return out;
}

std::string table(const LabelReport& report) {
  const bool symmetric = report.invariance.has_value();
  const std::string header = fmt::format(" {:>10} ", "predicted") +
                             (report.trials > 0 ? fmt::format(" {:>10} {:>8} {:>6}", "measured", "+-", "ratio") : "");
  std::string out = fmt::format("{:>8}{}{}\n", "n", header, symmetric ? header + "   (M/G)" : "");
  for (const LabelPoint& p : report.curve) {
    out += fmt::format("{:>8.6g}{}{}\n", p.samples, cells(p.plain), symmetric ? cells(p.invariant) : "");
  }
  return out;
}

std::string invariance_text(const LabelInvariance& i) {
  return fmt::format("{}: {:.3g} +- {:.1g} of their variance {:.4g} changes under the group.\n",
                     i.broken() ? "! The labels are not invariant" : "The labels may well be invariant", i.violation,
                     i.standard_error, i.variance);
}

report::Json json_of(const LabelError& error) {
  report::Json out{{"predicted", error.predicted}, {"near_interpolation", error.near_interpolation}};
  if (error.measured) {
    out["measured"] = error.measured->value;
    out["measured_stderr"] = error.measured->standard_error;
  }
  return out;
}

report::Json json_of(const LabelEstimate& e) { return {{"noise", std::sqrt(e.noise)}, {"power", e.power}}; }

} // namespace

std::string text(const SampleInvariance& invariance) {
  return fmt::format(
      "{}: moved by the group, a half of the sample has {:.1f} % of its neighbours in itself ({:.1f} % by "
      "chance, p = {:.2g}).",
      invariance.doubtful() ? "! The sample is not invariant" : "The sample may well be invariant",
      100 * invariance.same_half, 100 * invariance.expected, invariance.p_value);
}

report::Json json_of(const SampleInvariance& i) {
  return {{"same_half", i.same_half}, {"expected", i.expected}, {"p_value", i.p_value}};
}

std::string text(const LabelReport& report) {
  std::string out = fmt::format("Labels on {} points; target and noise are estimated from {} of them\n", report.labels,
                                report.looked_at);
  out +=
      fmt::format("  M    target of power {:.4g}, noise {:.4g}\n", report.plain.power, std::sqrt(report.plain.noise));
  if (report.invariance) {
    out += fmt::format("  M/G  target of power {:.4g}, noise {:.4g}\n", report.invariant.power,
                       std::sqrt(report.invariant.noise));
    out += invariance_text(*report.invariance);
  }
  out += report.trials > 0
             ? fmt::format("Mean square error on a new label, noise included: predicted, and measured on labels held "
                           "out\nfrom {} regressions\n",
                           report.trials)
             : "Mean square error on a new label, noise included, as predicted\n";
  return out + table(report);
}

report::Json json_of(const LabelReport& report) {
  report::Json out{{"labels", report.labels},           {"looked_at", report.looked_at},
                   {"manifold", json_of(report.plain)}, {"quotient", json_of(report.invariant)},
                   {"trials", report.trials},           {"invariance", nullptr},
                   {"curve", report::Json::array()}};
  if (report.invariance) {
    out["invariance"] = {{"violation", report.invariance->violation},
                         {"stderr", report.invariance->standard_error},
                         {"variance", report.invariance->variance}};
  }
  for (const LabelPoint& p : report.curve) {
    out["curve"].push_back({{"n", p.samples}, {"manifold", json_of(p.plain)}, {"quotient", json_of(p.invariant)}});
  }
  return out;
}

} // namespace weyl
