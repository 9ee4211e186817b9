// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A self-contained HTML page: facts, figures, a surface in space, tables.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/surface_view.hpp"

namespace weyl::html {

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

/// A table whose first row is the head. With a script a click on the head sorts.
struct Table {
  std::string caption; ///< what the table is of
  Rows rows = {};      ///< the head first
};

/// Labels and values that the page begins with.
using Facts = std::vector<std::pair<std::string, std::string>>;

/// What a page says, in this order.
struct Page {
  std::string title;                     ///< of the window too
  std::string command;                   ///< what made the page
  Facts facts = {};                      ///< of the space
  std::vector<std::string> notes = {};   ///< paragraphs below the facts
  std::optional<SurfaceView> view = {};  ///< in space
  std::vector<Figure> figures = {};      ///< two beside each other where there is room
  std::vector<Table> tables = {};        ///< those of a head alone are left out
  std::vector<std::string> remarks = {}; ///< paragraphs below the tables
};

/// The page: light or dark as the reader or his system asks, for wide and narrow screens, readable without colour. It
/// holds all that it shows and forbids itself to load anything (a content security policy). Its script draws figures
/// that can be zoomed and a view that can be turned, by plotly.js; without script, or where weyl was built without
/// plotly.js, figures are SVG and there is no view. Tables end after 2000 rows.
std::string page(const Page& page);

/// Whether plotly.js was there when weyl was built (web/, docs/report.md).
bool has_plotly();

/// The text with &, <, > and quotes made harmless.
std::string escape(const std::string& text);

/// What a mesh is.
Facts facts(const SpaceDescription& space);
/// What a mesh and its discretization are.
Facts facts(const SpaceDescription& space, const Discretization& discretization);

} // namespace weyl::html
