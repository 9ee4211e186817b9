// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/html.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "weyl/core/version.hpp"

namespace weyl::html {

namespace {

constexpr double width = 760;
constexpr double height = 420;
constexpr double left = 76;
constexpr double right = 16;
constexpr double top = 16;
constexpr double bottom = 52;

/// A step of 1, 2 or 5 times a power of ten that divides [0, range] into at most eight.
double tick_step(double range) {
  const double power = std::pow(10, std::floor(std::log10(range / 8)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (range / (factor * power) <= 8) {
      return factor * power;
    }
  }
  return 10 * power;
}

/// Data coordinates to those of the figure.
class Frame {
public:
  explicit Frame(const Chart& chart) {
    for (const Curve& curve : chart.curves) {
      for (const auto& [x, y] : curve.points) {
        x_max_ = std::max(x_max_, x);
        y_max_ = std::max(y_max_, y);
      }
    }
  }
  [[nodiscard]] double x(double value) const { return left + (width - left - right) * value / x_range(); }
  [[nodiscard]] double y(double value) const { return height - bottom - (height - top - bottom) * value / y_range(); }
  [[nodiscard]] double x_range() const { return x_max_ > 0 ? 1.02 * x_max_ : 1; }
  [[nodiscard]] double y_range() const { return y_max_ > 0 ? 1.05 * y_max_ : 1; }

private:
  double x_max_ = 0;
  double y_max_ = 0;
};

std::string axes(const Chart& chart, const Frame& frame) {
  std::string out;
  const double x_step = tick_step(frame.x_range());
  for (int i = 0; i * x_step <= frame.x_range(); ++i) {
    const double x = frame.x(i * x_step);
    out += fmt::format(R"(<line class="grid" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>)", x, top, height - bottom);
    out += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{:.6g}</text>)", x, height - bottom + 18,
                       i * x_step);
  }
  const double y_step = tick_step(frame.y_range());
  for (int i = 0; i * y_step <= frame.y_range(); ++i) {
    const double y = frame.y(i * y_step);
    out += fmt::format(R"(<line class="grid" x1="{0}" y1="{1:.1f}" x2="{2}" y2="{1:.1f}"/>)", left, y, width - right);
    out += fmt::format(R"(<text x="{}" y="{:.1f}" text-anchor="end">{:.6g}</text>)", left - 8, y + 4, i * y_step);
  }
  out += fmt::format(R"(<text x="{}" y="{}" text-anchor="middle">{}</text>)", (left + width - right) / 2, height - 10,
                     escape(chart.x_label));
  out += fmt::format(R"svg(<text transform="translate(18 {}) rotate(-90)" text-anchor="middle">{}</text>)svg",
                     (top + height - bottom) / 2, escape(chart.y_label));
  return out + "\n";
}

std::string polyline(const Curve& curve, const Frame& frame, std::size_t index) {
  std::string points;
  for (const auto& [x, y] : curve.points) {
    points += fmt::format("{:.1f},{:.1f} ", frame.x(x), frame.y(std::max(0.0, y)));
  }
  std::string out =
      fmt::format(R"(<polyline class="c{}" stroke-dasharray="{}" points="{}"/>)", index, curve.dash, points);
  if (curve.marks) {
    for (const auto& [x, y] : curve.points) {
      out += fmt::format(R"(<circle class="c{}" cx="{:.1f}" cy="{:.1f}" r="3"/>)", index, frame.x(x), frame.y(y));
    }
  }
  return out + "\n";
}

std::string legend(const Chart& chart) {
  std::string out;
  double y = top + 20;
  for (std::size_t i = 0; i < chart.curves.size(); ++i, y += 20) {
    out += fmt::format(R"(<line class="c{0}" stroke-dasharray="{1}" x1="{2}" y1="{3}" x2="{4}" y2="{3}"/>)", i,
                       chart.curves[i].dash, left + 14, y, left + 50);
    out += fmt::format(R"(<text x="{}" y="{}">{}</text>)", left + 58, y + 4, escape(chart.curves[i].name));
  }
  return out + "\n";
}

constexpr const char* style = R"(
:root { color-scheme: light dark; --ink: #1a1d21; --paper: #ffffff; --faint: #d9dde2; --c0: #7a7f87; --c1: #b4540a; --c2: #0b5fa5; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #15181c; --faint: #343a42; --c0: #9aa1ab; --c1: #f0a35e; --c2: #6cb6f5; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 800px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; }
svg { width: 100%; height: auto; } svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg polyline { fill: none; } svg polyline, svg line { stroke-width: 1.8; }
.grid { stroke: var(--faint); stroke-width: 1 !important; } .limit { stroke: var(--ink); stroke-dasharray: 1 4; }
.c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } circle { fill: var(--paper); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid var(--faint); white-space: nowrap; font-variant-numeric: tabular-nums; }
footer { margin-top: 2rem; font-size: .85rem; overflow-wrap: anywhere; }
)";

} // namespace

std::string escape(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

std::string svg(const Chart& chart) {
  const Frame frame(chart);
  std::string out = fmt::format("<figure><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" "
                                "xmlns=\"http://www.w3.org/2000/svg\">\n",
                                width, height, escape(chart.title));
  out += axes(chart, frame);
  if (chart.limit) {
    const double x = frame.x(*chart.limit);
    out += fmt::format(R"(<line class="limit" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>)", x, top, height - bottom);
    out += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="end">{}</text>)", x - 6, height - bottom - 8,
                       escape(chart.limit_label));
  }
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    out += polyline(chart.curves[i], frame, i);
  }
  return out + legend(chart) + "</svg></figure>\n";
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<div class=\"scroll\"><table>\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += "<tr>";
    for (const std::string& cell : rows[i]) {
      out += fmt::format(fmt::runtime(i == 0 ? "<th>{}</th>" : "<td>{}</td>"), escape(cell));
    }
    out += "</tr>\n";
  }
  return out + "</table></div>\n";
}

std::string preformatted(const std::string& text) { return "<pre>" + escape(text) + "</pre>\n"; }

std::string page(const std::string& title, const std::string& body, const std::string& command) {
  return fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<link rel=\"icon\" href=\"data:,\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n"
                     "<h1>{0}</h1>\n{2}<footer>weyl {3} · <code>{4}</code></footer>\n</body>\n</html>\n",
                     escape(title), style, body, version(), escape(command));
}

} // namespace weyl::html
