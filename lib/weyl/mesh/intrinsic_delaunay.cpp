// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/intrinsic_delaunay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/edges.hpp"

namespace weyl {
namespace {

constexpr double cotangent_tolerance = 1e-9;
constexpr std::size_t flips_per_edge = 1000;

/// Triangles glued along half-edges. Half-edge 3t + k runs from corner k to corner k + 1 (mod 3) of triangle t.
struct Triangulation {
  static constexpr int none = -1;

  std::vector<int> tail;           ///< vertex that a half-edge starts from
  std::vector<double> length;      ///< of a half-edge
  std::vector<int> twin;           ///< the half-edge on the other side; `none` at boundary and non-manifold edges
  std::vector<char> runs_parallel; ///< 1 where twin half-edges run in the same direction (triangles face oppositely)
};

std::size_t at(int i) { return static_cast<std::size_t>(i); }
int next(int h) { return h % 3 == 2 ? h - 2 : h + 1; }
int previous(int h) { return h % 3 == 0 ? h + 2 : h - 1; }

/// Local edge in `simplex_edges` of the half-edge from corner k: (0,1), (1,2), (2,0).
constexpr std::array<std::size_t, 3> local_edge{0, 2, 1};

/// Area of a triangle from its edge lengths by W. Kahan's form of Heron's formula, which is accurate for needles.
double heron(double a, double b, double c) {
  if (a < b) {
    std::swap(a, b);
  }
  if (a < c) {
    std::swap(a, c);
  }
  if (b < c) {
    std::swap(b, c);
  }
  return std::sqrt(std::max(0.0, (a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c)))) / 4;
}

/// Cotangent of the angle opposite half-edge h, (b² + c² − a²) / 4A.
double opposite_cotangent(const Triangulation& t, int h) {
  const double a = t.length[at(h)];
  const double b = t.length[at(next(h))];
  const double c = t.length[at(previous(h))];
  return (b * b + (c - a) * (c + a)) / (4 * heron(a, b, c));
}

/// An edge between two sides of the same triangle always is: two of its angles add up to less than π.
bool is_delaunay(const Triangulation& t, int h) {
  return h / 3 == t.twin[at(h)] / 3 ||
         opposite_cotangent(t, h) + opposite_cotangent(t, t.twin[at(h)]) >= -cotangent_tolerance;
}

void glue(Triangulation& t, int h, int twin, bool parallel) {
  t.twin[at(h)] = twin;
  t.runs_parallel[at(h)] = parallel ? 1 : 0;
  if (twin != Triangulation::none) {
    t.twin[at(twin)] = h;
    t.runs_parallel[at(twin)] = parallel ? 1 : 0;
  }
}

/// Lists the corners of the triangle of half-edge h the other way round; returns the half-edge that h has become.
int reverse_triangle(Triangulation& t, int h) {
  const int first = h - h % 3;
  std::array<int, 3> twins{};
  std::array<char, 3> parallel{};
  for (int k = 0; k < 3; ++k) {
    twins[at(k)] = t.twin[at(first + k)];
    parallel[at(k)] = t.runs_parallel[at(first + k)];
  }
  const auto moved = [&](int g) { return first + 2 - (g - first); }; // corners (0, 1, 2) become (0, 2, 1)
  const auto within = [&](int g) { return g >= first && g < first + 3; };
  std::swap(t.tail[at(first + 1)], t.tail[at(first + 2)]);
  std::swap(t.length[at(first)], t.length[at(first + 2)]);
  for (int k = 0; k < 3; ++k) {
    const int twin = twins[at(k)];
    const bool inner = twin != Triangulation::none && within(twin);
    glue(t, moved(first + k), inner ? moved(twin) : twin, (parallel[at(k)] != 0) == inner);
  }
  return moved(h);
}

/// Turns the edge of half-edge h inside the quadrilateral of its two triangles. Returns where its four sides are then.
///
/// With the edge on the x axis and the opposite corners at (x1, y1) and (x2, −y2), the new length is their distance.
std::array<int, 4> flip(Triangulation& t, int h) {
  int g = t.twin[at(h)];
  if (t.runs_parallel[at(h)] != 0) {
    g = reverse_triangle(t, g);
  }
  // Before: h from a to b with opposite corner c, g from b to a with opposite corner d. After: h from d to c with
  // opposite corner a, g from c to d with opposite corner b.
  const std::array<int, 2> h_sides{next(h), previous(h)};
  const std::array<int, 2> g_sides{next(g), previous(g)};
  const double base = t.length[at(h)];
  const auto apex = [&](double from_a, double from_b) {
    const double x = base / 2 + (from_a - from_b) * (from_a + from_b) / (2 * base);
    return std::array{x, 2 * heron(base, from_a, from_b) / base};
  };
  const auto [x1, y1] = apex(t.length[at(h_sides[1])], t.length[at(h_sides[0])]);
  const auto [x2, y2] = apex(t.length[at(g_sides[0])], t.length[at(g_sides[1])]);
  const double flipped = std::hypot(x1 - x2, y1 + y2);

  // Outer half-edges in the order a → d, d → b, b → c, c → a, and what they become.
  const std::array<int, 4> outer{g_sides[0], g_sides[1], h_sides[0], h_sides[1]};
  const std::array<int, 4> places{h_sides[1], g_sides[0], g_sides[1], h_sides[0]};
  std::array<int, 4> tails{};
  std::array<double, 4> lengths{};
  std::array<int, 4> twins{};
  std::array<char, 4> parallel{};
  for (std::size_t i = 0; i < 4; ++i) {
    tails[i] = t.tail[at(outer[i])];
    lengths[i] = t.length[at(outer[i])];
    twins[i] = t.twin[at(outer[i])];
    parallel[i] = t.runs_parallel[at(outer[i])];
  }
  for (std::size_t i = 0; i < 4; ++i) {
    t.tail[at(places[i])] = tails[i];
    t.length[at(places[i])] = lengths[i];
    const auto inner = std::find(outer.begin(), outer.end(), twins[i]);
    const int twin = inner == outer.end() ? twins[i] : places[static_cast<std::size_t>(inner - outer.begin())];
    glue(t, places[i], twin, parallel[i] != 0);
  }
  t.tail[at(h)] = tails[1];
  t.tail[at(g)] = tails[3];
  t.length[at(h)] = flipped;
  t.length[at(g)] = flipped;
  glue(t, h, g, false);
  return places;
}

Triangulation triangulation(const Mesh& surface) {
  const std::size_t n = surface.cells.size();
  Triangulation t{surface.cells, std::vector<double>(n), std::vector<int>(n, Triangulation::none),
                  std::vector<char>(n)};
  const EdgeNumbers edges = number_edges(surface);
  struct Sides {
    int count = 0;
    std::array<int, 2> half_edges{};
  };
  std::vector<Sides> sides(static_cast<std::size_t>(edges.count));
  for (std::size_t c = 0; c < surface.cell_count(); ++c) {
    const auto squared = edge_lengths_squared(surface, c);
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t h = 3 * c + k;
      const std::size_t slot = 3 * c + local_edge[k];
      t.length[h] = surface.is_intrinsic() ? surface.edge_lengths[slot] : std::sqrt(squared[local_edge[k]]);
      Sides& edge = sides[at(edges.of_cell[slot])];
      if (edge.count < 2) {
        edge.half_edges[at(edge.count)] = static_cast<int>(h);
      }
      ++edge.count;
    }
  }
  for (const Sides& edge : sides) {
    if (edge.count == 2) {
      const auto [h, g] = edge.half_edges;
      // The two ends of a loop cannot be told apart; such edges are taken to join triangles that face alike.
      const bool loop = t.tail[at(h)] == t.tail[at(next(h))];
      glue(t, h, g, !loop && t.tail[at(h)] == t.tail[at(g)]);
    }
  }
  return t;
}

/// Intrinsic mollification (Sharp & Crane 2020). Returns the length ε that was added.
double mollify(Triangulation& t, double slack) {
  double sum = 0;
  for (const double length : t.length) {
    if (!(length >= 0 && std::isfinite(length))) {
      throw InputError("intrinsic_delaunay", fmt::format("an edge has length {}", length));
    }
    sum += length;
  }
  const double wanted = slack * sum / static_cast<double>(t.length.size());
  if (!(wanted > 0)) {
    throw InputError("intrinsic_delaunay", "all edges have length 0");
  }
  double epsilon = 0;
  for (int h = 0; h < static_cast<int>(t.length.size()); ++h) {
    epsilon = std::max(epsilon, wanted - (t.length[at(next(h))] + t.length[at(previous(h))] - t.length[at(h)]));
  }
  for (double& length : t.length) {
    length += epsilon;
  }
  return epsilon;
}

} // namespace

IntrinsicDelaunay intrinsic_delaunay(const Mesh& surface, const IntrinsicDelaunayOptions& options) {
  if (surface.dimension != 2 || surface.cells.empty()) {
    throw InputError("intrinsic_delaunay", "only surfaces can be made Delaunay by flips");
  }
  if (!(options.slack > 0 && options.slack <= 0.1)) {
    throw InputError("intrinsic_delaunay", fmt::format("the slack must lie in (0, 0.1], not be {}", options.slack));
  }
  Triangulation t = triangulation(surface);
  IntrinsicDelaunay result;
  result.mollification = mollify(t, options.slack);

  std::vector<int> stack;
  std::vector<char> waits(t.tail.size()); // of an edge's two half-edges, the lower one stands for the edge
  const auto push = [&](int h) {
    if (t.twin[at(h)] != Triangulation::none) {
      const int edge = std::min(h, t.twin[at(h)]);
      if (waits[at(edge)] == 0) {
        waits[at(edge)] = 1;
        stack.push_back(edge);
      }
    }
  };
  for (int h = static_cast<int>(t.tail.size()) - 1; h >= 0; --h) {
    push(h);
  }
  const std::size_t most = flips_per_edge * t.tail.size() / 2;
  while (!stack.empty()) {
    const int h = stack.back();
    stack.pop_back();
    waits[at(h)] = 0;
    if (t.twin[at(h)] == Triangulation::none || is_delaunay(t, h)) {
      continue;
    }
    if (++result.flips > most) {
      throw NumericalError(fmt::format("the triangulation is not Delaunay after {} intrinsic edge flips", most));
    }
    for (const int outer : flip(t, h)) {
      push(outer);
    }
  }

  result.mesh = surface;
  result.mesh.cells = t.tail;
  result.mesh.edge_lengths.resize(t.length.size());
  for (std::size_t h = 0; h < t.length.size(); ++h) {
    result.mesh.edge_lengths[h - h % 3 + local_edge[h % 3]] = t.length[h];
  }
  return result;
}

} // namespace weyl
