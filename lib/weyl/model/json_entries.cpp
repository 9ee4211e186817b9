// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/json_entries.hpp"

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/json.hpp"

namespace weyl::model {

nlohmann::json read_json(const std::string& path) { return parse_json(read_file(path), path); }

nlohmann::json generators(const nlohmann::json& document, const std::string& path) {
  nlohmann::json list = document.is_object() && document.contains("generators") ? document.at("generators") : document;
  if (!list.is_array() || list.empty()) {
    throw InputError(path, "a list of generators is expected, alone or under the key \"generators\"");
  }
  return list;
}

Number number(const nlohmann::json& entry, const std::string& path) {
  const std::string text = entry.is_string() ? entry.get<std::string>() : entry.is_number() ? entry.dump() : "";
  std::string_view rest = text;
  Number result;
  if (!read_number(rest, result) || !rest.empty()) {
    throw InputError(path, "an entry is not a number or text such as \"sqrt(3)/2\"" +
                               (text.empty() ? "" : ": " + text.substr(0, 40)));
  }
  return result;
}

std::vector<std::vector<Number>> numbers(const nlohmann::json& matrix, const std::string& path) {
  std::vector<std::vector<Number>> rows;
  if (!matrix.is_array() || matrix.empty() || matrix.size() > 64) {
    throw InputError(path, "a matrix is a list of 1 to 64 rows");
  }
  for (const auto& row : matrix) {
    if (!row.is_array() || row.size() != matrix[0].size() || row.empty() || row.size() > 64) {
      throw InputError(path, "the rows of a matrix are lists of one length from 1 to 64");
    }
    rows.emplace_back();
    for (const auto& entry : row) {
      rows.back().push_back(number(entry, path));
    }
  }
  return rows;
}

} // namespace weyl::model
