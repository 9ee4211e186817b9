// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// FreeSurfer triangle surfaces: magic ff ff fe, two comment lines, big-endian counts, float points, int
/// triangles.
#include <array>
#include <bit>
#include <cstddef>
#include <string>
#include <string_view>

#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {

Soup read_freesurfer(std::string_view content, const std::string& source) {
  constexpr std::string_view triangle_magic = "\xFF\xFF\xFE";
  Soup soup;
  soup.source = source;
  Scanner in(content, source);
  in.start_binary(std::endian::big);
  if (!content.starts_with(triangle_magic)) {
    in.fail("not a FreeSurfer triangle surface (it does not start with ff ff fe)");
  }
  in.bytes(triangle_magic.size());
  in.end_line(); // who made it and when
  in.end_line(); // empty
  const std::size_t vertices = in.count(Number::i32, "vertices");
  const std::size_t triangles = in.count(Number::i32, "triangles");
  in.begin("vertices", vertices);
  for (std::size_t i = 0; i < vertices; ++i) {
    in.next_item();
    for (int c = 0; c < 3; ++c) {
      soup.points.push_back(in.coordinate(Number::f32));
    }
  }
  in.begin("triangles", triangles);
  for (std::size_t i = 0; i < triangles; ++i) {
    in.next_item();
    std::array<int, 3> corners{};
    for (int& corner : corners) {
      corner = in.index(Number::i32, vertices, 0);
    }
    soup.add_polygon(corners);
  }
  return soup;
}

} // namespace weyl::format
