// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/rigid_motions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <Eigen/Eigenvalues>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/symmetry/point_group.hpp"

namespace weyl {

namespace {

/// Positions about the centre as columns, at least three rows.
Eigen::MatrixXd about_centre(const Mesh& mesh) {
  const Eigen::VectorXd c = centre(mesh);
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(c.size(), mesh.vertex_count);
  for (int v = 0; v < mesh.vertex_count; ++v) {
    const auto p = mesh.position(v);
    x.col(v).head(static_cast<Eigen::Index>(p.size())) =
        Eigen::Map<const Eigen::VectorXd>(p.data(), static_cast<Eigen::Index>(p.size()));
  }
  return x.colwise() - c;
}

/// Cells by their sorted vertices.
class Cells {
public:
  explicit Cells(const Mesh& mesh) : mesh_(mesh) {
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      cells_[key(mesh.cell(c))].push_back(c);
    }
  }

  /// Checks that `g` maps cells to cells of the same shape.
  void check(const Permutation& g, double tolerance, const std::string& place) const {
    const int edges = simplex_edge_count(mesh_.dimension);
    for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
      const std::span<const int> cell = mesh_.cell(c);
      std::vector<int> image;
      for (const int v : cell) {
        image.push_back(g[v]);
      }
      const auto found = cells_.find(key(image));
      if (found == cells_.end()) {
        throw InputError(place,
                         fmt::format("it maps vertices to vertices, but cell {} to no cell: the shape is symmetric, "
                                     "the way it is cut into cells is not",
                                     c));
      }
      const auto here = edge_lengths_squared(mesh_, c);
      double misses = 0;
      for (const std::size_t target : found->second) {
        const auto there = edge_lengths_squared(mesh_, target);
        misses = 0;
        for (int e = 0; e < edges; ++e) {
          const auto corner = [&](int i) {
            return static_cast<int>(std::ranges::find(mesh_.cell(target), image[i]) - mesh_.cell(target).begin());
          };
          const int i = corner(simplex_edges[e][0]);
          const int j = corner(simplex_edges[e][1]);
          const int f = std::min(i, j) + std::max(i, j) * (std::max(i, j) - 1) / 2;
          misses = std::max(misses, std::abs(std::sqrt(here[e]) - std::sqrt(there[f])));
        }
        if (misses <= tolerance) {
          break;
        }
      }
      if (misses > tolerance) {
        throw InputError(place, fmt::format("it changes the length of an edge of cell {} by {:.3g} (allowed: {:.3g})",
                                            c, misses, tolerance));
      }
    }
  }

private:
  static std::array<int, 4> key(std::span<const int> vertices) {
    std::array<int, 4> sorted{-1, -1, -1, -1};
    std::ranges::copy(vertices, sorted.begin());
    std::ranges::sort(sorted);
    return sorted;
  }

  const Mesh& mesh_;
  std::map<std::array<int, 4>, std::vector<std::size_t>> cells_;
};

Group checked_group(const Mesh& mesh, std::span<const Permutation> generators, const SymmetryOptions& options) {
  const Cells cells(mesh);
  Group group = generate(generators, static_cast<std::size_t>(mesh.vertex_count), options.place);
  for (std::size_t g = 0; g < generators.size(); ++g) {
    cells.check(generators[g], symmetry_distance(mesh, options), options.place + ": generator " + std::to_string(g));
  }
  add_rigid_motions(group, mesh, options);
  return group;
}

} // namespace

Eigen::VectorXd centre(const Mesh& mesh) {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(std::max(3, mesh.ambient_dimension));
  double total = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const double share = cell_volume(mesh, c) / (mesh.dimension + 1);
    total += share * (mesh.dimension + 1);
    for (const int v : mesh.cell(c)) {
      const auto p = mesh.position(v);
      for (std::size_t i = 0; i < p.size(); ++i) {
        sum[static_cast<Eigen::Index>(i)] += share * p[i];
      }
    }
  }
  return sum / total;
}

void add_rigid_motions(Group& group, const Mesh& mesh, const SymmetryOptions& options) {
  if (mesh.is_intrinsic() || mesh.positions.empty()) {
    return;
  }
  const Eigen::MatrixXd x = about_centre(mesh);
  // A = Σ y xᵀ (Σ x xᵀ)⁺ + projection on what is orthogonal to all x.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> inertia(x * x.transpose());
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Zero(x.rows(), x.rows());
  Eigen::MatrixXd fixed = inverse;
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const auto direction = inertia.eigenvectors().col(i);
    if (inertia.eigenvalues()[i] > 1e-12 * inertia.eigenvalues().maxCoeff()) {
      inverse += direction * direction.transpose() / inertia.eigenvalues()[i];
    } else {
      fixed += direction * direction.transpose();
    }
  }
  const double allowed = 10 * symmetry_distance(mesh, options); // a few lengths lead from the centre to a vertex
  std::vector<Eigen::MatrixXd> matrices;
  Eigen::MatrixXd y(x.rows(), x.cols());
  for (const Permutation& g : group.permutations) {
    for (Eigen::Index v = 0; v < x.cols(); ++v) {
      y.col(v) = x.col(g[static_cast<std::size_t>(v)]);
    }
    const Eigen::MatrixXd a = y * x.transpose() * inverse + fixed;
    if ((a * x - y).colwise().norm().maxCoeff() > allowed) {
      return;
    }
    matrices.push_back(a);
  }
  group.matrices = std::move(matrices);
  if (x.rows() == 3) {
    group.name = schoenflies(group);
  }
}

Group group_of_motions(const Mesh& mesh, std::span<const Eigen::MatrixXd> generators, const SymmetryOptions& options) {
  if (mesh.is_intrinsic() || mesh.positions.empty()) {
    throw InputError(options.place,
                     "a mesh that is given by edge lengths has no matrices; give permutations of vertices");
  }
  namespace bg = boost::geometry;
  using Point = bg::model::point<double, 3, bg::cs::cartesian>;
  using Value = std::pair<Point, int>;
  const Eigen::MatrixXd x = about_centre(mesh);
  if (x.rows() != 3) {
    throw InputError(options.place, "matrices are for meshes in up to three dimensions; give permutations of vertices");
  }
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(mesh.vertex_count));
  for (int v = 0; v < mesh.vertex_count; ++v) {
    values.emplace_back(Point(x(0, v), x(1, v), x(2, v)), v);
  }
  const bg::index::rtree<Value, bg::index::rstar<16>> tree(values);
  const double tolerance = symmetry_distance(mesh, options);
  std::vector<Permutation> permutations;
  for (std::size_t g = 0; g < generators.size(); ++g) {
    const std::string place = options.place + ": generator " + std::to_string(g);
    const Eigen::MatrixXd& a = generators[g];
    if (a.rows() != 3 || a.cols() != 3 || !((a.transpose() * a - Eigen::Matrix3d::Identity()).norm() < 1e-9)) {
      throw InputError(place, "it is not an orthogonal 3 x 3 matrix");
    }
    Permutation image(values.size());
    double worst = 0;
    int worst_vertex = 0;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      const Eigen::Vector3d y = a * x.col(v);
      Value nearest;
      tree.query(bg::index::nearest(Point(y[0], y[1], y[2]), 1), &nearest);
      const double miss = (y - x.col(nearest.second)).norm();
      if (miss > worst) {
        worst = miss;
        worst_vertex = v;
      }
      image[v] = nearest.second;
    }
    if (worst > tolerance) {
      throw InputError(place, fmt::format("the image of vertex {} lies {:.3g} away from the nearest vertex (allowed: "
                                          "{:.3g}), so that it is no symmetry of this mesh",
                                          worst_vertex, worst, tolerance));
    }
    permutations.push_back(std::move(image));
  }
  return checked_group(mesh, permutations, options);
}

Group group_of_permutations(const Mesh& mesh, std::span<const Permutation> generators, const SymmetryOptions& options) {
  return checked_group(mesh, generators, options);
}

} // namespace weyl
