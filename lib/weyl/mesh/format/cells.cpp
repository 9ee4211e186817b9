// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/format/cells.hpp"

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl::format {

void add_cell(Soup &soup, Shape shape, std::span<const int> corners) {
  switch (shape) {
  case Shape::point:
    break;
  case Shape::segment:
    soup.segments.insert(soup.segments.end(), corners.begin(), corners.end());
    break;
  case Shape::polygon:
    soup.add_polygon(corners);
    break;
  case Shape::tetrahedron:
    soup.tetrahedra.insert(soup.tetrahedra.end(), corners.begin(), corners.end());
    break;
  case Shape::unsupported:
    throw InputError(soup.source, unsupported_cell);
  }
}

void add_polygon_or_segment(Soup &soup, std::span<const int> corners) {
  const Shape shape = corners.size() > 2 ? Shape::polygon : corners.size() == 2 ? Shape::segment : Shape::point;
  add_cell(soup, shape, corners);
}

void warn_of_curved_cells(Soup &soup, std::size_t count) {
  if (count > 0) {
    soup.warnings.push_back(fmt::format("{} curved cell{} reduced to the corners", count, count == 1 ? "" : "s"));
  }
}

void read_point_lines(Scanner &in, Soup &soup, std::size_t count, int dimension) {
  in.begin("vertices", count);
  for (std::size_t i = 0; i < count; ++i) {
    in.next_line_item();
    for (int c = 0; c < 3; ++c) {
      soup.points.push_back(c < dimension ? in.coordinate() : 0.0);
    }
  }
}

void LargestIndex::note(std::int64_t index, long line) {
  if (index > index_) {
    index_ = index;
    line_ = line;
  }
}

void LargestIndex::check(std::size_t vertex_count, int base, const std::string &source) const {
  if (index_ >= 0 && static_cast<std::uint64_t>(index_) >= vertex_count) {
    throw InputError(source, line_,
                     fmt::format("vertex index {} is out of range ({} vertices)", index_ + base, vertex_count));
  }
}

} // namespace weyl::format
