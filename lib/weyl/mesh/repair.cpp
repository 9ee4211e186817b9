// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/repair.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

// CGAL's checks stay on in release builds: they turn what would loop for ever on a hostile soup into an exception.
#define CGAL_DEBUG
// Inlined CGAL containers trigger it, in templates that this file instantiates.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Polygon_mesh_processing/manifoldness.h>
#include <CGAL/Polygon_mesh_processing/orient_polygon_soup.h>
#include <CGAL/Polygon_mesh_processing/orientation.h>
#include <CGAL/Polygon_mesh_processing/polygon_soup_to_polygon_mesh.h>
#include <CGAL/Polygon_mesh_processing/repair_degeneracies.h>
#include <CGAL/Polygon_mesh_processing/repair_polygon_soup.h>
#include <CGAL/Polygon_mesh_processing/stitch_borders.h>
#include <CGAL/Polygon_mesh_processing/triangulate_faces.h>
#include <CGAL/Surface_mesh.h>
#include <CGAL/boost/graph/Euler_operations.h>
#include <CGAL/boost/graph/helpers.h>

#include "weyl/core/error.hpp"

namespace weyl {
namespace {

namespace pmp = CGAL::Polygon_mesh_processing;
using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using Surface = CGAL::Surface_mesh<Kernel::Point_3>;

constexpr double cap_cosine = -0.99984769515639127; // 179°
constexpr double needle_ratio = 1000;

struct Polygons {
  std::vector<Kernel::Point_3> points;
  std::vector<std::vector<std::size_t>> corners;
};

/// "merged 1 point", "merged 2 points"; nothing for 0.
void note(std::vector<std::string>& warnings, std::string_view verb, std::size_t count, std::string_view one,
          std::string_view many) {
  if (count > 0) {
    warnings.push_back(fmt::format("{} {} {}", verb, count, count == 1 ? one : many));
  }
}

Polygons polygons_of(const Soup& soup) {
  Polygons p;
  p.points.reserve(soup.point_count());
  for (std::size_t i = 0; i < soup.point_count(); ++i) {
    p.points.emplace_back(soup.points[3 * i], soup.points[3 * i + 1], soup.points[3 * i + 2]);
  }
  p.corners.reserve(soup.polygon_count());
  std::size_t begin = 0;
  for (const std::size_t end : soup.polygon_ends) {
    auto& polygon = p.corners.emplace_back();
    for (; begin < end; ++begin) {
      polygon.push_back(static_cast<std::size_t>(soup.polygon_corners[begin]));
    }
  }
  return p;
}

void orient(Polygons& p, std::vector<std::string>& warnings) {
  const std::size_t points = p.points.size();
  pmp::orient_polygon_soup(p.points, p.corners);
  note(warnings, "cut a surface that is not an orientable manifold by duplicating", p.points.size() - points, "point",
       "points");
}

/// Cleans the soup and orients it, so that it can become a halfedge mesh.
void clean(Polygons& p, std::vector<std::string>& warnings) {
  note(warnings, "merged", pmp::merge_duplicate_points_in_polygon_soup(p.points, p.corners), "duplicate point",
       "duplicate points");
  const std::size_t polygons = p.corners.size();
  const std::size_t points = p.points.size();
  pmp::repair_polygon_soup(p.points, p.corners);
  if (p.corners.size() < polygons) { // it may also split polygons that touch themselves
    note(warnings, "removed", polygons - p.corners.size(), "duplicate or degenerate polygon",
         "duplicate or degenerate polygons");
  }
  note(warnings, "dropped", points - p.points.size(), "unused point", "unused points");
  orient(p, warnings);
}

/// Number of needles and caps.
std::size_t sliver_count(const Surface& surface) {
  const auto faces = surface.faces();
  return static_cast<std::size_t>(std::count_if(faces.begin(), faces.end(), [&](Surface::Face_index f) {
    return pmp::is_needle_triangle_face(f, surface, needle_ratio) != Surface::null_halfedge() ||
           pmp::is_cap_triangle_face(f, surface, cap_cosine) != Surface::null_halfedge();
  }));
}

/// Triangulates all faces, as fans where CGAL finds no plane to do better in.
void triangulate(Surface& surface) {
  if (pmp::triangulate_faces(surface)) {
    return;
  }
  const std::vector<Surface::Face_index> faces(surface.faces().begin(), surface.faces().end());
  for (const auto f : faces) {
    auto h = surface.halfedge(f);
    while (!CGAL::is_triangle(h, surface)) {
      h = CGAL::Euler::split_face(h, surface.next(surface.next(h)), surface);
    }
  }
}

std::size_t degenerate_count(const Surface& surface) {
  std::vector<Surface::Face_index> faces;
  pmp::degenerate_faces(surface, std::back_inserter(faces));
  return faces.size();
}

/// Triangulates, removes what has no area, stitches.
Surface triangle_mesh(const Polygons& p, const RepairOptions& options, std::vector<std::string>& warnings) {
  Surface surface;
  pmp::polygon_soup_to_polygon_mesh(p.points, p.corners, surface);
  triangulate(surface);

  const std::size_t degenerate = degenerate_count(surface);
  pmp::remove_degenerate_faces(surface);
  const std::size_t kept = degenerate_count(surface);
  note(warnings, "removed", degenerate - std::min(degenerate, kept), "triangle without area", "triangles without area");
  note(warnings, "could not remove", kept, "triangle without area", "triangles without area");
  if (options.remove_slivers) {
    const std::size_t slivers = sliver_count(surface);
    pmp::experimental::remove_almost_degenerate_faces(surface, cap_cosine, needle_ratio, 0.0);
    note(warnings, "removed", slivers - std::min(slivers, sliver_count(surface)), "sliver", "slivers");
  }
  surface.collect_garbage();
  note(warnings, "stitched", pmp::stitch_borders(surface), "pair of border edges", "pairs of border edges");
  note(warnings, "split", pmp::duplicate_non_manifold_vertices(surface), "non-manifold vertex",
       "non-manifold vertices");
  for (const auto v : surface.vertices()) {
    if (surface.is_isolated(v)) {
      surface.remove_vertex(v);
    }
  }
  if (CGAL::is_closed(surface)) {
    pmp::orient(surface);
  }
  surface.collect_garbage();
  return surface;
}

Polygons polygons_of(const Surface& surface) {
  Polygons p;
  for (const auto v : surface.vertices()) {
    p.points.push_back(surface.point(v));
  }
  for (const auto f : surface.faces()) {
    auto& triangle = p.corners.emplace_back();
    for (const auto v : surface.vertices_around_face(surface.halfedge(f))) {
      triangle.push_back(static_cast<std::size_t>(v));
    }
  }
  return p;
}

Mesh mesh_of(const Polygons& p) {
  Mesh mesh;
  mesh.vertex_count = static_cast<int>(p.points.size());
  mesh.positions.reserve(3 * p.points.size());
  for (const auto& point : p.points) {
    mesh.positions.insert(mesh.positions.end(), {point.x(), point.y(), point.z()});
  }
  mesh.cells.reserve(3 * p.corners.size());
  for (const auto& triangle : p.corners) {
    for (const std::size_t v : triangle) {
      mesh.cells.push_back(static_cast<int>(v));
    }
  }
  return mesh;
}

} // namespace

CheckedMesh repair(Soup soup, const RepairOptions& options) {
  if (!soup.tetrahedra.empty()) {
    throw InputError(soup.source, "only surfaces can be repaired, and this is a mesh of tetrahedra");
  }
  CheckedMesh result;
  result.warnings = std::move(soup.warnings);
  Polygons polygons;
  try {
    polygons = polygons_of(soup);
    clean(polygons, result.warnings);
    polygons = polygons_of(triangle_mesh(polygons, options, result.warnings));
    // Two edges of a halfedge mesh may have the same ends; a Mesh cannot tell them apart.
    if (!pmp::is_polygon_soup_a_polygon_mesh(polygons.corners)) {
      orient(polygons, result.warnings);
    }
  } catch (const CGAL::Failure_exception& failure) {
    throw NumericalError(fmt::format("{}: the surface could not be repaired: {}", soup.source, failure.message()));
  }
  if (polygons.corners.empty()) {
    throw InputError(soup.source, "there is no polygon with an area");
  }
  result.mesh = mesh_of(polygons);
  return result;
}

} // namespace weyl
