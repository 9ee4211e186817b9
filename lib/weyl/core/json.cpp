// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/json.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "weyl/core/error.hpp"

namespace weyl {

nlohmann::json parse_json(std::string_view content, const std::string& source) {
  constexpr int deepest = 100; // copies recurse
  const auto shallow = [&](int depth, nlohmann::json::parse_event_t /*event*/, const nlohmann::json& /*value*/) {
    return depth <= deepest ? true : throw InputError(source, "has more than 100 brackets in one another");
  };
  try {
    return nlohmann::json::parse(content, shallow);
  } catch (const nlohmann::json::parse_error& e) {
    const auto end = content.begin() + static_cast<std::ptrdiff_t>(std::min(content.size(), e.byte));
    throw InputError(source, 1 + static_cast<long>(std::count(content.begin(), end, '\n')), "is no JSON document");
  } catch (const nlohmann::json::exception&) {
    throw InputError(source, "has a number that is not finite");
  }
}

std::vector<std::vector<int>> index_lists(const nlohmann::json& lists, const std::string& source) {
  for (const auto& list : lists) {
    for (const auto& entry : list.is_array() ? list : nlohmann::json::array()) {
      if (!entry.is_number_unsigned() || entry.get<std::uint64_t>() > std::numeric_limits<int>::max()) {
        throw InputError(source, "has " + entry.dump().substr(0, 40) + " where an index is expected");
      }
    }
  }
  return lists.get<std::vector<std::vector<int>>>();
}

} // namespace weyl
