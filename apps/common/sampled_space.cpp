// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sampled_space.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "weyl/model/expression.hpp"
#include "weyl/symmetry/point_group.hpp"

namespace weyl::tool {

namespace {

using Matrices = std::vector<Eigen::MatrixXd>;

/// e_i → e_image(i).
Eigen::MatrixXd permutation_matrix(const std::vector<int>& image) {
  const auto n = static_cast<Eigen::Index>(image.size());
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    result(image[static_cast<std::size_t>(i)], i) = 1;
  }
  return result;
}

/// The cycle (0 1 … length−1) of n coordinates.
Eigen::MatrixXd cycle(int n, int length) {
  std::vector<int> image(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    image[static_cast<std::size_t>(i)] = i < length ? (i + 1) % length : i;
  }
  return permutation_matrix(image);
}

/// (0 1 last) for every other coordinate.
Matrices even_permutations(int n) {
  Matrices result;
  for (int last = 2; last < n; ++last) {
    std::vector<int> image(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
      image[static_cast<std::size_t>(i)] = i == 0 ? 1 : i == 1 ? last : i == last ? 0 : i;
    }
    result.push_back(permutation_matrix(image));
  }
  return result;
}

/// Rotations by 2π over the golden ratio in the planes (i, i+1), dense in SO(k).
Matrices dense_rotations(int n, int k) {
  const double angle = 2 * std::numbers::pi / std::numbers::phi;
  Matrices result;
  for (int i = 0; i + 1 < k; ++i) {
    result.emplace_back(Eigen::MatrixXd::Identity(n, n));
    result.back().block(i, i, 2, 2) << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
  }
  return result;
}

/// Generators of a group of n coordinates.
Matrices matrices(const Expression& quotient, int n, bool sphere) {
  const std::string& name = quotient.name;
  if (quotient.file.empty()) {
    if (name == "antipodal") {
      return {-Eigen::MatrixXd::Identity(n, n)};
    }
    if (name == "C") {
      return {cycle(n, n)};
    }
    if (name == "A") {
      return even_permutations(n);
    }
    if (name == "S" || name == "B") {
      Matrices result{cycle(n, std::min(n, 2)), cycle(n, n)};
      if (name == "B") {
        result.emplace_back(Eigen::MatrixXd::Identity(n, n));
        result.back()(0, 0) = -1;
      }
      return result;
    }
    if (name == "SO" && sphere) {
      return dense_rotations(n, static_cast<int>(quotient.numbers[0].approximate()));
    }
    if (sphere && n == 3 && is_point_group(name)) {
      const std::vector<Eigen::Matrix3d> generators = point_group(name);
      return {generators.begin(), generators.end()};
    }
  }
  throw InputError("--simulate", fmt::format("is not offered for the group {}: antipodal, S, A, C, B, SO:k and point "
                                             "groups on sphere:2 are",
                                             quotient.file.empty() ? name : quotient.file));
}

/// A basis of the lattice of a torus, a vector a row.
Eigen::MatrixXd lattice_basis(const Expression& torus) {
  if (torus.name == "lattice") {
    const auto n = static_cast<Eigen::Index>(torus.rows.size());
    return Eigen::MatrixXd::NullaryExpr(n, n, [&](Eigen::Index i, Eigen::Index j) {
      return torus.rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)].approximate();
    });
  }
  if (torus.name == "torus" && torus.numbers.size() == 1) {
    const auto n = static_cast<Eigen::Index>(torus.numbers[0].approximate());
    return 2 * std::numbers::pi * Eigen::MatrixXd::Identity(n, n);
  }
  Eigen::VectorXd lengths(static_cast<Eigen::Index>(torus.numbers.size()));
  for (Eigen::Index i = 0; i < lengths.size(); ++i) {
    lengths[i] = torus.numbers[static_cast<std::size_t>(i)].approximate();
  }
  return lengths.asDiagonal();
}

SampledSpace exact_space(const LearningSpaces& spaces, const SpaceOptions& options, double cutoff) {
  const Expression base = parse_space(spaces.manifold_name);
  const bool sphere = base.name == "sphere";
  const bool torus = base.name == "torus" || base.name == "lattice" || base.name == "circle";
  if (base.kind != Expression::Kind::atom || !(sphere || torus)) {
    throw InputError("--simulate",
                     fmt::format("is not offered on {}: spheres, tori, lattices, circles and meshes can be sampled",
                                 spaces.manifold_name));
  }
  SampledSpace result;
  int n = 0; // coordinates
  if (sphere) {
    const auto d = static_cast<int>(base.numbers[0].approximate());
    const double half = (d - 1) / 2.0;
    result.space = sphere_features(d, static_cast<int>(std::sqrt(cutoff + half * half) - half));
    n = d + 1;
  } else {
    const Eigen::MatrixXd basis = lattice_basis(base);
    result.space = torus_features(basis, cutoff);
    n = static_cast<int>(basis.rows());
  }
  if (spaces.order != 1) {
    const Expression quotient = parse_space(spaces.quotient_name);
    if (quotient.boundary || boundary(options) == Boundary::dirichlet) {
      throw InputError("--simulate", "learns invariant functions, which satisfy Neumann's condition on walls");
    }
    for (const Eigen::MatrixXd& matrix : matrices(quotient, n, sphere)) {
      result.generators.push_back(affine_motion(matrix, Eigen::VectorXd::Zero(n)));
    }
  }
  return result;
}

SampledSpace meshed_space(const MeshedPair& meshed, double cutoff) {
  const Space& space = *meshed.space;
  if (space.discretization.order > 1 || space.discretization.mass != Mass::consistent) {
    throw InputError("--simulate", "on a mesh is for linear elements with consistent mass");
  }
  const Eigen::Index held = (meshed.eigenvalues.array() < cutoff).count();
  CellFunctions functions{.dimension = space.mesh.dimension,
                          .cells = space.mesh.cells,
                          .volumes = {},
                          .eigenvalues = meshed.eigenvalues.head(held),
                          .values = space.on_vertices(meshed.eigenvectors.leftCols(held))};
  for (std::size_t c = 0; c < space.mesh.cell_count(); ++c) {
    functions.volumes.push_back(cell_volume(space.mesh, c));
  }
  SampledSpace result{.space = mesh_features(std::move(functions)), .generators = {}};
  for (const int g : meshed.group.generators) {
    result.generators.push_back(vertex_motion(meshed.group.permutations[static_cast<std::size_t>(g)]));
  }
  return result;
}

} // namespace

SampledSpace sampled_space(const LearningSpaces& spaces, const SpaceOptions& options, double cutoff) {
  return spaces.meshed ? meshed_space(*spaces.meshed, cutoff) : exact_space(spaces, options, cutoff);
}

} // namespace weyl::tool
