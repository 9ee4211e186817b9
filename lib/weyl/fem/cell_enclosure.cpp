// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/cell_enclosure.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <CGAL/Exact_rational.h>
#include <CGAL/Interval_nt.h>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/mesh/refine.hpp"

namespace weyl {
namespace {

using Interval = CGAL::Interval_nt<false>; // for code that rounds upward
using Rational = CGAL::Exact_rational;

/// Position of G_ab, 0 ≤ a ≤ b < d, in a packed Gram matrix.
constexpr std::size_t at(int a, int b) {
  const auto low = static_cast<std::size_t>(std::min(a, b));
  const auto high = static_cast<std::size_t>(std::max(a, b));
  return low + high * (high + 1) / 2;
}

/// G_ab = ⟨e_a, e_b⟩ of the edges from corner 0.
template <class Number>
using Gram = std::array<Number, 6>;

template <class Number>
std::array<Number, 6> zero() { // a default interval is none
  return {Number(0), Number(0), Number(0), Number(0), Number(0), Number(0)};
}

template <class Number>
Gram<Number> gram(const Mesh& mesh, std::size_t c) {
  const int d = mesh.dimension;
  Gram<Number> g = zero<Number>();
  if (mesh.is_intrinsic()) {
    const double* lengths = mesh.edge_lengths.data() + c * static_cast<std::size_t>(simplex_edge_count(d));
    std::array<Number, 6> squared = zero<Number>();
    for (int e = 0; e < simplex_edge_count(d); ++e) {
      squared[static_cast<std::size_t>(e)] = Number(lengths[e]) * Number(lengths[e]);
    }
    const auto between = [&](int i, int j) { return squared[at(i, j - 1)]; }; // i < j
    for (int b = 0; b < d; ++b) {
      g[at(b, b)] = between(0, b + 1);
      for (int a = 0; a < b; ++a) {
        g[at(a, b)] = (between(0, a + 1) + between(0, b + 1) - between(a + 1, b + 1)) / Number(2);
      }
    }
    return g;
  }
  const auto corners = mesh.cell(c);
  const auto base = mesh.position(corners[0]);
  for (std::size_t x = 0; x < base.size(); ++x) {
    std::array<Number, 3> edge{};
    for (int a = 0; a < d; ++a) {
      edge[static_cast<std::size_t>(a)] =
          Number(mesh.position(corners[static_cast<std::size_t>(a) + 1])[x]) - Number(base[x]);
      for (int b = 0; b <= a; ++b) {
        g[at(b, a)] = g[at(b, a)] + edge[static_cast<std::size_t>(a)] * edge[static_cast<std::size_t>(b)];
      }
    }
  }
  return g;
}

/// The Gram matrix of a child whose corners have the barycentric coordinates `corner` / 2^levels.
template <class Number>
Gram<Number> child_gram(int d, int levels, const Gram<Number>& g, const std::array<std::array<int, 4>, 4>& corner) {
  const Number scale(std::ldexp(1.0, -2 * levels));
  const auto step = [&](int a, int m) { // component along e_m of the child's edge a, times 2^levels
    return Number(corner[static_cast<std::size_t>(a) + 1][static_cast<std::size_t>(m) + 1] -
                  corner[0][static_cast<std::size_t>(m) + 1]);
  };
  Gram<Number> result = zero<Number>();
  for (int b = 0; b < d; ++b) {
    for (int a = 0; a <= b; ++a) {
      Number sum(0);
      for (int m = 0; m < d; ++m) {
        for (int n = 0; n < d; ++n) {
          sum = sum + step(a, m) * step(b, n) * g[at(m, n)];
        }
      }
      result[at(a, b)] = scale * sum;
    }
  }
  return result;
}

/// Polynomials in the metric: det G = (d! |T|)², the edges' |e|², and c_e with K_e = c_e / (d! √det G).
template <class Number>
struct Polynomials {
  Number determinant{};
  std::array<Number, 6> cofactors = zero<Number>();
  std::array<Number, 6> edges = zero<Number>();
};

template <class Number>
Polynomials<Number> polynomials(int d, const Gram<Number>& g) {
  Polynomials<Number> p;
  for (int b = 0; b < d; ++b) {
    p.edges[at(0, b)] = g[at(b, b)];
    for (int a = 0; a < b; ++a) {
      p.edges[at(a + 1, b)] = g[at(a, a)] + g[at(b, b)] - Number(2) * g[at(a, b)];
    }
  }
  if (d == 1) {
    p.determinant = g[0];
    p.cofactors[0] = Number(-1);
  } else if (d == 2) {
    p.determinant = g[at(0, 0)] * g[at(1, 1)] - g[at(0, 1)] * g[at(0, 1)];
    p.cofactors[0] = g[at(0, 1)] - g[at(1, 1)];
    p.cofactors[1] = g[at(0, 1)] - g[at(0, 0)];
    p.cofactors[2] = -g[at(0, 1)];
  } else {
    const auto minor = [&](int a, int b, int i, int j) {
      return g[at(a, i)] * g[at(b, j)] - g[at(a, j)] * g[at(b, i)];
    };
    const Number k11 = minor(1, 2, 1, 2);
    const Number k22 = minor(0, 2, 0, 2);
    const Number k33 = minor(0, 1, 0, 1);
    const Number k12 = -minor(0, 2, 1, 2);
    const Number k13 = minor(0, 1, 1, 2);
    const Number k23 = -minor(0, 1, 0, 2);
    p.determinant = g[at(0, 0)] * k11 + g[at(0, 1)] * k12 + g[at(0, 2)] * k13;
    p.cofactors = {-(k11 + k12 + k13), -(k12 + k22 + k23), k12, -(k13 + k23 + k33), k13, k23};
  }
  return p;
}

Polynomials<Interval> enclosed(const Polynomials<Rational>& exact) {
  const auto interval = [](const Rational& x) { return Interval(CGAL::to_interval(x)); };
  Polynomials<Interval> p;
  p.determinant = interval(exact.determinant);
  std::ranges::transform(exact.cofactors, p.cofactors.begin(), interval);
  std::ranges::transform(exact.edges, p.edges.begin(), interval);
  return p;
}

bool sharp(const Interval& x) { return x.inf() > 0 && x.sup() - x.inf() <= 1e-9 * x.inf(); }

/// C_T² from above.
double constant(int d, const std::array<Interval, 6>& edges) {
  Interval longest(0);
  Interval sum(0);
  for (const Interval& edge : edges) {
    longest = Interval(0, std::max(longest.sup(), edge.sup()));
    sum += edge;
  }
  constexpr double inverse_pi_squared = 0.10132118364233779; // rounded up
  constexpr double liu_squared = 0.03583450;                 // 0.1893² = 0.03583449
  return d == 2   ? (longest * Interval(liu_squared)).sup()
         : d == 1 ? (longest * Interval(inverse_pi_squared)).sup()
                  : (longest * Interval(inverse_pi_squared) + sum / Interval(720)).sup();
}

/// With rounding upward, |x − middle| ≤ radius for any middle.
void set(const Interval& x, double& middle, double& radius) {
  middle = (x.inf() + x.sup()) / 2;
  radius = std::max(x.sup() - middle, middle - x.inf());
}

CellEnclosure enclose(int d, const Polynomials<Interval>& p) {
  CellEnclosure result;
  const Interval factorial(d == 3 ? 6 : d);
  const Interval root = CGAL::sqrt(p.determinant);
  set(root / factorial, result.volume, result.volume_radius);
  for (std::size_t e = 0; e < static_cast<std::size_t>(simplex_edge_count(d)); ++e) {
    set(p.cofactors[e] / (factorial * root), result.stiffness[e], result.stiffness_radius[e]);
  }
  result.constant = constant(d, p.edges);
  return result;
}

} // namespace

std::vector<CellEnclosure> enclose_cells(const Mesh& mesh, int levels, int threads) {
  const int d = mesh.dimension;
  const std::size_t children = std::size_t{1} << (d * levels);
  std::vector<std::array<std::array<int, 4>, 4>> corners(children);
  for (std::size_t child = 0; child < children; ++child) {
    corners[child] = child_corners(d, levels, child);
  }
  std::vector<CellEnclosure> result(mesh.cell_count() * children);
  parallel_ranges(mesh.cell_count(), threads, [&](std::size_t begin, std::size_t end) {
    const CGAL::Protect_FPU_rounding<true> upward(CGAL_FE_UPWARD);
    for (std::size_t c = begin; c < end; ++c) {
      const Gram<Interval> g = gram<Interval>(mesh, c);
      const bool flat = !sharp(polynomials(d, g).determinant);
      const Gram<Rational> exact = flat ? gram<Rational>(mesh, c) : zero<Rational>();
      if (flat && !(polynomials(d, exact).determinant > Rational(0))) {
        throw InputError("the mesh", "cell " + std::to_string(c) +
                                         " has no volume, so that its shape cannot be certified; repair the mesh");
      }
      for (std::size_t child = 0; child < children; ++child) {
        result[c * children + child] =
            enclose(d, flat ? enclosed(polynomials(d, child_gram(d, levels, exact, corners[child])))
                            : polynomials(d, child_gram(d, levels, g, corners[child])));
      }
    }
  });
  return result;
}

} // namespace weyl
