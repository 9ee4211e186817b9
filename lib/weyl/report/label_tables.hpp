// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Labels as a part of the document of `weyl-learn` (internal).

#include <string>

#include "weyl/report/json.hpp"
#include "weyl/report/label_report.hpp"

namespace weyl {

/// A table and sentences; what speaks against the symmetry begins with a !.
std::string text(const LabelReport& report);
/// The object `labels` of docs/json.md.
report::Json json_of(const LabelReport& report);

} // namespace weyl
