// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// PLY, ascii and binary. Elements and properties that hold neither points nor cells are passed over.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

constexpr std::array<std::pair<std::string_view, Number>, 16> ply_numbers{{{"char", Number::i8},
                                                                           {"int8", Number::i8},
                                                                           {"uchar", Number::u8},
                                                                           {"uint8", Number::u8},
                                                                           {"short", Number::i16},
                                                                           {"int16", Number::i16},
                                                                           {"ushort", Number::u16},
                                                                           {"uint16", Number::u16},
                                                                           {"int", Number::i32},
                                                                           {"int32", Number::i32},
                                                                           {"uint", Number::u32},
                                                                           {"uint32", Number::u32},
                                                                           {"float", Number::f32},
                                                                           {"float32", Number::f32},
                                                                           {"double", Number::f64},
                                                                           {"float64", Number::f64}}};

struct Property {
  std::string_view name;
  Number type = Number::f32;
  std::optional<Number> count_type; ///< set for lists
};

struct Element {
  std::string_view name;
  std::size_t count = 0;
  std::vector<Property> properties;
};

Number read_number_type(Scanner& in) {
  const std::string_view name = in.word();
  const std::optional<Number> type = find_number(ply_numbers, name);
  if (!type) {
    in.fail(fmt::format("unknown PLY type {}", quoted(name)));
  }
  return *type;
}

Property read_property(Scanner& in) {
  Property property;
  Scanner ahead = in;
  if (ahead.word() == "list") {
    in = ahead;
    property.count_type = read_number_type(in);
  }
  property.type = read_number_type(in);
  property.name = in.word();
  return property;
}

/// The byte order of a binary file; nothing for ascii.
std::optional<std::endian> read_encoding(Scanner& in) {
  const std::string_view encoding = in.word();
  if (encoding == "ascii") {
    return std::nullopt;
  }
  if (encoding != "binary_little_endian" && encoding != "binary_big_endian") {
    in.fail(fmt::format("unknown PLY format {}", quoted(encoding)));
  }
  return encoding == "binary_little_endian" ? std::endian::little : std::endian::big;
}

/// Reads the header and leaves `in` at the first element, turned to binary where the file is.
std::vector<Element> read_elements(Scanner& in) {
  if (in.word() != "ply") {
    in.fail("expected ply");
  }
  std::vector<Element> elements;
  std::optional<std::endian> order;
  bool format_known = false;
  while (true) {
    in.end_line();
    if (!in.find_line()) {
      in.fail("unexpected end of file in the header");
    }
    const std::string_view keyword = in.word();
    if (keyword == "format") {
      order = read_encoding(in);
      format_known = true;
    } else if (keyword == "element") {
      const std::string_view name = in.word();
      elements.push_back({name, in.count(name == "vertex" ? "vertices" : "elements"), {}});
    } else if (keyword == "property" && !elements.empty()) {
      elements.back().properties.push_back(read_property(in));
    } else if (keyword == "end_header") {
      break;
    } else if (keyword != "comment" && keyword != "obj_info") {
      in.fail(fmt::format("{} is not expected here", quoted(keyword)));
    }
  }
  if (!format_known) {
    in.fail("the header names no format");
  }
  in.end_line();
  if (order) {
    in.start_binary(*order);
  }
  return elements;
}

std::optional<std::size_t> find_property(const Element& element, std::string_view name, bool list) {
  for (std::size_t i = 0; i < element.properties.size(); ++i) {
    if (element.properties[i].name == name && element.properties[i].count_type.has_value() == list) {
      return i;
    }
  }
  return std::nullopt;
}

void skip_property(Scanner& in, const Property& property) {
  const std::size_t numbers = property.count_type ? in.count(*property.count_type, "list entries") : 1;
  for (std::size_t i = 0; i < numbers; ++i) {
    in.skip(property.type);
  }
}

void skip_element(Scanner& in, const Element& element) {
  const std::size_t count = element.properties.empty() ? 0 : element.count;
  in.begin("elements", count);
  for (std::size_t i = 0; i < count; ++i) {
    in.next_item();
    for (const Property& property : element.properties) {
      skip_property(in, property);
    }
  }
}

void read_vertices(Scanner& in, const Element& element, Soup& soup) {
  std::array<std::size_t, 3> axis{};
  constexpr std::array<std::string_view, 3> names{"x", "y", "z"};
  for (std::size_t c = 0; c < 3; ++c) {
    const std::optional<std::size_t> property = find_property(element, names[c], false);
    if (!property) {
      in.fail(fmt::format("the vertices have no property {}", names[c]));
    }
    axis[c] = *property;
  }
  in.begin("vertices", element.count);
  for (std::size_t i = 0; i < element.count; ++i) {
    in.next_item();
    std::array<double, 3> point{};
    for (std::size_t p = 0; p < element.properties.size(); ++p) {
      const Property& property = element.properties[p];
      if (p == axis[0] || p == axis[1] || p == axis[2]) {
        point[p == axis[0] ? 0 : p == axis[1] ? 1 : 2] = in.coordinate(property.type);
      } else {
        skip_property(in, property);
      }
    }
    soup.points.insert(soup.points.end(), point.begin(), point.end());
  }
}

void read_faces(Scanner& in, const Element& element, std::size_t vertices, Soup& soup) {
  std::optional<std::size_t> list = find_property(element, "vertex_indices", true);
  list = list ? list : find_property(element, "vertex_index", true);
  if (!list && element.count > 0) {
    in.fail("the faces have no list vertex_indices");
  }
  in.begin("faces", element.count);
  std::vector<int> corners;
  for (std::size_t i = 0; i < element.count; ++i) {
    in.next_item();
    for (std::size_t p = 0; p < element.properties.size(); ++p) {
      const Property& property = element.properties[p];
      if (p != list) {
        skip_property(in, property);
        continue;
      }
      corners.resize(in.count(*property.count_type, "corners"));
      for (int& corner : corners) {
        corner = in.index(property.type, vertices, 0);
      }
      add_polygon_or_segment(soup, corners);
    }
  }
}

void read_edges(Scanner& in, const Element& element, std::size_t vertices, Soup& soup) {
  const std::optional<std::size_t> first = find_property(element, "vertex1", false);
  const std::optional<std::size_t> second = find_property(element, "vertex2", false);
  if (!first || !second) {
    skip_element(in, element);
    return;
  }
  in.begin("edges", element.count);
  for (std::size_t i = 0; i < element.count; ++i) {
    in.next_item();
    std::array<int, 2> corners{};
    for (std::size_t p = 0; p < element.properties.size(); ++p) {
      const Property& property = element.properties[p];
      if (p == first || p == second) {
        corners[p == first ? 0 : 1] = in.index(property.type, vertices, 0);
      } else {
        skip_property(in, property);
      }
    }
    add_cell(soup, Shape::segment, corners);
  }
}

std::size_t vertex_count(const Scanner& in, const std::vector<Element>& elements) {
  for (const Element& element : elements) {
    if (element.name == "vertex") {
      return element.count;
    }
  }
  in.fail("the header names no element vertex");
}

} // namespace

Soup read_ply(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  Scanner in(content, source);
  const std::vector<Element> elements = read_elements(in);
  const std::size_t vertices = vertex_count(in, elements);
  for (const Element& element : elements) {
    if (element.name == "vertex") {
      read_vertices(in, element, soup);
    } else if (element.name == "face") {
      read_faces(in, element, vertices, soup);
    } else if (element.name == "edge") {
      read_edges(in, element, vertices, soup);
    } else if (element.name == "tristrips" && element.count > 0) {
      in.fail("triangle strips are not supported; save the mesh with faces");
    } else {
      skip_element(in, element);
    }
  }
  return soup;
}

} // namespace weyl::format
