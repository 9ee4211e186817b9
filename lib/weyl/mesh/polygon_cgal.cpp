// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/polygon_cgal.hpp"

#include <unordered_map>

// Inlined CGAL containers trigger it, in templates that this file instantiates.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include <CGAL/Constrained_Delaunay_triangulation_2.h>
#include <CGAL/Delaunay_mesh_face_base_2.h>
#include <CGAL/Delaunay_mesh_size_criteria_2.h>
#include <CGAL/Delaunay_mesh_vertex_base_2.h>
#include <CGAL/Delaunay_mesher_2.h>
#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Polygon_2.h>

#include "weyl/core/error.hpp"

namespace weyl {
namespace {

using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using VertexBase = CGAL::Delaunay_mesh_vertex_base_2<Kernel>;
using FaceBase = CGAL::Delaunay_mesh_face_base_2<Kernel>;
using ConstrainedTriangulation =
    CGAL::Constrained_Delaunay_triangulation_2<Kernel, CGAL::Triangulation_data_structure_2<VertexBase, FaceBase>>;
using Criteria = CGAL::Delaunay_mesh_size_criteria_2<ConstrainedTriangulation>;
using Mesher = CGAL::Delaunay_mesher_2<ConstrainedTriangulation, Criteria>;

constexpr double least_sine_squared = 0.125; // 20.7°, for which refinement is known to end

CGAL::Polygon_2<Kernel> cgal_polygon(const Polygon& polygon) {
  CGAL::Polygon_2<Kernel> result;
  for (const auto& [x, y] : polygon) {
    result.push_back({x, y});
  }
  return result;
}

} // namespace

std::optional<std::pair<std::size_t, std::size_t>> first_crossing(const Polygon& polygon) {
  const CGAL::Polygon_2<Kernel> p = cgal_polygon(polygon);
  if (p.is_simple()) {
    return std::nullopt;
  }
  const std::size_t n = p.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      const bool neighbours = j == i + 1 || (i == 0 && j == n - 1);
      const bool meet = CGAL::do_intersect(p.edge(i), p.edge(j));
      const auto& far = j == i + 1 ? p.vertex((j + 1) % n) : p.vertex(j); // not shared
      const bool fold =
          n > 2 && neighbours && (p.edge(i).has_on(far) || p.edge(j).has_on(p.vertex(j == i + 1 ? i : 1)));
      if ((meet && !neighbours) || fold || p.edge(i).is_degenerate() || p.edge(j).is_degenerate()) {
        return std::pair(i, j);
      }
    }
  }
  return std::pair(std::size_t{0}, n - 1);
}

Mesh triangulate(const Polygon& polygon, double size) {
  if (polygon.size() < 3 || first_crossing(polygon)) {
    throw InputError("polygon", "is not simple: its edges cross or touch");
  }
  ConstrainedTriangulation triangulation;
  const CGAL::Polygon_2<Kernel> p = cgal_polygon(polygon);
  triangulation.insert_constraint(p.vertices_begin(), p.vertices_end(), true);
  Mesher mesher(triangulation, Criteria(least_sine_squared, size));
  mesher.refine_mesh();

  Mesh mesh{.dimension = 2, .ambient_dimension = 2};
  std::unordered_map<ConstrainedTriangulation::Vertex_handle, int> number;
  for (const ConstrainedTriangulation::Face_handle face : triangulation.finite_face_handles()) {
    if (!face->is_in_domain()) {
      continue;
    }
    for (int i = 0; i < 3; ++i) {
      const auto [known, is_new] = number.try_emplace(face->vertex(i), mesh.vertex_count);
      if (is_new) {
        ++mesh.vertex_count;
        mesh.positions.push_back(face->vertex(i)->point().x());
        mesh.positions.push_back(face->vertex(i)->point().y());
      }
      mesh.cells.push_back(known->second);
    }
  }
  return mesh;
}

} // namespace weyl
