// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/points/operators.hpp"
#include "weyl/points/tangent.hpp"

namespace weyl {

namespace {

/// A Delaunay triangle at the origin, by its two other corners (numbers in the list of neighbours).
struct Corner {
  int left;
  int right;
};

double cross(const Eigen::Vector2d& a, const Eigen::Vector2d& b) { return a[0] * b[1] - a[1] * b[0]; }

/// Convex hull, counter-clockwise (A. Andrew's monotone chain), as indices into `points`.
std::vector<int> convex_hull(const std::vector<Eigen::Vector2d>& points) {
  std::vector<int> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<int>(i);
  }
  const auto at = [&](int i) -> const Eigen::Vector2d& { return points[static_cast<std::size_t>(i)]; };
  std::ranges::sort(order,
                    [&](int i, int j) { return at(i)[0] < at(j)[0] || (at(i)[0] == at(j)[0] && at(i)[1] < at(j)[1]); });
  std::vector<int> hull;
  const auto chain = [&](const auto& sequence) {
    const std::size_t start = hull.size();
    for (const int i : sequence) {
      while (hull.size() >= start + 2 &&
             cross(at(hull.back()) - at(hull[hull.size() - 2]), at(i) - at(hull.back())) <= 0) {
        hull.pop_back();
      }
      hull.push_back(i);
    }
    hull.pop_back(); // begins the next chain
  };
  chain(order);
  std::ranges::reverse(order);
  chain(order);
  return hull;
}

/// The Delaunay triangles at the origin whose circumscribed circles are within the disc of the points.
std::vector<Corner> star(const Eigen::MatrixXd& plane, double radius) {
  std::vector<Eigen::Vector2d> inverted;
  std::vector<int> number;
  for (Eigen::Index j = 0; j < plane.cols(); ++j) {
    const Eigen::Vector2d p = plane.col(j);
    if (p.squaredNorm() > 1e-20 * radius * radius) { // else above or below the origin: noise across the surface
      inverted.emplace_back(p / p.squaredNorm());
      number.push_back(static_cast<int>(j));
    }
  }
  std::vector<Corner> corners;
  if (inverted.size() < 2) {
    return corners;
  }
  const std::vector<int> hull = convex_hull(inverted);
  for (std::size_t e = 0; e < hull.size() && hull.size() > 2; ++e) {
    const int a = hull[e];
    const int b = hull[(e + 1) % hull.size()];
    const Eigen::Vector2d& p = inverted[static_cast<std::size_t>(a)];
    const Eigen::Vector2d& q = inverted[static_cast<std::size_t>(b)];
    if (cross(p, q) * radius > (q - p).norm()) { // the line's distance is 1/diameter of the circle
      corners.push_back({number[static_cast<std::size_t>(a)], number[static_cast<std::size_t>(b)]});
    }
  }
  return corners;
}

/// Weights of the edges from a point to its neighbours, and a third of the area of its triangles.
double weigh(const Eigen::MatrixXd& differences, const std::vector<Corner>& corners,
             Eigen::Ref<Eigen::VectorXd> weight) {
  double area = 0;
  for (const auto& [left, right] : corners) {
    const auto p = differences.col(left);
    const auto q = differences.col(right);
    const double pp = p.squaredNorm();
    const double qq = q.squaredNorm();
    const double pq = p.dot(q);
    const double twice_area = std::sqrt(std::max(pp * qq - pq * pq, 0.0));
    if (twice_area > 1e-12 * std::max(pp, qq)) {
      area += twice_area / 6;
      weight[left] += (qq - pq) / (2 * twice_area); // half of the cotangent at q, opposite to p
      weight[right] += (pp - pq) / (2 * twice_area);
    }
  }
  return area;
}

} // namespace

Pencil surface_pencil(const Eigen::MatrixXd& points, const Neighbours& near_ones, int threads) {
  const Eigen::Index n = points.cols();
  const Eigen::Index k = near_ones.count();
  Eigen::MatrixXd weight = Eigen::MatrixXd::Zero(k, n);
  Eigen::VectorXd area(n);
  parallel_ranges(static_cast<std::size_t>(n), threads, [&](std::size_t begin, std::size_t end) {
    Eigen::MatrixXd differences(points.rows(), k);
    for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
      for (Eigen::Index a = 0; a < k; ++a) {
        differences.col(a) = points.col(near_ones.index(a, i)) - points.col(i);
      }
      const double radius = std::sqrt(near_ones.squared_distance(k - 1, i));
      area[i] = weigh(differences, star(in_principal_plane(differences, 2), radius), weight.col(i));
    }
  });
  if (!(area.maxCoeff() > 0)) {
    throw InputError("surface_pencil", "no triangles are found; the points are on no surface, or too few");
  }
  double smallest = std::numeric_limits<double>::infinity();
  for (const double a : area) {
    smallest = a > 0 ? std::min(smallest, a) : smallest;
  }
  area = area.cwiseMax(smallest);
  std::vector<Eigen::Triplet<double, int>> entries;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index a = 0; a < k; ++a) {
      if (weight(a, i) != 0) {
        const int j = near_ones.index(a, i);
        entries.emplace_back(std::max(static_cast<int>(i), j), std::min(static_cast<int>(i), j), weight(a, i) / 2);
      }
    }
  }
  SparseMatrix lower(n, n);
  lower.setFromTriplets(entries.begin(), entries.end());
  lower.coeffs() = lower.coeffs().max(0.0);
  const SparseMatrix adjacency = SparseMatrix(lower.transpose()) + lower;
  const Eigen::VectorXd degree = adjacency * Eigen::VectorXd::Ones(n);
  Pencil pencil{.stiffness = SparseMatrix(degree.asDiagonal()) - adjacency, .mass = SparseMatrix(n, n)};
  pencil.mass = SparseMatrix(area.asDiagonal());
  return pencil;
}

Pencil surface_pencil_of_orbits(const Eigen::MatrixXd& points, const std::vector<Eigen::MatrixXd>& others,
                                int threads) {
  constexpr Eigen::Index most = 4'000'000;
  const Eigen::Index n = points.cols();
  const auto order = static_cast<Eigen::Index>(others.size()) + 1;
  if (n * order > most) {
    throw InputError("surface_pencil_of_orbits", "the orbits have more than 4 million points; take fewer of them");
  }
  Eigen::MatrixXd orbits(points.rows(), n * order);
  orbits.leftCols(n) = points;
  for (Eigen::Index g = 1; g < order; ++g) {
    orbits.middleCols(g * n, n) = others[static_cast<std::size_t>(g) - 1] * points;
  }
  const Pencil whole =
      surface_pencil(orbits, neighbours(orbits, {.count = surface_neighbours, .threads = threads}), threads);
  std::vector<Eigen::Triplet<double, int>> ones;
  for (Eigen::Index i = 0; i < n * order; ++i) {
    ones.emplace_back(static_cast<int>(i), static_cast<int>(i % n), 1.0);
  }
  SparseMatrix basis(n * order, n);
  basis.setFromTriplets(ones.begin(), ones.end());
  const double share = 1 / static_cast<double>(order);
  return {.stiffness = share * SparseMatrix(basis.transpose() * whole.stiffness * basis),
          .mass = share * SparseMatrix(basis.transpose() * whole.mass * basis)};
}

} // namespace weyl
