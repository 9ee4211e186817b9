// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/surface_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include <Eigen/Geometry>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/report/description.hpp"

namespace weyl {

namespace {

using Triangle = std::array<int, 3>;

/// The cells of a surface, or the faces of tetrahedra that belong to one of them only.
std::vector<Triangle> surface(const Mesh& mesh) {
  std::vector<Triangle> triangles;
  if (mesh.dimension == 2) {
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      const auto v = mesh.cell(c);
      triangles.push_back({v[0], v[1], v[2]});
    }
    return triangles;
  }
  std::map<Triangle, std::pair<Triangle, int>> faces;
  static constexpr std::array<Triangle, 4> sides{{{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}}};
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto v = mesh.cell(c);
    for (const Triangle& side : sides) {
      const auto at = [&](std::size_t i) { return v[static_cast<std::size_t>(side[i])]; };
      const Triangle face{at(0), at(1), at(2)};
      Triangle key = face;
      std::ranges::sort(key);
      const auto entry = faces.try_emplace(key, face, 0).first;
      ++entry->second.second;
    }
  }
  for (const auto& [key, face] : faces) {
    if (face.second == 1) {
      triangles.push_back(face.first);
    }
  }
  return triangles;
}

/// The vertices of triangles, ascending.
std::vector<int> used(const std::vector<Triangle>& triangles, int vertex_count) {
  std::vector<char> mark(static_cast<std::size_t>(vertex_count), 0);
  for (const Triangle& t : triangles) {
    for (const int v : t) {
      mark[static_cast<std::size_t>(v)] = 1;
    }
  }
  std::vector<int> vertices;
  for (int v = 0; v < vertex_count; ++v) {
    if (mark[static_cast<std::size_t>(v)] != 0) {
      vertices.push_back(v);
    }
  }
  return vertices;
}

Eigen::Vector3d point(const Mesh& mesh, int v) {
  const auto x = mesh.position(v);
  Eigen::Vector3d p = Eigen::Vector3d::Zero();
  for (std::size_t i = 0; i < std::min<std::size_t>(3, x.size()); ++i) {
    p[static_cast<Eigen::Index>(i)] = x[i];
  }
  return p;
}

/// Number of the cell of a cubic grid of size h that each point is in, and how many there are.
std::pair<std::vector<int>, int> grid_cells(const std::vector<Eigen::Vector3d>& points, double h) {
  std::unordered_map<std::uint64_t, int> number;
  std::vector<int> cell;
  cell.reserve(points.size());
  for (const Eigen::Vector3d& p : points) {
    std::uint64_t key = 0;
    for (const double x : p) {
      key = key << 21U |
            static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(x / h)) + (1 << 20)) % (1U << 21U);
    }
    cell.push_back(number.try_emplace(key, static_cast<int>(number.size())).first->second);
  }
  return {std::move(cell), static_cast<int>(number.size())};
}

/// For each of the points the one that stays in its place: the grid is as fine as `most` points allow.
std::vector<int> representatives(const std::vector<Eigen::Vector3d>& points, double size, std::size_t most) {
  double coarse = size;
  double fine = size / 1000;
  std::pair<std::vector<int>, int> best = grid_cells(points, coarse);
  for (int i = 0; i < 12; ++i) {
    const double h = std::sqrt(coarse * fine);
    auto tried = grid_cells(points, h);
    if (static_cast<std::size_t>(tried.second) <= most) {
      coarse = h;
      best = std::move(tried);
    } else {
      fine = h;
    }
  }
  const auto& [cell, count] = best;
  std::vector<Eigen::Vector3d> mean(static_cast<std::size_t>(count), Eigen::Vector3d::Zero());
  std::vector<double> members(static_cast<std::size_t>(count), 0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto c = static_cast<std::size_t>(cell[i]);
    mean[c] += points[i];
    members[c] += 1;
  }
  std::vector<int> nearest(static_cast<std::size_t>(count), -1);
  std::vector<double> distance(static_cast<std::size_t>(count), std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto c = static_cast<std::size_t>(cell[i]);
    const double d = (points[i] - mean[c] / members[c]).squaredNorm();
    if (d < distance[c]) {
      distance[c] = d;
      nearest[c] = static_cast<int>(i);
    }
  }
  std::vector<int> result(points.size());
  std::ranges::transform(cell, result.begin(), [&](int c) { return nearest[static_cast<std::size_t>(c)]; });
  return result;
}

} // namespace

bool can_be_drawn(const Mesh& mesh) {
  return mesh.dimension >= 2 && mesh.ambient_dimension >= 2 && !mesh.positions.empty();
}

Eigen::Index drawable_functions(const Mesh& mesh, const SurfaceViewOptions& options) {
  const auto shown = std::min<std::size_t>(options.vertices, static_cast<std::size_t>(mesh.vertex_count));
  return static_cast<Eigen::Index>(options.values / std::max<std::size_t>(1, shown));
}

SurfaceView surface_view(const Mesh& mesh, const Eigen::MatrixXd& values, const SurfaceViewOptions& options) {
  if (!can_be_drawn(mesh)) {
    throw InputError("surface_view", "the mesh has no surface in space");
  }
  const std::vector<Triangle> triangles = surface(mesh);
  std::vector<int> vertices = used(triangles, mesh.vertex_count);
  SurfaceView view{.positions = {}, .triangles = {}};
  std::vector<int> shown(static_cast<std::size_t>(mesh.vertex_count)); // number in the view
  const std::size_t all = vertices.size();
  if (all > options.vertices) {
    std::vector<Eigen::Vector3d> points;
    Eigen::AlignedBox3d box;
    for (const int v : vertices) {
      points.push_back(point(mesh, v));
      box.extend(points.back());
    }
    const std::vector<int> stays = representatives(points, box.sizes().maxCoeff(), options.vertices);
    std::vector<int> kept;
    for (std::size_t i = 0; i < all; ++i) {
      if (stays[i] == static_cast<int>(i)) {
        shown[static_cast<std::size_t>(vertices[i])] = static_cast<int>(kept.size());
        kept.push_back(vertices[i]);
      }
    }
    for (std::size_t i = 0; i < all; ++i) {
      shown[static_cast<std::size_t>(vertices[i])] =
          shown[static_cast<std::size_t>(vertices[static_cast<std::size_t>(stays[i])])];
    }
    vertices = std::move(kept);
    view.note = fmt::format("Drawn with {} of {} vertices.", grouped(static_cast<std::int64_t>(vertices.size())),
                            grouped(static_cast<std::int64_t>(all)));
  } else {
    for (std::size_t i = 0; i < all; ++i) {
      shown[static_cast<std::size_t>(vertices[i])] = static_cast<int>(i);
    }
  }
  for (const Triangle& t : triangles) {
    std::array<std::uint32_t, 3> corner{};
    std::ranges::transform(t, corner.begin(),
                           [&](int v) { return static_cast<std::uint32_t>(shown[static_cast<std::size_t>(v)]); });
    if (corner[0] != corner[1] && corner[1] != corner[2] && corner[2] != corner[0]) {
      view.triangles.insert(view.triangles.end(), corner.begin(), corner.end());
    }
  }
  for (const int v : vertices) {
    const Eigen::Vector3d p = point(mesh, v);
    view.positions.insert(view.positions.end(),
                          {static_cast<float>(p.x()), static_cast<float>(p.y()), static_cast<float>(p.z())});
  }
  view.flat = true;
  for (std::size_t i = 2; i < view.positions.size(); i += 3) {
    view.flat = view.flat && view.positions[i] == view.positions[2];
  }
  const Eigen::Index functions = std::min<Eigen::Index>(
      values.cols(), static_cast<Eigen::Index>(options.values / std::max<std::size_t>(1, vertices.size())));
  for (Eigen::Index k = 0; k < functions; ++k) {
    const double scale = values.col(k).cwiseAbs().maxCoeff();
    view.scales.push_back(scale);
    for (const int v : vertices) {
      view.values.push_back(static_cast<std::int16_t>(scale > 0 ? std::lround(32767 * values(v, k) / scale) : 0));
    }
  }
  if (functions < values.cols()) {
    view.note += fmt::format("{}The first {} of {} functions.", view.note.empty() ? "" : " ", functions, values.cols());
  }
  return view;
}

} // namespace weyl
