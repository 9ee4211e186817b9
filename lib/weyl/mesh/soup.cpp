// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/soup.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {
namespace {

constexpr std::array<std::string_view, 4> cell_names{"", "segment", "triangle", "tetrahedron"};
constexpr std::array<std::string_view, 4> cell_names_plural{"", "segments", "triangles", "tetrahedra"};
constexpr std::array<std::string_view, 4> measure_names{"", "length", "area", "volume"};

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

std::string counted_cells(std::size_t count, int dimension) {
  const auto d = static_cast<std::size_t>(dimension);
  return counted(count, cell_names[d], cell_names_plural[d]);
}

/// Bits of a coordinate such that equal coordinates have equal bits.
std::uint64_t coordinate_bits(double x) { return std::bit_cast<std::uint64_t>(x == 0.0 ? 0.0 : x); }

std::uint64_t hash_point(const double *point) {
  constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15U; // 2^64 over the golden ratio
  constexpr int half = 32;
  std::uint64_t hash = 0;
  for (int c = 0; c < 3; ++c) {
    hash = (hash ^ coordinate_bits(point[c])) * multiplier;
    hash ^= hash >> half;
  }
  return hash;
}

/// For every point the number of the place that it marks; points that coincide mark one place. The places are numbered
/// in the order of their first points, which are moved to the front of `points`; the rest is cut off.
std::vector<int> merge_coincident_points(std::vector<double> &points) {
  const std::size_t count = points.size() / 3;
  const std::size_t table_size = std::bit_ceil(2 * count + 1);
  std::vector<int> table(table_size, -1); // open addressing; holds places
  std::vector<int> place(count);
  int places = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double *const point = points.data() + 3 * i;
    std::size_t slot = hash_point(point) & (table_size - 1);
    while (table[slot] >= 0 &&
           !std::equal(point, point + 3, points.data() + 3 * static_cast<std::size_t>(table[slot]))) {
      slot = (slot + 1) & (table_size - 1);
    }
    if (table[slot] < 0) {
      std::copy(point, point + 3, points.data() + 3 * static_cast<std::size_t>(places));
      table[slot] = places++;
    }
    place[i] = table[slot];
  }
  points.resize(3 * static_cast<std::size_t>(places));
  return place;
}

/// The corners of the triangles of all polygons, each a fan from the polygon's first corner.
std::vector<int> triangulate(Soup &soup) {
  if (soup.polygon_corners.size() == 3 * soup.polygon_count()) {
    return std::move(soup.polygon_corners); // no polygon has fewer than three corners: all are triangles
  }
  std::vector<int> triangles;
  triangles.reserve(3 * (soup.polygon_corners.size() - 2 * soup.polygon_count()));
  std::size_t start = 0;
  for (const std::size_t end : soup.polygon_ends) {
    for (std::size_t i = start + 1; i + 1 < end; ++i) {
      triangles.insert(triangles.end(),
                       {soup.polygon_corners[start], soup.polygon_corners[i], soup.polygon_corners[i + 1]});
    }
    start = end;
  }
  return triangles;
}

/// Moves the cells of the highest dimension into the mesh.
void take_cells(Soup &soup, Mesh &mesh) {
  if (!soup.tetrahedra.empty()) {
    mesh.dimension = 3;
    mesh.cells = std::move(soup.tetrahedra);
  } else if (!soup.polygon_ends.empty()) {
    mesh.dimension = 2;
    mesh.cells = triangulate(soup);
  } else {
    mesh.dimension = 1;
    mesh.cells = std::move(soup.segments);
  }
  if (mesh.cells.empty()) {
    throw InputError(soup.source, "there is no cell (segment, polygon or tetrahedron)");
  }
}

bool repeats_vertex(std::span<const int> cell) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (cell[i] == cell[j]) {
        return true;
      }
    }
  }
  return false;
}

/// \return how many were dropped.
std::size_t drop_cells_that_repeat_a_vertex(Mesh &mesh) {
  const std::size_t cells = mesh.cell_count();
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  std::size_t kept = 0;
  for (std::size_t c = 0; c < cells; ++c) {
    const std::span<const int> cell = mesh.cell(c);
    if (!repeats_vertex(cell)) {
      std::copy(cell.begin(), cell.end(), mesh.cells.begin() + static_cast<std::ptrdiff_t>(kept * corners));
      ++kept;
    }
  }
  mesh.cells.resize(kept * corners);
  return cells - kept;
}

/// Makes the points that cells use the mesh's vertices, in their order. \return how many were dropped.
std::size_t drop_isolated_points(Mesh &mesh, std::vector<double> points) {
  const std::size_t count = points.size() / 3;
  std::vector<int> vertex(count, -1);
  for (const int v : mesh.cells) {
    vertex[static_cast<std::size_t>(v)] = 0;
  }
  int vertices = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (vertex[i] == 0) {
      vertex[i] = vertices;
      const double *const point = points.data() + 3 * i;
      std::copy(point, point + 3, points.data() + 3 * static_cast<std::size_t>(vertices));
      ++vertices;
    }
  }
  points.resize(3 * static_cast<std::size_t>(vertices));
  for (int &v : mesh.cells) {
    v = vertex[static_cast<std::size_t>(v)];
  }
  mesh.vertex_count = vertices;
  mesh.positions = std::move(points);
  return count - static_cast<std::size_t>(vertices);
}

/// How many cells have the vertices of an earlier one. The cells are grouped by their smallest vertex, so that each
/// comparison stays among few.
std::size_t count_duplicates(const Mesh &mesh) {
  using Others = std::array<int, 3>; // the other vertices in ascending order, padded at the end
  const std::size_t cells = mesh.cell_count();
  std::vector<std::size_t> start(static_cast<std::size_t>(mesh.vertex_count) + 1, 0);
  for (std::size_t c = 0; c < cells; ++c) {
    ++start[static_cast<std::size_t>(std::ranges::min(mesh.cell(c))) + 1];
  }
  for (std::size_t v = 1; v < start.size(); ++v) {
    start[v] += start[v - 1];
  }
  std::vector<std::size_t> next(start.begin(), start.end() - 1);
  std::vector<Others> grouped(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    std::array<int, 4> sorted{};
    sorted.fill(std::numeric_limits<int>::max());
    std::ranges::copy(mesh.cell(c), sorted.begin());
    std::sort(sorted.begin(), sorted.end());
    grouped[next[static_cast<std::size_t>(sorted[0])]++] = {sorted[1], sorted[2], sorted[3]};
  }
  std::size_t duplicates = 0;
  for (std::size_t v = 0; v + 1 < start.size(); ++v) {
    const auto first = grouped.begin() + static_cast<std::ptrdiff_t>(start[v]);
    const auto last = grouped.begin() + static_cast<std::ptrdiff_t>(start[v + 1]);
    std::sort(first, last);
    duplicates += static_cast<std::size_t>(last - std::unique(first, last));
  }
  return duplicates;
}

/// Volumes are computed from products of up to six lengths, which have to stay far inside the range of a double.
void check_size(const Mesh &mesh, const std::string &source) {
  constexpr double smallest = 1e-45;
  constexpr double largest = 1e45;
  double extent = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (std::size_t i = axis; i < mesh.positions.size(); i += 3) {
      low = std::min(low, mesh.positions[i]);
      high = std::max(high, mesh.positions[i]);
    }
    extent = std::max(extent, high - low);
  }
  if (extent > 0.0 && (extent < smallest || extent > largest)) {
    throw InputError(source, fmt::format("the mesh is {:.3g} across: scale it to a size between {:g} and {:g}", extent,
                                         smallest, largest));
  }
}

std::size_t count_cells_without_volume(const Mesh &mesh) {
  std::size_t count = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    count += cell_volume(mesh, c) > 0.0 ? 0 : 1;
  }
  return count;
}

} // namespace

CheckedMesh to_mesh(Soup soup) {
  CheckedMesh checked{.mesh = {}, .warnings = std::move(soup.warnings)};
  Mesh &mesh = checked.mesh;
  std::vector<std::string> &warnings = checked.warnings;

  take_cells(soup, mesh);
  if (soup.merge_points) {
    const std::vector<int> place = merge_coincident_points(soup.points);
    for (int &v : mesh.cells) {
      v = place[static_cast<std::size_t>(v)];
    }
  }
  if (const std::size_t dropped = drop_cells_that_repeat_a_vertex(mesh); dropped > 0) {
    warnings.push_back(counted_cells(dropped, mesh.dimension) + " with a repeated vertex dropped");
  }
  const auto d = static_cast<std::size_t>(mesh.dimension);
  const std::string no_volume = fmt::format("no cell has a positive {}", measure_names[d]);
  if (mesh.cells.empty()) {
    throw InputError(soup.source, no_volume + " (every cell repeats a vertex)");
  }
  if (const std::size_t dropped = drop_isolated_points(mesh, std::move(soup.points)); dropped > 0) {
    warnings.push_back(counted(dropped, "isolated vertex", "isolated vertices") + " dropped");
  }
  check_size(mesh, soup.source);
  const std::size_t flat = count_cells_without_volume(mesh);
  if (flat == mesh.cell_count()) {
    throw InputError(soup.source, no_volume);
  }
  if (flat > 0) {
    warnings.push_back(fmt::format("{} of zero {} contribute{} nothing", counted_cells(flat, mesh.dimension),
                                   measure_names[d], flat == 1 ? "s" : ""));
  }
  if (const std::size_t duplicates = count_duplicates(mesh); duplicates > 0) {
    warnings.push_back(counted(duplicates, "duplicate cell", "duplicate cells") + " kept");
  }
  return checked;
}

} // namespace weyl
