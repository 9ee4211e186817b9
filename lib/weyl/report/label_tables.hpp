// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Labels and invariance as parts of the tools' documents (internal).

#include <string>

#include "weyl/report/json.hpp"
#include "weyl/report/label_report.hpp"

namespace weyl {

/// Whether a sample is invariant, in a sentence; what speaks against it begins with a !.
std::string text(const SampleInvariance& invariance);
/// A table and sentences; what speaks against the symmetry begins with a !.
std::string text(const LabelReport& report);
/// Of a sample under a group.
report::Json json_of(const SampleInvariance& invariance);
/// The object `labels` of docs/json.md.
report::Json json_of(const LabelReport& report);

} // namespace weyl
