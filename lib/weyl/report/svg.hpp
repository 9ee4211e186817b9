// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A figure as SVG, for pages without a script.

#include <string>

#include "weyl/report/figure.hpp"

namespace weyl::html {

/// A picture that scales with the page; the page's style sheet gives the colours, c0 to c7 in the order of the curves.
std::string svg(const Figure& figure);

} // namespace weyl::html
