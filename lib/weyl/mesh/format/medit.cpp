// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// MEDIT .mesh, ascii. Sections that hold neither points nor cells are passed over.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

struct Section {
  std::string_view keyword;
  const char* items;
  Shape shape;
  std::size_t corners;
};

constexpr std::array<Section, 7> cell_sections{{{"Edges", "edges", Shape::segment, 2},
                                                {"Triangles", "triangles", Shape::polygon, 3},
                                                {"Quadrilaterals", "quadrilaterals", Shape::polygon, 4},
                                                {"Tetrahedra", "tetrahedra", Shape::tetrahedron, 4},
                                                {"Hexahedra", "hexahedra", Shape::unsupported, 8},
                                                {"Prisms", "prisms", Shape::unsupported, 6},
                                                {"Pyramids", "pyramids", Shape::unsupported, 5}}};

void read_vertices(Scanner& in, int dimension, Soup& soup) {
  read_point_lines(in, soup, in.next_count("vertices"), dimension);
  in.end_line();
}

void read_cells(Scanner& in, const Section& section, Soup& soup) {
  const std::size_t count = in.next_count(section.items);
  if (count > 0 && section.shape == Shape::unsupported) {
    in.fail(fmt::format("{} {}: {}", count, section.items, unsupported_cell));
  }
  std::array<int, 4> corners{};
  in.begin(section.items, count);
  for (std::size_t i = 0; i < count; ++i) {
    in.next_line_item();
    for (std::size_t c = 0; c < section.corners; ++c) {
      corners[c] = in.index(soup.point_count(), 1);
    }
    add_cell(soup, section.shape, std::span(corners).first(section.corners));
  }
  in.end_line();
}

const Section* find_section(std::string_view keyword) {
  for (const Section& section : cell_sections) {
    if (section.keyword == keyword) {
      return &section;
    }
  }
  return nullptr;
}

/// Passes over the numbers of a section that is not needed.
void skip_numbers(Scanner& in) {
  Scanner ahead = in;
  for (std::string_view word = ahead.next_word(); !word.empty(); word = ahead.next_word()) {
    const bool letter = (word[0] >= 'A' && word[0] <= 'Z') || (word[0] >= 'a' && word[0] <= 'z');
    if (letter) {
      return;
    }
    in = ahead;
  }
  in = ahead;
}

int read_dimension(Scanner& in) {
  in.find_word();
  const std::int64_t dimension = in.integer("dimension");
  if (dimension != 2 && dimension != 3) {
    in.fail(fmt::format("dimension {} is not supported (2 or 3)", dimension));
  }
  return static_cast<int>(dimension);
}

} // namespace

Soup read_medit(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  Scanner in(content, source, {.comment = '#'});
  if (in.next_word() != "MeshVersionFormatted") {
    in.fail("expected MeshVersionFormatted");
  }
  skip_numbers(in);
  int dimension = 3;
  for (std::string_view keyword = in.next_word(); !keyword.empty() && keyword != "End"; keyword = in.next_word()) {
    const Section* const cells = find_section(keyword);
    if (keyword == "Dimension") {
      dimension = read_dimension(in);
    } else if (keyword == "Vertices") {
      read_vertices(in, dimension, soup);
    } else if (cells != nullptr) {
      read_cells(in, *cells, soup);
    } else {
      skip_numbers(in);
    }
  }
  return soup;
}

} // namespace weyl::format
