// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/walls.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/symmetry/point_group.hpp"

namespace weyl::symmetry {

namespace {

using Vector = Eigen::Vector3d;
using Matrix = Eigen::Matrix3d;

constexpr double on_plane = 1e-9; ///< of the farthest coordinate
constexpr double third = 1.0 / 3; ///< of an edge: vertices that are nearer are matched

Vector position(const Mesh& mesh, int v) { return Eigen::Map<const Vector>(mesh.position(v).data()); }

bool is_mirror(const Matrix& a) { return a.determinant() < 0 && std::abs(a.trace() - 1) < 1e-6; }

/// A path of border edges along a wall; the first vertex again at the end if it is closed.
using Chain = std::vector<int>;

/// A piece whose border edges can be divided.
class Piece {
public:
  Piece(Mesh& mesh, std::string place) : mesh_(mesh), place_(std::move(place)) {
    const Facets edges = facets(mesh);
    for (std::size_t e = 0; e < edges.count(); ++e) {
      if (edges.valence(e) == 1) {
        cell_of_[{edges.facet(e)[0], edges.facet(e)[1]}] = edges.sides[edges.first_side[e]] / 3;
      }
    }
    for (int v = 0; v < mesh.vertex_count; ++v) {
      size_ = std::max(size_, at(v).norm());
    }
  }

  [[nodiscard]] Vector at(int v) const { return position(mesh_, v); }

  /// Puts a vertex on the border edge ab, at (1 − t)a + t b.
  int divide(int a, int b, double t) {
    const int m = mesh_.vertex_count++;
    const Vector x = (1 - t) * at(a) + t * at(b);
    mesh_.positions.insert(mesh_.positions.end(), x.begin(), x.end());
    const auto known = cell_of_.extract(std::minmax(a, b));
    const std::size_t near = known.mapped();
    const std::size_t far = mesh_.cell_count();
    int apex = 0;
    for (std::size_t i = 0; i < 3; ++i) { // near keeps a, far gets b
      int& v = mesh_.cells[3 * near + i];
      apex = v != a && v != b ? v : apex;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const int v = mesh_.cells[3 * near + i];
      mesh_.cells.push_back(v == a ? m : v);
    }
    std::ranges::replace(mesh_.cells.begin() + static_cast<std::ptrdiff_t>(3 * near),
                         mesh_.cells.begin() + static_cast<std::ptrdiff_t>(3 * near + 3), b, m);
    cell_of_[{std::min(a, m), std::max(a, m)}] = near;
    cell_of_[{std::min(b, m), std::max(b, m)}] = far;
    if (const auto side = cell_of_.find(std::minmax(b, apex)); side != cell_of_.end()) {
      side->second = far;
    }
    return m;
  }

  /// Border edges in a plane, those with a positive `side` at their middle only if there is one.
  [[nodiscard]] std::vector<std::pair<int, int>> border(const Vector& normal, const Vector& side) const {
    const double tolerance = on_plane * size_;
    std::vector<std::pair<int, int>> result;
    for (const auto& [edge, cell] : cell_of_) {
      const auto [a, b] = edge;
      if (std::abs(normal.dot(at(a))) <= tolerance && std::abs(normal.dot(at(b))) <= tolerance &&
          (side.isZero() || side.dot(at(a) + at(b)) > 0)) {
        result.push_back(edge);
      }
    }
    return result;
  }

  /// Gives the border in the plane of `normal` vertices where side·x = 0; vertices that are near are moved there.
  void mark(const Vector& normal, const Vector& side) {
    for (const auto& [a, b] : border(normal, Vector::Zero())) {
      const double at_a = side.dot(at(a));
      const double at_b = side.dot(at(b));
      const double t = at_a / (at_a - at_b);
      if (at_a * at_b >= 0 || std::min(std::abs(at_a), std::abs(at_b)) <= on_plane * size_) {
        continue;
      }
      if (std::min(t, 1 - t) < third / 2) {
        Eigen::Map<Vector>(&mesh_.positions[3 * static_cast<std::size_t>(t < third ? a : b)]) =
            (1 - t) * at(a) + t * at(b);
      } else {
        divide(a, b, t);
      }
    }
  }

  /// The border on a wall or half of it as paths.
  [[nodiscard]] std::vector<Chain> chains(const Vector& normal, const Vector& side) const {
    std::map<int, std::vector<int>> next;
    for (const auto& [a, b] : border(normal, side)) {
      next[a].push_back(b);
      next[b].push_back(a);
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
    for (const auto& [v, others] : next) {
      if (others.size() > 2) {
        throw InputError(place_, "the surface branches where it is to be cut; repair it (weyl-mesh --repair)");
      }
    }
    for (const bool open : {true, false}) {
      for (const auto& [v, others] : next) {
        if (others.size() == 1 || (!open && others.size() == 2)) {
          walk(v);
        }
      }
    }
    return result;
  }

private:
  Mesh& mesh_;
  std::string place_;
  std::map<std::pair<int, int>, std::size_t> cell_of_;
  double size_ = 0;
};

/// Where the vertices of a chain lie, as parts of its length.
std::vector<double> parts(const Piece& piece, const Chain& chain) {
  std::vector<double> result{0};
  for (std::size_t i = 1; i < chain.size(); ++i) {
    result.push_back(result.back() + (piece.at(chain[i]) - piece.at(chain[i - 1])).norm());
  }
  for (double& part : result) {
    part /= result.back();
  }
  return result;
}

/// The largest distance of eight equidistant points of a chain from those of the image of another.
double distance(const Piece& piece, const Chain& first, const Matrix& a, const Chain& second) {
  const auto point = [&](const Chain& chain, const std::vector<double>& part, double t) -> Vector {
    const std::size_t i = std::clamp<std::ptrdiff_t>(std::ranges::lower_bound(part, t) - part.begin(), 1,
                                                     static_cast<std::ptrdiff_t>(part.size()) - 1);
    const double s = (t - part[i - 1]) / (part[i] - part[i - 1]);
    return (1 - s) * piece.at(chain[i - 1]) + s * piece.at(chain[i]);
  };
  const auto of_first = parts(piece, first);
  const auto of_second = parts(piece, second);
  double result = 0;
  for (int i = 0; i <= 8; ++i) {
    result = std::max(result, (point(first, of_first, i / 8.0) - a * point(second, of_second, i / 8.0)).norm());
  }
  return result;
}

/// Two chains, one of which is about the image of the other.
struct Match {
  double distance = std::numeric_limits<double>::infinity();
  Chain first;
  Chain second; ///< in the direction of the first, beginning where the first does
};

Match match(const Piece& piece, Chain first, const Matrix& a, Chain second) {
  const bool closed = first.front() == first.back();
  if (closed != (second.front() == second.back())) {
    return {};
  }
  if (closed) { // begin where they are nearest
    first.pop_back();
    second.pop_back();
    double least = std::numeric_limits<double>::infinity();
    std::size_t start = 0;
    std::size_t other = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
      for (std::size_t j = 0; j < second.size(); ++j) {
        if (const double d = (piece.at(first[i]) - a * piece.at(second[j])).norm(); d < least) {
          std::tie(least, start, other) = std::tuple(d, i, j);
        }
      }
    }
    std::ranges::rotate(first, first.begin() + static_cast<std::ptrdiff_t>(start));
    std::ranges::rotate(second, second.begin() + static_cast<std::ptrdiff_t>(other));
    first.push_back(first.front());
    second.push_back(second.front());
  }
  const double forward = distance(piece, first, a, second);
  Chain reversed(second.rbegin(), second.rend());
  const double backward = distance(piece, first, a, reversed);
  return forward < backward ? Match{forward, std::move(first), std::move(second)}
                            : Match{backward, std::move(first), std::move(reversed)};
}

/// Gives both chains the same number of vertices, at about the same parts of their lengths.
void subdivide(Piece& piece, Match& pair) {
  const auto p = parts(piece, pair.first);
  const auto q = parts(piece, pair.second);
  Chain first{pair.first[0]};
  Chain second{pair.second[0]};
  // A new vertex of `chain`, whose next old vertex is `next`, at the part t of its length.
  const auto insert = [&](Chain& chain, int next, const std::vector<double>& part, std::size_t at, double last,
                          double t) {
    chain.push_back(piece.divide(chain.back(), next, (t - last) / (part[at] - last)));
  };
  double last_p = 0; // parts of the last vertices of both, which need not be equal where they were matched
  double last_q = 0;
  std::size_t i = 1;
  std::size_t j = 1;
  while (i + 1 < p.size() || j + 1 < q.size()) {
    const bool more_p = i + 1 < p.size();
    const bool more_q = j + 1 < q.size();
    const double gap = third * std::min({p[i] - p[i - 1], q[j] - q[j - 1], more_p ? p[i + 1] - p[i] : 1.0,
                                         more_q ? q[j + 1] - q[j] : 1.0});
    if (more_p && more_q && std::abs(p[i] - q[j]) <= gap) {
      first.push_back(pair.first[i]);
      second.push_back(pair.second[j]);
      last_p = p[i++];
      last_q = q[j++];
    } else if (more_p && (!more_q || p[i] < q[j])) {
      insert(second, pair.second[j], q, j, last_q, p[i]);
      first.push_back(pair.first[i]);
      last_p = last_q = p[i++];
    } else {
      insert(first, pair.first[i], p, i, last_p, q[j]);
      second.push_back(pair.second[j]);
      last_p = last_q = q[j++];
    }
  }
  first.push_back(pair.first.back());
  second.push_back(pair.second.back());
  pair.first = std::move(first);
  pair.second = std::move(second);
}

/// Every chain of the first list with one of the second.
void match_all(Piece& piece, const std::vector<Chain>& first, int g, const Matrix& a, std::vector<Chain> second,
               double allowed, const std::string& place, std::vector<Glued>& glued) {
  if (first.size() != second.size()) {
    throw InputError(place,
                     fmt::format("a wall of the fundamental cell cuts the surface {} times, and the wall that is "
                                 "glued to it {} times",
                                 first.size(), second.size()));
  }
  for (const Chain& chain : first) {
    Match best;
    std::size_t which = 0;
    for (std::size_t i = 0; i < second.size(); ++i) {
      if (Match m = match(piece, chain, a, second[i]); m.distance < best.distance) {
        best = std::move(m);
        which = i;
      }
    }
    if (!(best.distance <= allowed)) {
      throw InputError(place, fmt::format("where the copies meet their borders are {:.3g} apart (allowed: {:.3g})",
                                          best.distance, allowed));
    }
    second.erase(second.begin() + static_cast<std::ptrdiff_t>(which));
    subdivide(piece, best);
    for (std::size_t i = 0; i < best.first.size(); ++i) {
      glued.push_back({best.first[i], g, best.second[i]});
    }
  }
}

} // namespace

std::vector<Glued> match_walls(Mesh& mesh, const Group& group, const Vector& p, double allowed,
                               const std::string& place) {
  Piece piece(mesh, place);
  std::vector<Glued> glued;
  const auto normal = [&](int g) -> Vector { return (p - group.matrices[g] * p).normalized(); };
  for (int g = 1; g < group.order(); ++g) {
    const Matrix a = group.matrices[g];
    const int back = group.inverse[g];
    if (g == back && is_mirror(a)) {
      for (const auto& [v, w] : piece.border(normal(g), Vector::Zero())) {
        glued.push_back({v, g, v});
        glued.push_back({w, g, w});
      }
    } else if (g == back) {
      const Vector axis = a.trace() < -2 ? normal(g).unitOrthogonal() : Vector(p + a * p).normalized();
      const Vector side = normal(g).cross(axis);
      piece.mark(normal(g), side);
      match_all(piece, piece.chains(normal(g), side), g, a, piece.chains(normal(g), -side), allowed, place, glued);
    } else if (g < back) {
      match_all(piece, piece.chains(normal(g), Vector::Zero()), g, a, piece.chains(normal(back), Vector::Zero()),
                allowed, place, glued);
    }
  }
  return glued;
}

} // namespace weyl::symmetry
