// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/format/vtk_cells.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/format/cells.hpp"

namespace weyl::format {
namespace {

constexpr std::int64_t poly_vertex = 2;
constexpr std::int64_t poly_line = 4;
constexpr std::int64_t triangle_strip = 6;
constexpr std::int64_t polygon = 7;
constexpr std::int64_t pixel = 8;

struct CellType {
  std::int64_t number;
  Shape shape;
  std::size_t corners; ///< they come first
  bool curved;
};

constexpr std::array<CellType, 13> fixed_types{{{1, Shape::point, 1, false},
                                                {3, Shape::segment, 2, false},
                                                {5, Shape::polygon, 3, false},
                                                {9, Shape::polygon, 4, false},
                                                {10, Shape::tetrahedron, 4, false},
                                                {21, Shape::segment, 2, true},
                                                {22, Shape::polygon, 3, true},
                                                {23, Shape::polygon, 4, true},
                                                {24, Shape::tetrahedron, 4, true},
                                                {68, Shape::segment, 2, true},
                                                {69, Shape::polygon, 3, true},
                                                {70, Shape::polygon, 4, true},
                                                {71, Shape::tetrahedron, 4, true}}};

void add_strip(Soup &soup, std::span<const int> nodes) {
  for (std::size_t i = 0; i + 2 < nodes.size(); ++i) {
    const std::size_t odd = i % 2;
    add_cell(soup, Shape::polygon, std::array{nodes[i + odd], nodes[i + 1 - odd], nodes[i + 2]});
  }
}

void add_poly_line(Soup &soup, std::span<const int> nodes) {
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    add_cell(soup, Shape::segment, nodes.subspan(i, 2));
  }
}

} // namespace

void add_vtk_cell(Soup &soup, std::size_t cell, std::int64_t type, std::span<const int> nodes, std::size_t &curved) {
  if (type == poly_vertex) {
    return;
  }
  if (type == poly_line) {
    add_poly_line(soup, nodes);
  } else if (type == triangle_strip) {
    add_strip(soup, nodes);
  } else if (type == polygon) {
    add_polygon_or_segment(soup, nodes);
  } else if (type == pixel && nodes.size() == 4) {
    add_cell(soup, Shape::polygon, std::array{nodes[0], nodes[1], nodes[3], nodes[2]});
  } else {
    const auto *const known =
        std::find_if(fixed_types.begin(), fixed_types.end(), [type](const CellType &t) { return t.number == type; });
    if (known == fixed_types.end()) {
      throw InputError(soup.source, fmt::format("cell {} has VTK type {}: {}", cell, type, unsupported_cell));
    }
    if (nodes.size() < known->corners || (nodes.size() > known->corners && !known->curved)) {
      throw InputError(soup.source, fmt::format("cell {} of VTK type {} has {} points", cell, type, nodes.size()));
    }
    add_cell(soup, known->shape, nodes.first(known->corners));
    curved += known->curved ? 1 : 0;
  }
}

} // namespace weyl::format
