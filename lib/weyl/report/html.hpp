// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Pieces of a self-contained HTML page: a chart as SVG, a table, the page around them.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weyl::html {

/// A polyline through (x, y), ascending in x.
struct Curve {
  std::string name;                                   ///< in the legend
  std::vector<std::pair<double, double>> points = {}; ///< x and y
  std::string dash = {};                              ///< SVG dash pattern; empty: solid
  bool marks = false;                                 ///< a dot at every point
};

/// Curves over linear axes that start at zero, with a legend.
struct Chart {
  std::string title;                ///< above the chart
  std::string x_label;              ///< with unit
  std::string y_label;              ///< with unit
  std::vector<Curve> curves = {};   ///< in the order of the legend
  std::optional<double> limit = {}; ///< a vertical line
  std::string limit_label = {};     ///< beside the vertical line
};

/// The text with &, <, > and quotes made harmless.
std::string escape(const std::string& text);

/// A figure that scales with the page. Curves differ in dash and marks as well as in colour.
std::string svg(const Chart& chart);

/// A table whose first row is the head.
std::string table(const std::vector<std::vector<std::string>>& rows);

/// Escaped, in fixed width.
std::string preformatted(const std::string& text);

/// The whole page; light or dark as the reader's system asks; loads nothing. `command` is what made it.
std::string page(const std::string& title, const std::string& body, const std::string& command);

} // namespace weyl::html
