// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Small tables of numbers under a line of names (CSV).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weyl {

/// Rows of finite numbers, as many in each as there are names.
struct Table {
  /// A line of the table.
  struct Row {
    long line = 0;                   ///< in the file, from 1 on
    std::vector<double> values = {}; ///< as many as there are names
  };
  std::string source;                  ///< file, for error messages
  std::vector<std::string> names = {}; ///< in lower case
  std::vector<Row> rows = {};          ///< in the order of the file

  /// Which column has this name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// \throws InputError that lists the names there are.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};

/// A line of names, then lines of numbers, between commas. Blank lines and what follows a # do not count.
/// \throws InputError with the line for what is no finite number, for a row of another length, for no rows at all.
Table parse_table(std::string_view content, const std::string& source);

} // namespace weyl
