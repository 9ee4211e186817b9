// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/html.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include <fmt/format.h>

#include "weyl/core/version.hpp"
#include "weyl/report/json.hpp"
#include "weyl/report/page_files.hpp"
#include "weyl/report/svg.hpp"

namespace weyl::html {

namespace {

using report::Json;

constexpr std::size_t most_rows = 2000;

/// Seven digits: more than a screen shows.
Json short_number(double x) { return std::strtod(fmt::format("{:.7g}", x).c_str(), nullptr); }

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double x : values) {
    list.push_back(short_number(x));
  }
  return list;
}

Json json_of(const Curve& curve) {
  static constexpr const char* lines[] = {"none", "solid", "dash", "dot", "dashdot"};
  Json x = Json::array();
  Json y = Json::array();
  for (const auto& [px, py] : curve.points) {
    x.push_back(short_number(px));
    y.push_back(short_number(py));
  }
  return {{"name", curve.name},
          {"x", std::move(x)},
          {"y", std::move(y)},
          {"line", lines[static_cast<std::size_t>(curve.line)]},
          {"marks", curve.marks},
          {"steps", curve.steps},
          {"filled", curve.filled},
          {"colour", curve.colour},
          {"upper", numbers(curve.upper)},
          {"errors", numbers(curve.errors)}};
}

Json json_of(const Figure& figure) {
  const auto axis = [](const Axis& a) -> Json { return {{"label", a.label}, {"log", a.log}}; };
  const Extent e = extent(figure);
  Json curves = Json::array();
  for (const Curve& curve : figure.curves) {
    curves.push_back(json_of(curve));
  }
  return {{"id", figure.id},
          {"title", figure.title},
          {"x", axis(figure.x)},
          {"y", axis(figure.y)},
          {"extent", {e.x_low, e.x_high, e.y_low, e.y_high}},
          {"curves", std::move(curves)},
          {"limit", figure.limit ? short_number(*figure.limit) : Json()},
          {"limit_label", figure.limit_label}};
}

/// RFC 4648.
template <class T>
std::string base64(const std::vector<T>& values) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto* bytes = reinterpret_cast<const unsigned char*>(values.data());
  const std::size_t size = values.size() * sizeof(T);
  std::string out;
  out.reserve((size + 2) / 3 * 4);
  for (std::size_t i = 0; i < size; i += 3) {
    const unsigned word =
        bytes[i] * 65536U + (i + 1 < size ? bytes[i + 1] * 256U : 0U) + (i + 2 < size ? bytes[i + 2] : 0U);
    out += digits[word >> 18U];
    out += digits[word >> 12U & 63U];
    out += i + 1 < size ? digits[word >> 6U & 63U] : '=';
    out += i + 2 < size ? digits[word & 63U] : '=';
  }
  return out;
}

/// Arrays as base64 of little-endian numbers, which is what this machine and every browser has.
Json json_of(const SurfaceView& view) {
  return {{"positions", base64(view.positions)}, {"triangles", base64(view.triangles)}, {"flat", view.flat},
          {"values", base64(view.values)},       {"scales", numbers(view.scales)},      {"labels", view.labels}};
}

/// A document that a script reads, made harmless to the parser of HTML around it.
std::string data(const std::string& id, const Json& document) {
  std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) {
    text.replace(at, 1, "\\u003c");
  }
  return fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, text);
}

std::string facts_list(const Facts& facts) {
  std::string out = "<dl class=\"facts\">\n";
  for (const auto& [label, value] : facts) {
    out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), escape(value));
  }
  return out + "</dl>\n";
}

std::string paragraphs(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    out += text.empty() ? "" : "<p class=\"note\">" + escape(text) + "</p>\n";
  }
  return out;
}

std::string figure(const Figure& figure) {
  return fmt::format("<figure id=\"{0}\">\n<h2>{1}</h2>\n<div class=\"plot\" data-figure=\"{0}\">\n{2}</div>\n"
                     "<figcaption>{3}</figcaption>\n</figure>\n",
                     figure.id, escape(figure.title), svg(figure), escape(figure.caption));
}

std::string view(const SurfaceView& view) {
  const bool functions = !view.scales.empty();
  std::string out =
      fmt::format("<figure id=\"surface\" hidden>\n<h2>{}</h2>\n", functions ? "Eigenfunctions" : "The mesh");
  out += "<div class=\"controls\">\n";
  if (functions) {
    out += fmt::format("<label for=\"mode\">Eigenfunction</label>\n"
                       "<button type=\"button\" id=\"mode-before\" aria-label=\"Previous eigenfunction\">‹</button>\n"
                       "<input type=\"range\" id=\"mode\" min=\"0\" max=\"{}\" value=\"{}\">\n"
                       "<button type=\"button\" id=\"mode-after\" aria-label=\"Next eigenfunction\">›</button>\n"
                       "<output id=\"mode-label\" for=\"mode\"></output>\n"
                       "<label class=\"check\"><input type=\"checkbox\" id=\"nodal\" checked> nodal lines</label>\n"
                       "<label class=\"check\"><input type=\"checkbox\" id=\"signs\" checked> signs</label>\n",
                       view.scales.size() - 1, view.scales.size() > 1 ? 1 : 0);
  }
  out += fmt::format("<label class=\"check\"{}>up <select id=\"up\"><option value=\"0\">x</option><option value=\"1\" "
                     "selected>y</option><option value=\"2\">z</option></select></label>\n</div>\n",
                     view.flat ? " hidden" : "");
  out += fmt::format("<div class=\"plot tall\" id=\"surface-plot\" role=\"img\" aria-label=\"{}\"></div>\n<figcaption>",
                     functions ? "The surface coloured by an eigenfunction, with nodal lines" : "The surface");
  out += functions
             ? "Blue where the eigenfunction is negative, orange where it is positive; + and − at its extrema, black "
               "lines where it is 0. Drag to turn, scroll or pinch to zoom. "
             : "Drag to turn, scroll or pinch to zoom. ";
  return out + escape(view.note) + " <span id=\"surface-size\"></span></figcaption>\n</figure>\n";
}

/// Whether a cell is to be aligned as a number, or an empty place of one.
bool numeric(const std::string& cell) {
  const std::size_t first = cell.find_first_not_of("-+");
  return first == std::string::npos || std::isdigit(static_cast<unsigned char>(cell[first])) != 0;
}

std::string table(const Table& table) {
  if (table.rows.size() < 2) {
    return "";
  }
  std::vector<char> words(table.rows[0].size(), 0);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    for (std::size_t j = 0; j < std::min(words.size(), table.rows[i].size()); ++j) {
      words[j] = words[j] != 0 || !numeric(table.rows[i][j]) ? 1 : 0;
    }
  }
  const std::size_t end = std::min(table.rows.size(), most_rows + 1);
  std::string out =
      fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>\n"
                  "<caption>{0}{1}</caption>\n<thead><tr>",
                  escape(table.caption), end < table.rows.size() ? fmt::format(" (the first {})", end - 1) : "");
  const auto open = [&](const char* tag, std::size_t j) {
    return fmt::format("<{}{}>", tag, j < words.size() && words[j] != 0 ? " class=\"words\"" : "");
  };
  for (std::size_t j = 0; j < table.rows[0].size(); ++j) {
    out += open("th scope=\"col\"", j) + escape(table.rows[0][j]) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 1; i < end; ++i) {
    out += "<tr>";
    for (std::size_t j = 0; j < table.rows[i].size(); ++j) {
      out += open("td", j) + escape(table.rows[i][j]) + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table></div>\n";
}

constexpr const char* head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
)";

constexpr const char* built_without =
    "<p class=\"note\">This weyl was built without plotly.js: figures are still pictures, and surfaces are not shown. "
    "After <code>npm ci --prefix web</code> and a new build they can be zoomed and turned.</p>\n";

} // namespace

bool has_plotly() { return !plotly().empty(); }

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

std::string page(const Page& page) {
  std::string out = head;
  out +=
      fmt::format("<title>{0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n<header>\n<h1>{0}</h1>\n"
                  "<p class=\"command\"><code>{2}</code></p>\n<button type=\"button\" id=\"scheme\" hidden></button>\n"
                  "</header>\n<main>\n",
                  escape(page.title), style_sheet(), escape(page.command));
  out += facts_list(page.facts);
  out += paragraphs(page.notes);
  out += has_plotly() ? "" : built_without;
  out += page.view && has_plotly() ? view(*page.view) : "";
  out += "<div class=\"figures\">\n";
  Json figures = Json::array();
  for (const Figure& f : page.figures) {
    out += figure(f);
    figures.push_back(json_of(f));
  }
  out += "</div>\n";
  for (const Table& t : page.tables) {
    out += table(t);
  }
  out += paragraphs(page.remarks);
  out += fmt::format("</main>\n<footer>weyl {}</footer>\n", version());
  if (has_plotly()) {
    out += data("weyl-figures", figures);
    out += page.view ? data("weyl-surface", json_of(*page.view)) : "";
    out += "<script>\n" + std::string(plotly()) + "</script>\n";
  }
  return out + "<script>\n" + std::string(script()) + "</script>\n</body>\n</html>\n";
}

Facts facts(const SpaceDescription& space) {
  static constexpr const char* cells[] = {"", "segments", "triangles", "tetrahedra"};
  static constexpr const char* boundaries[] = {"", "end points", "boundary length", "boundary area"};
  const auto d = static_cast<std::size_t>(space.dimension);
  Facts result{{"vertices", grouped(space.vertices)},
               {cells[d], grouped(space.cells)},
               {volume_noun(space.dimension), fmt::format("{:.7g}", space.volume)}};
  if (space.boundary_volume != 0) {
    result.emplace_back(boundaries[d], fmt::format("{:.7g}", space.boundary_volume));
  }
  result.emplace_back("Euler characteristic",
                      fmt::format("{}{}", space.euler_characteristic, space.orientable ? "" : ", not orientable"));
  if (space.components != 1) {
    result.emplace_back("components", fmt::format("{}", space.components));
  }
  return result;
}

Facts facts(const SpaceDescription& space, const Discretization& discretization) {
  Facts result = facts(space);
  result.emplace_back("elements", order_name(discretization.order) + ", " + name(discretization.mass) + " mass");
  result.emplace_back("boundary condition", discretization.boundary == Boundary::neumann ? "Neumann" : "Dirichlet");
  result.emplace_back("unknowns", grouped(discretization.dofs));
  return result;
}

} // namespace weyl::html
