// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/walls.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/symmetry/border.hpp"

namespace weyl::symmetry {

namespace {

using Vector = Eigen::Vector3d;
using Matrix = Eigen::Matrix3d;

constexpr double third = 1.0 / 3; ///< of an edge: vertices that are nearer are matched

bool is_mirror(const Matrix& a) { return a.determinant() < 0 && std::abs(a.trace() - 1) < 1e-6; }

/// A direction in a wall, in general position: the inversion exchanges the halves on either side of any.
Vector across_wall(const Vector& normal) {
  const Vector u = normal.unitOrthogonal();
  return std::cos(1.0) * u + std::sin(1.0) * normal.cross(u);
}

/// Where the vertices of a chain lie, as parts of its length.
std::vector<double> parts(const Border& border, const Chain& chain) {
  std::vector<double> result{0};
  for (std::size_t i = 1; i < chain.size(); ++i) {
    result.push_back(result.back() + (border.at(chain[i]) - border.at(chain[i - 1])).norm());
  }
  for (double& part : result) {
    part /= result.back();
  }
  return result;
}

/// The largest distance of eight equidistant points of a chain from those of the image of another.
double distance(const Border& border, const Chain& first, const Matrix& a, const Chain& second) {
  const auto point = [&](const Chain& chain, const std::vector<double>& part, double t) -> Vector {
    const std::size_t i = std::clamp<std::ptrdiff_t>(std::ranges::lower_bound(part, t) - part.begin(), 1,
                                                     static_cast<std::ptrdiff_t>(part.size()) - 1);
    const double s = part[i] > part[i - 1] ? (t - part[i - 1]) / (part[i] - part[i - 1]) : 0;
    return (1 - s) * border.at(chain[i - 1]) + s * border.at(chain[i]);
  };
  const auto of_first = parts(border, first);
  const auto of_second = parts(border, second);
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

Match match(const Border& border, Chain first, const Matrix& a, Chain second) {
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
        if (const double d = (border.at(first[i]) - a * border.at(second[j])).norm(); d < least) {
          std::tie(least, start, other) = std::tuple(d, i, j);
        }
      }
    }
    std::rotate(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(start), first.end());
    std::rotate(second.begin(), second.begin() + static_cast<std::ptrdiff_t>(other), second.end());
    first.push_back(first.front());
    second.push_back(second.front());
  }
  const double forward = distance(border, first, a, second);
  Chain reversed(second.rbegin(), second.rend());
  const double backward = distance(border, first, a, reversed);
  return forward < backward ? Match{forward, std::move(first), std::move(second)}
                            : Match{backward, std::move(first), std::move(reversed)};
}

/// Gives both chains the same number of vertices, at about the same parts of their lengths.
void subdivide(Border& border, Match& pair) {
  const auto p = parts(border, pair.first);
  const auto q = parts(border, pair.second);
  Chain first{pair.first[0]};
  Chain second{pair.second[0]};
  // A new vertex of `chain`, whose next old vertex is `next`, at the part t of its length.
  const auto insert = [&](Chain& chain, int next, const std::vector<double>& part, std::size_t at, double last,
                          double t) {
    chain.push_back(border.divide(chain.back(), next, (t - last) / (part[at] - last)));
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
void match_all(Border& border, const std::vector<Chain>& first, int g, const Matrix& a, std::vector<Chain> second,
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
      if (Match m = match(border, chain, a, second[i]); m.distance < best.distance) {
        best = std::move(m);
        which = i;
      }
    }
    if (!(best.distance <= allowed)) {
      throw InputError(place, fmt::format("where the copies meet their borders are {:.3g} apart (allowed: {:.3g})",
                                          best.distance, allowed));
    }
    second.erase(second.begin() + static_cast<std::ptrdiff_t>(which));
    subdivide(border, best);
    for (std::size_t i = 0; i < best.first.size(); ++i) {
      glued.push_back({best.first[i], g, best.second[i]});
    }
  }
}

} // namespace

std::vector<Glued> match_walls(Mesh& piece, const Group& group, const Vector& p, double allowed,
                               const std::string& place) {
  Border border(piece, place);
  std::vector<Glued> glued;
  const auto fix = [&](int g, const std::pair<int, int>& edge) {
    glued.push_back({edge.first, g, edge.first});
    glued.push_back({edge.second, g, edge.second});
  };
  const auto normal = [&](int g) -> Vector { return (p - group.matrices[g] * p).normalized(); };
  for (int g = 1; g < group.order(); ++g) {
    const Matrix a = group.matrices[g];
    const int back = group.inverse[g];
    if (g == back && is_mirror(a)) {
      for (const auto& edge : border.edges(normal(g))) {
        fix(g, edge);
      }
    } else if (g == back) {
      const bool inversion = a.trace() < -2;
      const Vector side = inversion ? across_wall(normal(g)) : normal(g).cross(p + a * p).normalized();
      border.mark(normal(g), side);
      match_all(border, border.chains(normal(g), side), g, a, border.chains(normal(g), -side), allowed, place, glued);
      for (const auto& edge : border.edges(normal(g))) {
        if (!inversion && border.lies_in(edge, side)) { // on the axis of the half turn
          fix(g, edge);
        }
      }
    } else if (g < back) {
      match_all(border, border.chains(normal(g)), g, a, border.chains(normal(back)), allowed, place, glued);
    }
  }
  return glued;
}

} // namespace weyl::symmetry
