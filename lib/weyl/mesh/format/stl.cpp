// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// STL, ascii and binary (little-endian). The corners of its triangles are merged where they coincide.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

constexpr std::size_t stl_header_size = 80;
constexpr std::size_t prologue_size = 84;
constexpr std::size_t triangle_size = 50;
constexpr std::size_t normal_size = 12;
constexpr std::size_t attribute_size = 2;

std::uint64_t promised_triangles(std::string_view content) {
  return static_cast<std::uint64_t>(load_integer(content.data() + stl_header_size, Number::u32, std::endian::little));
}

std::uint64_t promised_size(std::string_view content) {
  return prologue_size + triangle_size * promised_triangles(content);
}

std::string lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return lower;
}

/// The size decides first, because binary files may start with "solid" too.
bool is_binary(std::string_view content) {
  if (content.size() < prologue_size) {
    return false;
  }
  return promised_size(content) == content.size() || lower_case(Scanner(content, "").next_word()) != "solid";
}

/// Makes a polygon of the points from `first` on.
void add_facet(Soup& soup, std::size_t first) {
  std::vector<int> corners(soup.point_count() - first);
  std::iota(corners.begin(), corners.end(), static_cast<int>(first));
  soup.add_polygon(corners);
}

void read_binary(std::string_view content, Soup& soup) {
  Scanner in(content, soup.source);
  in.start_binary(std::endian::little);
  in.bytes(prologue_size);
  const std::uint64_t triangles = promised_triangles(content);
  if (promised_size(content) > content.size()) {
    in.fail(fmt::format("the header promises {} triangles ({} bytes), but the file has {} bytes", triangles,
                        promised_size(content), content.size()));
  }
  in.check_count(static_cast<std::int64_t>(3 * triangles), "corners");
  if (promised_size(content) < content.size()) {
    soup.warnings.push_back(
        fmt::format("{} bytes after the last triangle ignored", content.size() - promised_size(content)));
  }
  soup.points.reserve(9 * triangles);
  for (std::uint64_t t = 0; t < triangles; ++t) {
    in.bytes(normal_size);
    for (int c = 0; c < 9; ++c) {
      soup.points.push_back(in.coordinate(Number::f32));
    }
    in.bytes(attribute_size);
  }
  soup.polygon_corners.resize(3 * triangles);
  std::iota(soup.polygon_corners.begin(), soup.polygon_corners.end(), 0);
  soup.polygon_ends.resize(triangles);
  for (std::size_t t = 0; t < triangles; ++t) {
    soup.polygon_ends[t] = 3 * (t + 1);
  }
}

/// The words of a facet, other than "vertex" and "endloop", carry nothing that is needed.
bool is_structure(std::string_view word) {
  return word == "outer" || word == "loop" || word == "endfacet" || word == "color";
}

void read_ascii(std::string_view content, Soup& soup) {
  Scanner in(content, soup.source);
  std::size_t loop_start = 0;
  bool ended = false;
  for (std::string word = lower_case(in.next_word()); !word.empty(); word = lower_case(in.next_word())) {
    if (word == "solid" || word == "endsolid") {
      in.end_line();
      ended = word == "endsolid";
    } else if (word == "facet") {
      in.word(); // "normal"
      for (int c = 0; c < 3; ++c) {
        in.word();
      }
      loop_start = soup.point_count();
    } else if (word == "vertex") {
      for (int c = 0; c < 3; ++c) {
        soup.points.push_back(in.coordinate());
      }
    } else if (word == "endloop") {
      if (soup.point_count() < loop_start + 3) {
        in.fail("a facet needs 3 vertices");
      }
      add_facet(soup, loop_start);
      loop_start = soup.point_count();
    } else if (!is_structure(word)) {
      in.fail(fmt::format("{} does not belong into an STL file", quoted(word)));
    }
  }
  if (!ended) {
    in.fail("unexpected end of file: 'endsolid' is missing");
  }
}

} // namespace

Soup read_stl(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  soup.merge_points = true;
  if (is_binary(content)) {
    read_binary(content, soup);
  } else {
    read_ascii(content, soup);
  }
  return soup;
}

} // namespace weyl::format
