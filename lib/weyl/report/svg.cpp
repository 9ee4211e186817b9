// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "weyl/report/html.hpp"

namespace weyl::html {

namespace {

constexpr double width = 760;
constexpr double height = 400;
constexpr double left = 78;
constexpr double right = 16;
constexpr double top = 16;
constexpr double bottom = 52;
constexpr std::size_t colours = 8; ///< of the style sheet

std::size_t colour_of(const Curve& curve, std::size_t i) {
  return curve.colour < 0 ? i % colours : static_cast<std::size_t>(curve.colour);
}

/// Where the values from `low` to `high` are drawn.
struct Scale {
  bool log;
  double low;
  double high;
  double from; ///< where `low` is drawn
  double to;

  [[nodiscard]] bool shows(double value) const { return std::isfinite(value) && (!log || value > 0); }
  [[nodiscard]] double operator()(double value) const {
    const double part = log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return from + (to - from) * part;
  }
  /// Values that are shown as numbers: powers of ten; multiples of a step of 1, 2 or 5 times one.
  [[nodiscard]] std::vector<double> ticks() const {
    std::vector<double> result;
    if (log) {
      const int first = static_cast<int>(std::ceil(std::log10(low)));
      const int last = static_cast<int>(std::floor(std::log10(high)));
      const int stride = std::max(1, (last - first) / 8);
      for (int power = first; power <= last; power += stride) {
        result.push_back(std::pow(10, power));
      }
      return result;
    }
    const double power = std::pow(10, std::floor(std::log10((high - low) / 8)));
    double step = 10 * power;
    for (const double factor : {5.0, 2.0, 1.0}) {
      step = (high - low) / (factor * power) <= 8 ? factor * power : step;
    }
    for (double i = std::ceil(low / step); i * step <= high; ++i) {
      result.push_back(i * step);
    }
    return result;
  }
};

struct Frame {
  Scale x;
  Scale y;
};

Frame frame(const Figure& figure) {
  const Extent e = extent(figure);
  return {{figure.x.log, e.x_low, e.x_high, left, width - right},
          {figure.y.log, e.y_low, e.y_high, height - bottom, top}};
}

std::string axes(const Figure& figure, const Frame& frame) {
  std::string out;
  for (const double tick : frame.x.ticks()) {
    const double x = frame.x(tick);
    out += fmt::format(R"(<line class="grid" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>)", x, top, height - bottom);
    out += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{:.6g}</text>)", x, height - bottom + 18, tick);
  }
  for (const double tick : frame.y.ticks()) {
    const double y = frame.y(tick);
    out += fmt::format(R"(<line class="grid" x1="{0}" y1="{1:.1f}" x2="{2}" y2="{1:.1f}"/>)", left, y, width - right);
    out += fmt::format(R"(<text x="{}" y="{:.1f}" text-anchor="end">{:.6g}</text>)", left - 8, y + 4, tick);
  }
  out += fmt::format(R"(<text x="{}" y="{}" text-anchor="middle">{}</text>)", (left + width - right) / 2, height - 10,
                     escape(figure.x.label));
  out += fmt::format(R"svg(<text transform="translate(18 {}) rotate(-90)" text-anchor="middle">{}</text>)svg",
                     (top + height - bottom) / 2, escape(figure.y.label));
  return out + "\n";
}

/// Corners of a curve on the page, without those that no eye could tell from the one before.
std::string corners(const std::vector<std::pair<double, double>>& points, bool steps, const Frame& frame) {
  std::string out;
  double last_x = -1e9;
  double last_y = -1e9;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!frame.x.shows(points[i].first) || !frame.y.shows(points[i].second)) {
      continue;
    }
    const double x = frame.x(points[i].first);
    const double y = frame.y(points[i].second);
    if (i + 1 < points.size() && std::abs(x - last_x) < 0.4 && std::abs(y - last_y) < 0.4) {
      continue;
    }
    if (steps && !out.empty()) {
      out += fmt::format("{:.1f},{:.1f} ", x, last_y);
    }
    out += fmt::format("{:.1f},{:.1f} ", x, y);
    last_x = x;
    last_y = y;
  }
  return out;
}

const char* dashes(Line line) {
  static constexpr std::array patterns{"", "", "7 4", "2 3", "7 3 2 3"};
  return patterns[static_cast<std::size_t>(line)];
}

/// Points of a step curve with the corners in between.
std::vector<std::pair<double, double>> with_steps(const std::vector<std::pair<double, double>>& points) {
  std::vector<std::pair<double, double>> out;
  for (const auto& [x, y] : points) {
    if (!out.empty()) {
      out.emplace_back(x, out.back().second);
    }
    out.emplace_back(x, y);
  }
  return out;
}

/// The area between a curve and its upper values, or zero.
std::string area(const Curve& curve, const Frame& frame, std::size_t colour) {
  auto edge = curve.points;
  for (std::size_t i = 0; i < edge.size(); ++i) {
    edge[i].second = curve.upper.empty() ? 0 : curve.upper[i];
  }
  auto there = curve.steps ? with_steps(curve.points) : curve.points;
  auto back = curve.steps ? with_steps(edge) : edge;
  std::ranges::reverse(back);
  there.insert(there.end(), back.begin(), back.end());
  return fmt::format(R"(<polygon class="c{}" points="{}"/>)", colour, corners(there, false, frame));
}

std::string drawn(const Curve& curve, const Frame& frame, std::size_t colour) {
  std::string out;
  if (!curve.upper.empty() || curve.filled) {
    out += area(curve, frame, colour);
  }
  if (curve.line != Line::none) {
    out += fmt::format(R"(<polyline class="c{}" stroke-dasharray="{}" points="{}"/>)", colour, dashes(curve.line),
                       corners(curve.points, curve.steps, frame));
  }
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const auto [x, y] = curve.points[i];
    if (!frame.x.shows(x) || !frame.y.shows(y)) {
      continue;
    }
    if (!curve.errors.empty() && frame.y.shows(y - curve.errors[i])) {
      out += fmt::format(R"(<line class="c{0}" x1="{1:.1f}" y1="{2:.1f}" x2="{1:.1f}" y2="{3:.1f}"/>)", colour,
                         frame.x(x), frame.y(y - curve.errors[i]), frame.y(y + curve.errors[i]));
    }
    if (curve.marks) {
      out += fmt::format(R"(<circle class="c{}" cx="{:.1f}" cy="{:.1f}" r="3"/>)", colour, frame.x(x), frame.y(y));
    }
  }
  return out + "\n";
}

/// In the upper left corner: where N(λ) leaves room.
std::string legend(const Figure& figure) {
  std::string out;
  double y = top + 18;
  for (std::size_t i = 0; i < figure.curves.size(); ++i, y += 19) {
    const Curve& curve = figure.curves[i];
    const std::size_t colour = colour_of(curve, i);
    if (!curve.upper.empty()) {
      out += fmt::format(R"(<polygon class="c{0}" points="{1},{3} {2},{3} {2},{4} {1},{4}"/>)", colour, left + 14,
                         left + 50, y - 6, y + 6);
    }
    if (curve.line != Line::none) {
      out += fmt::format(R"(<line class="c{0}" stroke-dasharray="{1}" x1="{2}" y1="{3}" x2="{4}" y2="{3}"/>)", colour,
                         dashes(curve.line), left + 14, y, left + 50);
    }
    if (curve.marks) {
      out += fmt::format(R"(<circle class="c{}" cx="{}" cy="{}" r="3"/>)", colour, left + 32, y);
    }
    out += fmt::format(R"(<text x="{}" y="{}">{}</text>)", left + 58, y + 4, escape(curve.name));
  }
  return out + "\n";
}

} // namespace

std::string svg(const Figure& figure) {
  const Frame axis = frame(figure);
  std::string out = fmt::format("<svg class=\"still\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" "
                                "xmlns=\"http://www.w3.org/2000/svg\">\n",
                                width, height, escape(figure.title));
  out += axes(figure, axis);
  if (figure.limit) {
    const double x = axis.x(*figure.limit);
    out += fmt::format(R"(<line class="limit" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>)", x, top, height - bottom);
    out += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="end">{}</text>)", x - 6, height - bottom - 8,
                       escape(figure.limit_label));
  }
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    out += drawn(figure.curves[i], axis, colour_of(figure.curves[i], i));
  }
  return out + legend(figure) + "</svg>\n";
}

} // namespace weyl::html
