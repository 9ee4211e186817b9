// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What the tests of meshes measure, written independently of the library's own topology.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <numbers>
#include <set>
#include <utility>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace facts {

/// How many cells have each face with the given number of vertices.
inline std::map<std::vector<int>, int> faces(const weyl::Mesh& mesh, std::size_t corners) {
  std::map<std::vector<int>, int> count;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto cell = mesh.cell(c);
    for (unsigned mask = 1; mask < (1U << cell.size()); ++mask) {
      std::vector<int> face;
      for (std::size_t i = 0; i < cell.size(); ++i) {
        if ((mask & (1U << i)) != 0) {
          face.push_back(cell[i]);
        }
      }
      if (face.size() == corners) {
        std::sort(face.begin(), face.end());
        ++count[face];
      }
    }
  }
  return count;
}

inline long euler_characteristic(const weyl::Mesh& mesh) {
  long sum = mesh.vertex_count;
  for (int d = 1; d < mesh.dimension; ++d) {
    sum += (d % 2 == 0 ? 1 : -1) * static_cast<long>(faces(mesh, static_cast<std::size_t>(d) + 1).size());
  }
  return sum + (mesh.dimension % 2 == 0 ? 1 : -1) * static_cast<long>(mesh.cell_count());
}

/// Facets of exactly one cell.
inline std::vector<std::vector<int>> boundary(const weyl::Mesh& mesh) {
  std::vector<std::vector<int>> result;
  for (const auto& [facet, count] : faces(mesh, static_cast<std::size_t>(mesh.dimension))) {
    if (count == 1) {
      result.push_back(facet);
    }
  }
  return result;
}

/// Every facet belongs to one or two cells.
inline bool is_manifold(const weyl::Mesh& mesh) {
  const auto all = faces(mesh, static_cast<std::size_t>(mesh.dimension));
  return std::all_of(all.begin(), all.end(), [](const auto& facet) { return facet.second <= 2; });
}

/// No directed edge of a surface occurs twice.
inline bool is_oriented(const weyl::Mesh& mesh) {
  std::set<std::pair<int, int>> directed;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    for (std::size_t i = 0; i < 3; ++i) {
      if (!directed.insert({mesh.cell(c)[i], mesh.cell(c)[(i + 1) % 3]}).second) {
        return false;
      }
    }
  }
  return true;
}

/// Every vertex belongs to a cell, and no two have the same coordinates.
inline bool has_clean_vertices(const weyl::Mesh& mesh) {
  const std::set<int> used(mesh.cells.begin(), mesh.cells.end());
  bool clean = static_cast<int>(used.size()) == mesh.vertex_count && *used.begin() == 0;
  if (!mesh.positions.empty()) {
    std::set<std::vector<double>> points;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      const auto p = mesh.position(v);
      clean = clean && points.emplace(p.begin(), p.end()).second;
    }
  }
  return clean;
}

inline double longest_edge(const weyl::Mesh& mesh) {
  double longest = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto squared = weyl::edge_lengths_squared(mesh, c);
    longest = std::max(longest, *std::max_element(squared.begin(), squared.end()));
  }
  return std::sqrt(longest);
}

/// Least and greatest angle of all triangles, or dihedral angle of all tetrahedra, in degrees.
inline std::pair<double, double> angles(const weyl::Mesh& mesh) {
  double least = 180;
  double greatest = 0;
  const auto note = [&](double cosine) {
    const double angle = std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / std::numbers::pi;
    least = std::min(least, angle);
    greatest = std::max(greatest, angle);
  };
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto squared = weyl::edge_lengths_squared(mesh, c);
    const auto at = [&](std::size_t i, std::size_t j) {
      const auto [low, high] = std::minmax(i, j);
      return squared[high * (high - 1) / 2 + low];
    };
    const auto cosine = [&](std::size_t apex, std::size_t i, std::size_t j) {
      return (at(apex, i) + at(apex, j) - at(i, j)) / (2 * std::sqrt(at(apex, i) * at(apex, j)));
    };
    const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
    for (std::size_t apex = 0; apex < corners; ++apex) {
      const std::array others{(apex + 1) % corners, (apex + 2) % corners, (apex + 3) % corners};
      if (corners == 3) {
        note(cosine(apex, others[0], others[1]));
        continue;
      }
      for (std::size_t k = 0; k < 3; ++k) { // spherical law of cosines around the apex
        const double a = cosine(apex, others[(k + 1) % 3], others[(k + 2) % 3]);
        const double b = cosine(apex, others[k], others[(k + 1) % 3]);
        const double d = cosine(apex, others[k], others[(k + 2) % 3]);
        note((a - b * d) / std::sqrt((1 - b * b) * (1 - d * d)));
      }
    }
  }
  return {least, greatest};
}

/// Six times the volume between a closed surface and 0, or the sum over tetrahedra; twice the area of plane triangles.
/// Positive where the cells are oriented outward, positively, counter-clockwise.
inline double signed_volume(const weyl::Mesh& mesh, std::size_t c) {
  const auto cell = mesh.cell(c);
  std::array<std::array<double, 3>, 3> e{};
  if (mesh.ambient_dimension == 2) {
    const auto o = mesh.position(cell[0]);
    const auto a = mesh.position(cell[1]);
    const auto b = mesh.position(cell[2]);
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      e[i][k] =
          mesh.dimension == 3 ? mesh.position(cell[i + 1])[k] - mesh.position(cell[0])[k] : mesh.position(cell[i])[k];
    }
  }
  return e[0][0] * (e[1][1] * e[2][2] - e[1][2] * e[2][1]) - e[0][1] * (e[1][0] * e[2][2] - e[1][2] * e[2][0]) +
         e[0][2] * (e[1][0] * e[2][1] - e[1][1] * e[2][0]);
}

} // namespace facts
