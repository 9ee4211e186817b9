// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/read_eigenvalues.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/json.hpp"
#include "weyl/core/text.hpp"

namespace weyl {

namespace {

/// A value and the line where it stands; 0 where there are no lines.
struct Entry {
  double value;
  long line;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// Words between the separators; blanks separate where no separator is on the line.
std::vector<std::string_view> fields(std::string_view line) {
  const auto separator = line.find_first_of(",;\t");
  const bool blank = separator == std::string_view::npos;
  std::vector<std::string_view> result;
  while (true) {
    line = trimmed(line);
    const auto end = blank ? line.find_first_of(" \t")
                           : line.find(line.find(',') != std::string_view::npos   ? ','
                                       : line.find(';') != std::string_view::npos ? ';'
                                                                                  : '\t');
    result.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) {
      return result;
    }
    line.remove_prefix(end + 1);
  }
}

std::optional<double> number(std::string_view word) {
  if (word.starts_with('+')) {
    word.remove_prefix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return !word.empty() && error == std::errc() && end == word.data() + word.size() ? std::optional(value)
                                                                                   : std::nullopt;
}

double finite_number(std::string_view word, const std::string& source, long line) {
  const auto value = number(word);
  if (!value) {
    throw InputError(source, line, quoted(word) + " is no number");
  }
  if (!std::isfinite(*value)) {
    throw InputError(source, line, quoted(word) + " is not finite");
  }
  return *value;
}

/// The column that a line of names calls an eigenvalue.
std::size_t named_column(const std::vector<std::string_view>& names, const std::string& source, long line) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower(names[i]);
    if (name.find("lambda") != std::string::npos || name.find("eigenvalue") != std::string::npos) {
      return i;
    }
  }
  throw InputError(source, line, quoted(names[0]) + " is no number, and no column is named lambda or eigenvalue");
}

/// Calls `take(line, number)` for every line, comments and blanks removed, that has anything left.
template <class Function>
void for_each_line(std::string_view content, const Function& take) {
  for (long number = 1; !content.empty(); ++number) {
    const auto end = content.find('\n');
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    const std::string_view left = trimmed(line.substr(0, line.find('#')));
    if (!left.empty()) {
      take(left, number);
    }
  }
}

std::vector<Entry> from_columns(std::string_view content, const std::string& source) {
  std::vector<Entry> entries;
  std::optional<std::size_t> column;
  for_each_line(content, [&](std::string_view text, long line) {
    const auto words = fields(text);
    if (!column) { // the first line says how it goes on
      if (!number(words[0])) {
        column = named_column(words, source, line);
        return;
      }
      if (words.size() > 1) {
        throw InputError(source, line, "several columns need a first line that names one of them lambda or eigenvalue");
      }
      column = 0;
    }
    if (*column >= words.size()) {
      throw InputError(source, line,
                       fmt::format("has {} columns, the eigenvalue should be in column {}", words.size(), *column + 1));
    }
    entries.push_back({finite_number(words[*column], source, line), line});
  });
  return entries;
}

/// What stands between braces after "Eigenvalues:", separated by semicolons, over several lines.
std::vector<Entry> from_ev(std::string_view content, const std::string& source) {
  std::vector<Entry> entries;
  enum { before, opening, inside, after } state = before;
  for_each_line(content, [&](std::string_view text, long line) {
    if (state == before && lower(text).starts_with("eigenvalues:")) {
      state = opening;
      text = trimmed(text.substr(text.find(':') + 1));
    }
    if (state == opening && text.starts_with('{')) {
      state = inside;
      text.remove_prefix(1);
    }
    if (state != inside) {
      return;
    }
    const auto end_of_list = text.find('}');
    std::string_view list = trimmed(text.substr(0, end_of_list));
    while (!list.empty()) {
      const auto end = list.find_first_of("; \t");
      if (const std::string_view word = list.substr(0, end); !word.empty()) {
        entries.push_back({finite_number(word, source, line), line});
      }
      list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    state = end_of_list == std::string_view::npos ? inside : after;
  });
  if (state == inside) {
    throw InputError(source, "ends inside its list of eigenvalues");
  }
  return entries;
}

std::vector<Entry> from_json(std::string_view content, const std::string& source) {
  const nlohmann::json document = parse_json(content, source);
  const bool object = document.is_object();
  if (object && !document.contains("eigenvalues")) {
    throw InputError(source, "has no key \"eigenvalues\"");
  }
  const nlohmann::json& list = object ? document["eigenvalues"] : document;
  if (!list.is_array()) {
    throw InputError(source, "\"eigenvalues\" should be an array of numbers");
  }
  if (object && document.contains("first") && document["first"].is_number() && document["first"] != 0) {
    throw InputError(source, "does not begin at the bottom of the spectrum (\"first\" is not 0)");
  }
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].is_number()) {
      throw InputError(source, fmt::format("entry {} of the eigenvalues is no number", i));
    }
    entries.push_back({list[i].get<double>(), 0});
  }
  return entries;
}

[[noreturn]] void fail(const std::string& source, const Entry& entry, const std::string& reason) {
  if (entry.line > 0) {
    throw InputError(source, entry.line, reason);
  }
  throw InputError(source, reason);
}

} // namespace

bool names_eigenvalues(const std::string& path) {
  static constexpr std::array endings{".csv", ".tsv", ".txt", ".dat", ".ev", ".json"};
  const std::string name = lower(path);
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

std::vector<double> parse_eigenvalues(std::string_view content, const std::string& source) {
  content = plain_text(content, source);
  const auto first = content.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (content[first] == '{' || content[first] == '[');
  const bool ev = lower(content).find("eigenvalues:") != std::string::npos;
  const std::vector<Entry> entries = json ? from_json(content, source)
                                     : ev ? from_ev(content, source)
                                          : from_columns(content, source);
  if (entries.empty()) {
    throw InputError(source, "has no eigenvalues");
  }
  const double largest = std::ranges::max(entries, {}, &Entry::value).value;
  const double rounding = 1e-9 * std::abs(largest);
  double before = -rounding;
  std::vector<double> values;
  for (const Entry& entry : entries) {
    if (entry.value < -rounding) {
      fail(source, entry, fmt::format("{:.9g} is negative; eigenvalues are those of -div grad", entry.value));
    }
    if (entry.value < before - rounding) {
      fail(source, entry, fmt::format("{:.9g} comes after {:.9g}; the list should ascend", entry.value, before));
    }
    before = std::max(before, entry.value);
    values.push_back(entry.value);
  }
  std::ranges::sort(values);
  return values;
}

std::vector<double> read_eigenvalues(const std::string& path) { return parse_eigenvalues(read_file(path), path); }

} // namespace weyl
