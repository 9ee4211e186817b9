// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// JSON documents from strangers (internal).

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace weyl {

/// The document in `content`; a byte-order mark before it is passed over.
/// \throws InputError with the line where it is no JSON, for numbers that no double holds, and for more than 100
/// brackets in one another.
nlohmann::json parse_json(std::string_view content, const std::string& source);

} // namespace weyl
