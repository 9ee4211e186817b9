// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-count` says of a list of eigenvalues, and `weyl-spectrum --analyse` of those it computed.

#include <optional>
#include <string>

#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// The analysis as lines of text: estimates with intervals, statistics, findings.
std::string text(const Diagnosis& diagnosis);

/// What is printed of a list of eigenvalues.
struct AsymptoticsReport {
  std::string name;            ///< of the list
  Spectrum spectrum;           ///< its geometry as far as it is known: a volume of 0 is none
  std::vector<double> lambdas; ///< where N(λ) is compared with the law
  DiagnosisOptions known = {}; ///< what was known beforehand
  Diagnosis diagnosis;         ///< what the list says
  double seconds = 0;          ///< wall time
};

/// A table for a terminal of 80 columns, then the analysis.
std::string text(const AsymptoticsReport& report);
/// Keys as in docs/json.md.
std::string json(const AsymptoticsReport& report);
/// A header line and a line per λ.
std::string csv(const AsymptoticsReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const AsymptoticsReport& report);
/// One self-contained page with figures, estimates and findings.
std::string html_page(const AsymptoticsReport& report, const std::string& command);

} // namespace weyl
