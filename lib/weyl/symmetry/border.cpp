// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/border.hpp"

#include <algorithm>
#include <cmath>

#include "weyl/core/error.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl::symmetry {

namespace {

using Vector = Eigen::Vector3d;

constexpr double rounding = 1e-9;    ///< of the farthest coordinate
constexpr double near_end = 1.0 / 6; ///< part of an edge by which its end may be moved along it

} // namespace

Border::Border(Mesh& mesh, std::string place) : mesh_(mesh), place_(std::move(place)) {
  const Facets edges = facets(mesh);
  for (std::size_t e = 0; e < edges.count(); ++e) {
    if (edges.valence(e) == 1) {
      cell_of_[{edges.facet(e)[0], edges.facet(e)[1]}] = edges.sides[edges.first_side[e]] / 3;
    }
  }
  for (int v = 0; v < mesh.vertex_count; ++v) {
    tolerance_ = std::max(tolerance_, rounding * at(v).norm());
  }
}

Vector Border::at(int v) const { return Eigen::Map<const Vector>(mesh_.position(v).data()); }

int Border::divide(int a, int b, double t) {
  const auto known = cell_of_.extract(std::minmax(a, b));
  if (known.empty()) {
    throw InputError(place_, "walls of the fundamental cell share an edge of the surface, which may branch there");
  }
  const int m = mesh_.vertex_count++;
  const Vector x = (1 - t) * at(a) + t * at(b);
  mesh_.positions.insert(mesh_.positions.end(), x.begin(), x.end());
  const std::size_t near = known.mapped(); // keeps a
  const std::size_t far = mesh_.cell_count();
  int apex = a;
  for (std::size_t i = 0; i < 3; ++i) {
    const int v = mesh_.cells[3 * near + i];
    apex = v != a && v != b ? v : apex;
    mesh_.cells.push_back(v == a ? m : v);
  }
  std::ranges::replace(mesh_.cells.begin() + static_cast<std::ptrdiff_t>(3 * near),
                       mesh_.cells.begin() + static_cast<std::ptrdiff_t>(3 * near + 3), b, m);
  cell_of_[std::minmax(a, m)] = near;
  cell_of_[std::minmax(b, m)] = far;
  if (const auto side = cell_of_.find(std::minmax(b, apex)); side != cell_of_.end()) {
    side->second = far;
  }
  return m;
}

bool Border::lies_in(const std::pair<int, int>& edge, const Vector& normal) const {
  return std::abs(normal.dot(at(edge.first))) <= tolerance_ && std::abs(normal.dot(at(edge.second))) <= tolerance_;
}

std::vector<std::pair<int, int>> Border::edges(const Vector& normal, const Vector& side) const {
  std::vector<std::pair<int, int>> result;
  for (const auto& [edge, cell] : cell_of_) {
    if (lies_in(edge, normal) && (side.isZero() || side.dot(at(edge.first) + at(edge.second)) / 2 > tolerance_)) {
      result.push_back(edge);
    }
  }
  return result;
}

void Border::mark(const Vector& normal, const Vector& side) {
  for (const auto& [a, b] : edges(normal)) {
    const double at_a = side.dot(at(a));
    const double at_b = side.dot(at(b));
    if (at_a * at_b >= 0 || std::min(std::abs(at_a), std::abs(at_b)) <= tolerance_) {
      continue;
    }
    const double t = at_a / (at_a - at_b);
    if (std::min(t, 1 - t) < near_end) {
      Eigen::Map<Vector>(&mesh_.positions[3 * static_cast<std::size_t>(t < near_end ? a : b)]) =
          (1 - t) * at(a) + t * at(b);
    } else {
      divide(a, b, t);
    }
  }
}

std::vector<Chain> Border::chains(const Vector& normal, const Vector& side) const {
  std::map<int, std::vector<int>> next;
  for (const auto& [a, b] : edges(normal, side)) {
    next[a].push_back(b);
    next[b].push_back(a);
  }
  for (const auto& [v, others] : next) {
    if (others.size() > 2) {
      throw InputError(place_, "the surface branches where it is to be cut; repair it (weyl-mesh --repair)");
    }
  }
  std::vector<Chain> result;
  const auto walk = [&](int start) {
    Chain chain{start};
    for (int v = start; !next[v].empty();) {
      const int w = next[v].back();
      next[v].pop_back();
      std::erase(next[w], v);
      chain.push_back(v = w);
    }
    result.push_back(std::move(chain));
  };
  for (const std::size_t ends : {1, 2}) { // open paths, then closed ones
    for (const auto& [v, others] : next) {
      if (others.size() == ends) {
        walk(v);
      }
    }
  }
  return result;
}

} // namespace weyl::symmetry
