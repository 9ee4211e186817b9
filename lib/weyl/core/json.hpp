// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// JSON documents from strangers (internal).

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace weyl {

/// The document in `content`; a byte-order mark before it is passed over.
/// \throws InputError with the line where it is no JSON, and for numbers that no double holds.
nlohmann::json parse_json(std::string_view content, const std::string& source);

} // namespace weyl
