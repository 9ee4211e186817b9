// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// JSON documents from strangers (internal).

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace weyl {

/// The document in `content`; a byte-order mark before it is passed over.
/// \throws InputError with the line where it is no JSON, for numbers that no double holds, and for more than 100
/// brackets in one another.
nlohmann::json parse_json(std::string_view content, const std::string& source);

/// Lists of indices, such as [[0, 2, 1], [1, 0, 2]]; conversions of the library would cut off what is no int.
/// \throws InputError for an entry that is no integer from 0 to 2^31 − 1, nlohmann::json::exception for what is no
/// list.
std::vector<std::vector<int>> index_lists(const nlohmann::json& lists, const std::string& source);

} // namespace weyl
