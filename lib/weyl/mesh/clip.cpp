// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/clip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include <Eigen/Geometry>

#include "weyl/core/error.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

constexpr double nearby = 0.2;          // part of an edge that an end may move along it
constexpr double most_turned = 0.05;    // sine of the angle by which this may turn what is adjacent
constexpr double least_area_left = 0.3; // of an adjacent triangle
constexpr double rounding = 1e-12;      // of the farthest coordinate

using Vector = Eigen::Vector3d;

/// A surface while it is cut by a plane.
class Cut {
public:
  Cut(const Mesh& mesh, const Vector& normal) : mesh_(mesh), height_(static_cast<std::size_t>(mesh.vertex_count)) {
    double farthest = 0;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      height_[v] = normal.dot(at(v));
      farthest = std::max(farthest, at(v).norm());
    }
    for (double& h : height_) {
      h = std::abs(h) <= rounding * farthest ? 0 : h;
    }
  }

  [[nodiscard]] bool is_above() const {
    return std::ranges::all_of(height_, [](double h) { return h >= 0; });
  }

  /// Moves vertices close to the plane onto it.
  void snap() {
    collect();
    std::vector<int> order;
    for (int v = 0; v < mesh_.vertex_count; ++v) {
      if (height_[v] != 0) {
        order.push_back(v);
      }
    }
    std::ranges::stable_sort(order, {}, [&](int v) { return std::abs(height_[v]); });
    for (const int v : order) {
      double least = most_turned;
      Vector best;
      for (const int w : neighbours(v)) {
        const double t = height_[v] / (height_[v] - height_[w]);
        if (height_[v] * height_[w] < 0 && t <= nearby) {
          const Vector there = at(v) + t * (at(w) - at(v));
          if (const double turn = turned(v, w, there); turn < least) {
            least = turn;
            best = there;
          }
        }
      }
      if (least < most_turned) {
        Eigen::Map<Vector>(&mesh_.positions[3 * static_cast<std::size_t>(v)]) = best;
        height_[v] = 0;
      }
    }
  }

  /// What lies above, with new vertices where edges cross the plane.
  Mesh above() {
    Mesh result{.dimension = 2, .ambient_dimension = 3};
    std::vector<int> number(height_.size(), -1);
    std::map<std::pair<int, int>, int> crossing;
    const auto add = [&](const Vector& x) {
      result.positions.insert(result.positions.end(), x.begin(), x.end());
      return result.vertex_count++;
    };
    const auto old = [&](int v) { return number[v] < 0 ? number[v] = add(at(v)) : number[v]; };
    const auto between = [&](int v, int w) {
      const auto [known, is_new] = crossing.try_emplace(std::minmax(v, w), result.vertex_count);
      if (is_new) {
        add(at(v) + height_[v] / (height_[v] - height_[w]) * (at(w) - at(v)));
      }
      return known->second;
    };
    for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
      const std::span<const int> cell = mesh_.cell(c);
      if (std::ranges::none_of(cell, [&](int v) { return height_[v] > 0; })) {
        continue;
      }
      std::vector<int> corners;
      for (std::size_t i = 0; i < 3; ++i) {
        const int v = cell[i];
        const int w = cell[(i + 1) % 3];
        if (height_[v] >= 0) {
          corners.push_back(old(v));
        }
        if (height_[v] * height_[w] < 0) {
          corners.push_back(between(v, w));
        }
      }
      const auto x = [&](std::size_t i) { return Eigen::Map<const Vector>(result.position(corners[i]).data()); };
      if (corners.size() == 4 && (x(1) - x(3)).squaredNorm() < (x(0) - x(2)).squaredNorm()) {
        std::rotate(corners.begin(), corners.begin() + 1, corners.end()); // the shorter diagonal
      }
      for (std::size_t i = 2; i < corners.size(); ++i) {
        result.cells.insert(result.cells.end(), {corners[0], corners[i - 1], corners[i]});
      }
    }
    return result;
  }

private:
  [[nodiscard]] Vector at(int v) const { return Eigen::Map<const Vector>(mesh_.position(v).data()); }

  /// Cells at each vertex that a cut edge ends in, and its neighbours along the border.
  void collect() {
    cells_.resize(height_.size());
    border_.resize(height_.size());
    for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
      for (const int v : mesh_.cell(c)) {
        cells_[v].push_back(c);
      }
    }
    const Facets edges = facets(mesh_);
    for (std::size_t e = 0; e < edges.count(); ++e) {
      if (edges.valence(e) == 1) {
        border_[edges.facet(e)[0]].push_back(edges.facet(e)[1]);
        border_[edges.facet(e)[1]].push_back(edges.facet(e)[0]);
      }
    }
  }

  /// Where v may move to: along the border if it lies on it.
  [[nodiscard]] std::vector<int> neighbours(int v) const {
    if (!border_[v].empty()) {
      return border_[v];
    }
    std::vector<int> result;
    for (const std::size_t c : cells_[v]) {
      std::ranges::copy_if(mesh_.cell(c), std::back_inserter(result), [&](int w) { return w != v; });
    }
    return result;
  }

  /// The largest sine by which moving v along its edge to w turns a triangle or a border; 1 if a triangle shrinks.
  [[nodiscard]] double turned(int v, int w, const Vector& there) const {
    double result = 0;
    for (const int b : border_[v]) {
      result = std::max(result, (at(b) - at(v)).normalized().cross((at(w) - at(v)).normalized()).norm());
    }
    if (border_[v].size() > 2) {
      return 1;
    }
    for (const std::size_t c : cells_[v]) {
      std::array<Vector, 3> x;
      std::ranges::transform(mesh_.cell(c), x.begin(), [&](int u) { return at(u); });
      const Vector before = (x[1] - x[0]).cross(x[2] - x[0]);
      std::ranges::transform(mesh_.cell(c), x.begin(), [&](int u) { return u == v ? there : at(u); });
      const Vector after = (x[1] - x[0]).cross(x[2] - x[0]);
      if (!(after.dot(before) > least_area_left * before.squaredNorm())) {
        return 1;
      }
      result = std::max(result, before.normalized().cross(after.normalized()).norm());
    }
    return result;
  }

  Mesh mesh_;
  std::vector<double> height_; ///< over the plane, per vertex
  std::vector<std::vector<std::size_t>> cells_;
  std::vector<std::vector<int>> border_;
};

} // namespace

Mesh clip(const Mesh& mesh, const Eigen::Vector3d& normal) {
  if (mesh.dimension != 2 || mesh.ambient_dimension != 3 || mesh.is_intrinsic()) {
    throw InputError("clip", "only surfaces in space can be cut by a plane");
  }
  Cut cut(mesh, normal.normalized());
  if (cut.is_above()) {
    return mesh;
  }
  cut.snap();
  return cut.above();
}

} // namespace weyl
