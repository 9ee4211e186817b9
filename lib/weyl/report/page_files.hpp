// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Files that every page carries (internal): they are part of the library, so that an installed one needs none.

#include <string_view>

namespace weyl::html {

std::string_view style_sheet(); ///< web/page.css
std::string_view script();      ///< web/page.js
std::string_view plotly();      ///< plotly.js, its notice of licence included; empty if it was not there at build time

} // namespace weyl::html
