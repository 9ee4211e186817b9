// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// JSON of what reports share (internal: reports hand out strings).

#include <nlohmann/json.hpp>

#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/report/description.hpp"

namespace weyl::report {

/// Keys keep the order in which they are written.
using Json = nlohmann::ordered_json;

/// The keys that the documents of all tools begin with.
Json preamble(const std::string& tool, const SpaceDescription& space);
Json preamble(const std::string& tool, const SpaceDescription& space, const Discretization& discretization);

/// Value and 95 % interval.
Json json_of(const Estimate& e);

/// The value of the key "asymptotics".
Json asymptotics(const Diagnosis& diagnosis);

/// The document as it is printed: indented, a newline at the end.
std::string print(const Json& document);

} // namespace weyl::report
