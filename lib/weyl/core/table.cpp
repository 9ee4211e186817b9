// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/table.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "weyl/core/error.hpp"
#include "weyl/core/text.hpp"

namespace weyl {

namespace {

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> result;
  for (;;) {
    const auto comma = line.find(',');
    result.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) {
      return result;
    }
    line.remove_prefix(comma + 1);
  }
}

double finite_number(std::string_view word, const std::string& source, long line) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size() || !std::isfinite(value)) {
    throw InputError(source, line, quoted(word) + " is no finite number");
  }
  return value;
}

} // namespace

std::optional<std::size_t> Table::find(std::string_view name) const {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional<std::size_t>(found - names.begin());
}

std::size_t Table::column(std::string_view name) const {
  if (const auto found = find(name)) {
    return *found;
  }
  std::string list;
  for (const std::string& other : names) {
    list += (list.empty() ? "" : ", ") + other;
  }
  throw InputError(source, "has no column '" + std::string(name) + "', only " + list);
}

Table parse_table(std::string_view content, const std::string& source) {
  Table table{.source = source};
  content = plain_text(content, source);
  for (long line = 1; !content.empty(); ++line) {
    const auto end = content.find('\n');
    const std::string_view text = trimmed(content.substr(0, end).substr(0, content.substr(0, end).find('#')));
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (text.empty()) {
      continue;
    }
    const auto words = cells(text);
    if (table.names.empty()) {
      for (const std::string_view word : words) {
        std::string name(word);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        table.names.push_back(std::move(name));
      }
      continue;
    }
    if (words.size() != table.names.size()) {
      throw InputError(source, line,
                       "has " + std::to_string(words.size()) + " columns, the line of names " +
                           std::to_string(table.names.size()));
    }
    Table::Row& row = table.rows.emplace_back(Table::Row{.line = line});
    for (const std::string_view word : words) {
      row.values.push_back(finite_number(word, source, line));
    }
  }
  if (table.rows.empty()) {
    throw InputError(source, "has no rows of numbers under a line of names");
  }
  return table;
}

} // namespace weyl
