// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// MFEM mesh v1.0, ascii. The boundary elements are passed over: they follow from the cells.
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

struct Geometry {
  Shape shape;
  std::size_t corners;
};

/// MFEM's geometry types 0 to 4; the later ones are not supported.
constexpr std::array<Geometry, 5> geometries{
    {{Shape::point, 1}, {Shape::segment, 2}, {Shape::polygon, 3}, {Shape::polygon, 4}, {Shape::tetrahedron, 4}}};

/// Lines "attribute type vertices...".
void read_elements(Scanner& in, Soup& soup, LargestIndex& largest) {
  const std::size_t count = in.next_count("elements");
  std::array<int, 4> corners{};
  in.begin("elements", count);
  for (std::size_t i = 0; i < count; ++i) {
    in.next_line_item();
    in.integer("attribute");
    const std::int64_t type = in.integer("geometry type");
    if (type < 0 || static_cast<std::uint64_t>(type) >= geometries.size()) {
      in.fail(fmt::format("geometry type {}: {}", type, unsupported_cell));
    }
    const Geometry& geometry = geometries[static_cast<std::size_t>(type)];
    for (std::size_t c = 0; c < geometry.corners; ++c) {
      const std::int64_t index = in.integer("vertex index");
      if (index < 0 || index > std::numeric_limits<int>::max()) {
        in.fail(fmt::format("vertex index {} is out of range", index));
      }
      largest.note(index, in.line());
      corners[c] = static_cast<int>(index);
    }
    add_cell(soup, geometry.shape, std::span(corners).first(geometry.corners));
  }
}

void skip_lines(Scanner& in, const char* items) {
  const std::size_t count = in.next_count(items);
  in.begin(items, count);
  for (std::size_t i = 0; i < count; ++i) {
    in.next_line_item();
    in.word();
  }
}

void read_vertices(Scanner& in, Soup& soup) {
  const std::size_t count = in.next_count("vertices");
  if (!in.find_word()) {
    in.begin("vertices", count);
    in.next_line_item();
  }
  Scanner ahead = in;
  if (ahead.word() == "nodes") {
    in.fail("the coordinates are in a 'nodes' section (a curved or periodic mesh), which is not supported");
  }
  const std::int64_t dimension = in.integer("dimension");
  if (dimension < 1 || dimension > 3) {
    in.fail(fmt::format("vertices with {} coordinates are not supported (1 to 3)", dimension));
  }
  read_point_lines(in, soup, count, static_cast<int>(dimension));
}

} // namespace

Soup read_mfem(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  Scanner in(content, source, {.comment = '#'});
  in.find_line();
  const std::string_view title = in.rest_of_line();
  if (title != "MFEM mesh v1.0") {
    in.fail(fmt::format("only 'MFEM mesh v1.0' is supported, not {}", quoted(title)));
  }
  LargestIndex largest;
  while (in.find_line()) {
    const std::string_view section = in.word();
    if (section == "dimension") {
      in.find_word();
      in.integer("dimension");
    } else if (section == "elements") {
      read_elements(in, soup, largest);
    } else if (section == "boundary") {
      skip_lines(in, "boundary elements");
    } else if (section == "vertices") {
      read_vertices(in, soup);
    } else if (section == "nodes") {
      in.fail("a 'nodes' section (a curved or periodic mesh) is not supported");
    } else {
      in.fail(fmt::format("unknown section {}", quoted(section)));
    }
  }
  largest.check(soup.point_count(), 0, source);
  return soup;
}

} // namespace weyl::format
