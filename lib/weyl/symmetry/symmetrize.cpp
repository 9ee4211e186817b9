// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/symmetrize.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/clip.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/rigid_motions.hpp"
#include "weyl/symmetry/walls.hpp"

namespace weyl {

namespace {

using Vector = Eigen::Vector3d;
using Matrices = std::vector<Eigen::Matrix3d>;

/// The surface in R^3 about its centre of gravity, and that centre.
std::pair<Mesh, Vector> centred(const Mesh& mesh, const std::string& symbol) {
  if (mesh.dimension != 2 || mesh.is_intrinsic() || mesh.ambient_dimension < 2 || mesh.ambient_dimension > 3) {
    throw InputError(symbol, "only surfaces in the plane or in space can be made symmetric");
  }
  const Vector c = centre(mesh);
  Mesh result{.dimension = 2, .ambient_dimension = 3, .vertex_count = mesh.vertex_count, .cells = mesh.cells};
  for (int v = 0; v < mesh.vertex_count; ++v) {
    const auto x = mesh.position(v);
    result.positions.insert(result.positions.end(), {x[0] - c[0], x[1] - c[1], x.size() > 2 ? x[2] - c[2] : 0});
  }
  return {std::move(result), c};
}

Vector position(const Mesh& mesh, int v) { return Eigen::Map<const Vector>(mesh.position(v).data()); }

/// Orthonormal eigenvectors of ∫ x xᵀ dA over a surface about its centre.
Eigen::Matrix3d inertia_axes(const Mesh& mesh) {
  Eigen::Matrix3d moments = Eigen::Matrix3d::Zero();
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) { // ∫ over a triangle: |T|/12 (Σ x xᵀ + s sᵀ), s = Σ x
    Vector sum = Vector::Zero();
    Eigen::Matrix3d squares = Eigen::Matrix3d::Zero();
    for (const int v : mesh.cell(c)) {
      sum += position(mesh, v);
      squares += position(mesh, v) * position(mesh, v).transpose();
    }
    moments += cell_volume(mesh, c) / 12 * (squares + sum * sum.transpose());
  }
  return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(moments).eigenvectors();
}

/// How far a motion takes a surface away from itself.
struct Miss {
  double distance = 0;
  int vertex = 0;
  std::size_t generator = 0;
};

/// The worst of every `stride`-th vertex.
Miss worst_miss(const Mesh& mesh, const SurfaceDistance& distance, const Matrices& generators, int stride) {
  Miss worst;
  for (std::size_t g = 0; g < generators.size(); ++g) {
    for (int v = 0; v < mesh.vertex_count; v += stride) {
      if (const double d = distance(generators[g] * position(mesh, v)); d > worst.distance) {
        worst = {d, v, g};
      }
    }
  }
  return worst;
}

using Frame = std::pair<Vector, Vector>; // axis and second direction

/// The frame that is asked for; else that of z and x and of pairs of inertia axes which the surface fits best.
Frame best_frame(const Mesh& mesh, const SurfaceDistance& distance, const std::string& symbol,
                 const SymmetrizeOptions& options) {
  if (options.axis) {
    return {*options.axis, across(*options.axis, options.second)};
  }
  std::vector<Frame> frames{{Vector::UnitZ(), Vector::UnitX()}};
  const Eigen::Matrix3d axes = inertia_axes(mesh);
  for (int i = 0; i < 3; ++i) {
    frames.emplace_back(axes.col(i), axes.col((i + 1) % 3));
    frames.emplace_back(axes.col(i), axes.col((i + 2) % 3));
  }
  constexpr int looked_at = 2000;
  const int stride = 1 + mesh.vertex_count / looked_at;
  std::vector<double> misses;
  misses.reserve(frames.size());
  for (const auto& [axis, second] : frames) {
    misses.push_back(worst_miss(mesh, distance, point_group(symbol, axis, second), stride).distance);
  }
  const double as_good = *std::ranges::min_element(misses) + 1e-9 * std::sqrt(volume(mesh)); // equal but for rounding
  return frames[std::ranges::find_if(misses, [&](double miss) { return miss <= as_good; }) - misses.begin()];
}

/// The tolerance, or by default two mean edges.
double allowed_distance(const Mesh& mesh, std::optional<double> tolerance) {
  const double size = std::sqrt(volume(mesh));
  if (tolerance) {
    return *tolerance * size;
  }
  double edges = 0;
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto squares = edge_lengths_squared(mesh, c);
    edges += std::sqrt(squares[0]) + std::sqrt(squares[1]) + std::sqrt(squares[2]);
  }
  return std::min(2 * edges / static_cast<double>(3 * mesh.cell_count()), 0.05 * size);
}

/// A direction far from all its images, of those of a spiral on the sphere.
Vector general_direction(const Group& group) {
  constexpr int directions = 400;
  Vector best = Vector::UnitX();
  double farthest = -1;
  for (int i = 0; i < directions; ++i) {
    const double z = 1 - (2 * i + 1.0) / directions;
    const double angle = 2 * std::numbers::pi * std::numbers::phi * i;
    const Vector p(std::sqrt(1 - z * z) * std::cos(angle), std::sqrt(1 - z * z) * std::sin(angle), z);
    double nearest = 2;
    for (int g = 1; g < group.order(); ++g) {
      nearest = std::min(nearest, (p - group.matrices[g] * p).norm());
    }
    if (nearest > farthest) {
      std::tie(farthest, best) = std::pair(nearest, p);
    }
  }
  return best;
}

/// The part of the surface in the Dirichlet cell of p; planes of near images first, which leave little to cut.
Mesh in_cell(const Mesh& mesh, const Group& group, const Vector& p) {
  std::vector<int> others(static_cast<std::size_t>(group.order()) - 1);
  std::iota(others.begin(), others.end(), 1);
  std::ranges::sort(others, {}, [&](int g) { return (p - group.matrices[g] * p).norm(); });
  Mesh piece = mesh;
  for (const int g : others) {
    piece = clip(piece, p - group.matrices[g] * p);
  }
  return piece;
}

void check_plane(const Mesh& mesh, const Group& group, const std::string& symbol) {
  double size = 0;
  for (const double x : mesh.positions) {
    size = std::max(size, std::abs(x));
  }
  for (int g = 1; g < group.order(); ++g) {
    double moved = 0;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      moved = std::max(moved, (group.matrices[g] * position(mesh, v) - position(mesh, v)).norm());
      if (moved > 1e-9 * size) {
        break;
      }
    }
    if (moved <= 1e-9 * size) {
      throw InputError(symbol, "the surface lies in a mirror of it, which moves nothing; leave that mirror out");
    }
  }
}

} // namespace

Symmetrized symmetrize(const Mesh& mesh, const std::string& symbol, const SymmetrizeOptions& options) {
  const auto [surface, c] = centred(mesh, symbol);
  const SurfaceDistance distance(surface);
  Symmetrized result;
  SymmetryDefect& defect = result.defect;
  defect.allowed = allowed_distance(surface, options.tolerance);
  std::tie(defect.axis, defect.second) = best_frame(surface, distance, symbol, options);
  const Matrices generators = point_group(symbol, defect.axis, defect.second);
  const Group group = matrix_group(generators, symbol);
  check_plane(surface, group, symbol);
  const Miss miss = worst_miss(surface, distance, generators, 1);
  defect.asymmetry = miss.distance;
  const auto check = [&](double far, const std::string& what) {
    if (!(far <= defect.allowed)) {
      throw InputError(symbol, fmt::format("the shape is not that symmetric: {} {:.3g} away from the surface (allowed: "
                                           "{:.3g}, see --tolerance)",
                                           what, far, defect.allowed));
    }
  };
  check(miss.distance, fmt::format("{} (main axis {:.4g}, {:.4g}, {:.4g}) takes vertex {}",
                                   describe_element(matrix_group({&generators[miss.generator], 1}, symbol), 1),
                                   defect.axis[0], defect.axis[1], defect.axis[2], miss.vertex));
  const Vector p = general_direction(group);
  Mesh piece = in_cell(surface, group, p);
  const auto glued = symmetry::match_walls(piece, group, p, 2 * defect.allowed, symbol);
  auto [copies, permutations] = symmetry::glue_copies(piece, group, glued);
  result.mesh = std::move(copies);
  defect.moved = deviation(surface, SurfaceDistance(result.mesh));
  defect.strayed = deviation(result.mesh, distance);
  check(std::max(defect.moved.largest, defect.strayed.largest), "copies of one part of it lie up to");
  for (int v = 0; v < result.mesh.vertex_count; ++v) {
    Eigen::Map<Vector>(&result.mesh.positions[3 * static_cast<std::size_t>(v)]) += c;
  }
  std::vector<Permutation> moved;
  for (const int g : group.generators) {
    moved.push_back(permutations[g]);
  }
  result.group = group_of_permutations(result.mesh, moved, {.place = symbol});
  return result;
}

} // namespace weyl
