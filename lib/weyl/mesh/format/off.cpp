// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// OFF, as Geomview's manual describes it: [ST][C][N][4][n]OFF, ascii.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

struct Header {
  int dimension = 3;
  bool homogeneous = false;
  std::size_t vertices = 0;
  std::size_t faces = 0;
};

bool remove_prefix(std::string_view& word, std::string_view prefix) {
  const bool there = word.starts_with(prefix);
  word.remove_prefix(there ? prefix.size() : 0);
  return there;
}

/// Reads the keyword; a file may leave it out and start with the counts.
void read_keyword(Scanner& in, Header& header) {
  const std::string_view word = in.word();
  std::string_view flags = word;
  if (!flags.ends_with("OFF") && word != "off") {
    in.fail(fmt::format("expected OFF, found {}", quoted(word)));
  }
  flags.remove_suffix(3);
  remove_prefix(flags, "ST");
  remove_prefix(flags, "C");
  remove_prefix(flags, "N");
  header.homogeneous = remove_prefix(flags, "4");
  const bool any_dimension = remove_prefix(flags, "n");
  if (!flags.empty()) {
    in.fail(fmt::format("unknown kind of OFF file {}", quoted(word)));
  }
  if (any_dimension) {
    in.find_word();
    const std::int64_t dimension = in.integer("dimension");
    if (dimension < 1 || dimension > 3) {
      in.fail(fmt::format("points with {} coordinates are not supported (at most 3)", dimension));
    }
    header.dimension = static_cast<int>(dimension);
  }
}

Header read_header(Scanner& in) {
  Header header;
  if (!in.find_word()) {
    in.fail("expected OFF, found the end of the file");
  }
  Scanner ahead = in;
  const std::string_view first = ahead.word();
  if (!std::all_of(first.begin(), first.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    read_keyword(in, header);
    ahead = in;
    if (ahead.next_word() == "BINARY") {
      in.fail("binary OFF is not supported; save it as ascii");
    }
  }
  in.begin("header", 2);
  in.find_word();
  header.vertices = in.count("vertices");
  in.find_word();
  header.faces = in.count("faces");
  return header;
}

/// Points may be followed by normals, colours and texture coordinates, which are passed over.
void read_points(Scanner& in, const Header& header, Soup& soup) {
  constexpr std::size_t shortest_line = 6;
  soup.points.reserve(3 * std::min(header.vertices, in.remaining() / shortest_line + 1));
  if (!header.homogeneous) {
    read_point_lines(in, soup, header.vertices, header.dimension);
    return;
  }
  in.begin("vertices", header.vertices);
  for (std::size_t i = 0; i < header.vertices; ++i) {
    in.next_line_item();
    double point[3] = {0.0, 0.0, 0.0};
    for (int c = 0; c < header.dimension; ++c) {
      point[c] = in.coordinate();
    }
    const double weight = in.coordinate();
    if (weight == 0.0) {
      in.fail("a point at infinity (last homogeneous coordinate 0)");
    }
    for (const double x : point) {
      soup.points.push_back(x / weight);
    }
  }
}

/// Faces may be followed by colours, which are passed over.
void read_faces(Scanner& in, const Header& header, Soup& soup) {
  constexpr std::size_t shortest_line = 6;
  const std::size_t likely_faces = std::min(header.faces, in.remaining() / shortest_line + 1);
  soup.polygon_ends.reserve(likely_faces);
  soup.polygon_corners.reserve(3 * likely_faces);
  std::vector<int> corners;
  in.begin("faces", header.faces);
  for (std::size_t i = 0; i < header.faces; ++i) {
    in.next_line_item();
    corners.resize(in.count("corners"));
    if (corners.empty()) {
      in.fail("a face without corners");
    }
    for (int& corner : corners) {
      corner = in.index(header.vertices, 0);
    }
    add_polygon_or_segment(soup, corners);
  }
}

} // namespace

Soup read_off(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  Scanner in(content, source, {.comment = '#'});
  const Header header = read_header(in);
  read_points(in, header, soup);
  read_faces(in, header, soup);
  return soup;
}

} // namespace weyl::format
