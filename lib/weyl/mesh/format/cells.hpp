// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The cells of mesh files, by shape.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "weyl/mesh/format/scanner.hpp"
#include "weyl/mesh/soup.hpp"

namespace weyl::format {

enum class Shape { point, segment, polygon, tetrahedron, unsupported };

/// Why a file with hexahedra, prisms or pyramids is refused: leaving them out would leave holes in the space.
inline constexpr const char* unsupported_cell =
    "only segments, triangles, polygons and tetrahedra are supported; split the other cells first";

/// Appends a cell with the right number of corners for its shape; a point is no cell and is passed over.
void add_cell(Soup& soup, Shape shape, std::span<const int> corners);

/// Appends a polygon by its corners: two make a segment, one is passed over.
void add_polygon_or_segment(Soup& soup, std::span<const int> corners);

/// Warns that `count` cells had nodes besides their corners.
void warn_of_curved_cells(Soup& soup, std::size_t count);

/// Reads `count` points, each on a line of its own, of `dimension` ≤ 3 coordinates; what follows on the line is
/// passed over.
void read_point_lines(Scanner& in, Soup& soup, std::size_t count, int dimension);

/// The largest vertex index of a file that may name points before it lists them.
class LargestIndex {
public:
  /// \param index 0-based.
  void note(std::int64_t index, long line);
  /// \param base what the format counts from. \throws InputError if the index is out of range.
  void check(std::size_t vertex_count, int base, const std::string& source) const;

private:
  std::int64_t index_ = -1;
  long line_ = 0;
};

} // namespace weyl::format
