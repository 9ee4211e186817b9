// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file A self-contained HTML page: facts, figures, a surface in space, tables.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/surface_view.hpp"

namespace weyl::html {

using Rows = std::vector<std::vector<std::string>>;

/// A table whose first row is the head. With a script a click on the head sorts.
struct Table {
  std::string caption;
  Rows rows = {};
};

/// Labels and values that the page begins with.
using Facts = std::vector<std::pair<std::string, std::string>>;

struct Page {
  std::string title;
  std::string command; ///< what made the page
  Facts facts = {};
  std::vector<std::string> notes = {}; ///< paragraphs below the facts
  std::optional<SurfaceView> view = {};
  std::vector<Figure> figures = {};
  std::vector<Table> tables = {};
  std::vector<std::string> remarks = {}; ///< paragraphs below the tables
};

/// The page: light or dark as the reader's system asks, for wide and narrow screens, readable without colour. It holds
/// all that it shows and forbids itself to load anything (a content security policy). Its script draws figures that can
/// be zoomed and a view that can be turned, by plotly.js; without script, or where weyl was built without plotly.js,
/// figures are SVG and there is no view. Tables end after 2000 rows.
std::string page(const Page& page);

/// Whether plotly.js was there when weyl was built (web/, docs/report.md).
bool has_plotly();

/// The text with &, <, > and quotes made harmless.
std::string escape(const std::string& text);

/// What a mesh is, and its discretization.
Facts facts(const SpaceDescription& space);
Facts facts(const SpaceDescription& space, const Discretization& discretization);

} // namespace weyl::html
