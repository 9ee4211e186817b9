// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Figures of a report as data: what the page, the static picture and the tables without a script draw alike.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace weyl {

/// How the points of a curve are joined.
enum class Line { none, solid, dashed, dotted, dash_dotted };

/// Points (x, y) of a figure, ascending in x, and how they are drawn. Curves differ in dashes and marks as well as in
/// colour.
struct Curve {
  std::string name;                                   ///< in the key
  std::vector<std::pair<double, double>> points = {}; ///< (x, y)
  Line line = Line::solid;                            ///< between them
  bool marks = false;                                 ///< at each of them
  bool steps = false;                                 ///< constant from each x to the next
  bool filled = false;                                ///< down to zero
  int colour = -1;                                    ///< 0 to 7, for curves that belong together; −1: one of its own
  std::vector<double> upper = {};                     ///< one per point, or none: a band between y and this is filled
  std::vector<double> errors = {};                    ///< one per point, or none: half the lengths of error bars
};

/// An axis and its scale.
struct Axis {
  std::string label; ///< quantity and unit
  bool log = false;  ///< then points that are not positive are left out
};

/// Curves over a pair of axes.
struct Figure {
  std::string id;                   ///< letters and hyphens; unique in a report
  std::string title;                ///< a few words
  std::string caption;              ///< how to read it
  Axis x;                           ///< to the right
  Axis y;                           ///< upward
  std::vector<Curve> curves = {};   ///< the first lies lowest
  std::optional<double> limit = {}; ///< a vertical line
  std::string limit_label = {};     ///< beside it
};

/// N(λ) of ascending eigenvalues, of which `first` lie below; from λ = 0 on if `first` is 0.
Curve staircase(const std::string& name, std::span<const double> eigenvalues, double first = 0);

/// A function at 200 equal steps from `from` to `to`, or at equal ratios with `log`; values that are not finite are
/// left out.
Curve sampled(const std::string& name, const std::function<double(double)>& f, double from, double to, bool log = false,
              Line line = Line::dashed);

/// The curve without points that a figure cannot show: of more than `most` every second, third, … is kept, and the
/// last.
Curve thinned(Curve curve, std::size_t most = 5000);

/// The smallest rectangle that holds all points, bands and error bars; logarithmic axes leave out what is not positive.
struct Extent {
  double x_low = 0;  ///< left
  double x_high = 0; ///< right
  double y_low = 0;  ///< below
  double y_high = 0; ///< above
};

/// Linear axes of curves without negative values begin at 0. An empty figure is the unit square.
Extent extent(const Figure& figure);

} // namespace weyl
