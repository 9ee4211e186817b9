// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Pieces of a self-contained HTML page: a chart as SVG, a table, the page around them.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weyl::html {

/// A polyline through (x, y), ascending in x.
struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points = {};
  std::string dash = {}; ///< SVG dash pattern; empty: solid
  bool marks = false;    ///< a dot at every point
};

/// Curves over linear axes that start at zero, with a legend.
struct Chart {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<Curve> curves = {};
  std::optional<double> limit = {}; ///< a vertical line
  std::string limit_label = {};
};

/// The text with &, <, > and quotes made harmless.
std::string escape(const std::string& text);

/// A figure that scales with the page. Curves differ in dash and marks as well as in colour.
std::string svg(const Chart& chart);

/// A table whose first row is the head.
std::string table(const std::vector<std::vector<std::string>>& rows);

std::string preformatted(const std::string& text);

/// The whole page; light or dark as the reader's system asks; loads nothing. `command` is what made it.
std::string page(const std::string& title, const std::string& body, const std::string& command);

} // namespace weyl::html
