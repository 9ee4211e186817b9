// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// Wavefront OBJ: points, faces and lines; everything else is passed over.
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <charconv>
#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

/// The 0-based vertex of a reference such as `7`, `7/1`, `7//3`, `7/1/3` or `-1` (the last point so far).
int parse_reference(const Scanner& in, std::string_view reference, std::size_t points_so_far) {
  const std::string_view vertex = reference.substr(0, reference.find('/'));
  std::int64_t index = 0;
  const auto [last, error] = std::from_chars(vertex.data(), vertex.data() + vertex.size(), index);
  if (error != std::errc() || last != vertex.data() + vertex.size() || index > std::numeric_limits<int>::max()) {
    in.fail(quoted(reference) + " is not a vertex index");
  }
  if (index == 0) {
    in.fail("OBJ indices start at 1");
  }
  if (index < 0) {
    index += static_cast<std::int64_t>(points_so_far) + 1;
    if (index < 1) {
      in.fail(fmt::format("vertex index {} is out of range ({} vertices so far)", reference, points_so_far));
    }
  }
  return static_cast<int>(index - 1);
}

void read_point(Scanner& in, Soup& soup) {
  for (int c = 0; c < 3; ++c) {
    soup.points.push_back(in.coordinate());
  }
}

/// The vertices referred to on the rest of the line.
void read_references(Scanner& in, const Soup& soup, LargestIndex& largest, std::vector<int>& corners) {
  corners.clear();
  while (!in.at_line_end()) {
    corners.push_back(parse_reference(in, in.word(), soup.point_count()));
    largest.note(corners.back(), in.line());
  }
  if (corners.size() < 2) {
    in.fail("a face or line needs at least 2 vertices");
  }
}

} // namespace

Soup read_obj(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  Scanner in(content, source, {.comment = '#', .continuation = true});
  LargestIndex largest;
  std::vector<int> corners;
  while (in.find_line()) {
    const std::string_view keyword = in.word();
    if (keyword == "v") {
      read_point(in, soup);
    } else if (keyword == "f") {
      read_references(in, soup, largest, corners);
      add_polygon_or_segment(soup, corners);
    } else if (keyword == "l") {
      read_references(in, soup, largest, corners);
      for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        soup.segments.insert(soup.segments.end(), {corners[i], corners[i + 1]});
      }
    }
  }
  largest.check(soup.point_count(), 1, source);
  return soup;
}

} // namespace weyl::format
