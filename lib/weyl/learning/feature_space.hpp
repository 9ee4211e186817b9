// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces that can be sampled: points drawn uniformly, and the values of eigenfunctions there.

#include <functional>
#include <random>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/learning/kernel.hpp"

namespace weyl {

/// The same numbers for the same seed on every machine.
using Random = std::mt19937_64;

/// Points of a space, one a row; what their coordinates are is the space's.
using Points = Eigen::MatrixXd;

/// The eigenfunctions of one eigenvalue of −div grad, all of them.
struct FeatureLevel {
  double lambda = 0;      ///< 1/length²
  Eigen::Index first = 0; ///< its features are the columns first, …, first + size − 1
  Eigen::Index size = 0;  ///< dimension of the eigenspace
};

/// The first K eigenfunctions φ_k of a space, its features, orthonormal for the uniform probability measure.
struct FeatureSpace {
  std::vector<FeatureLevel> eigenspaces;                  ///< ascending
  std::function<Points(Random&, Eigen::Index)> draw;      ///< n independent uniform points
  std::function<Eigen::MatrixXd(const Points&)> features; ///< n × K, φ_k(x_i) of n points x_i
  [[nodiscard]] Eigen::Index size() const;                ///< K
};

/// S^d ⊂ R^(d+1) with its harmonics of degree 0 to `degree`; points are unit vectors. The features of a degree are
/// the products of orthonormal Gegenbauer polynomials in the last coordinate and solid harmonics in the others
/// (Avery, Hyperspherical Harmonics, 1989), by three-term recurrences. Cost: a few flops a value.
/// \throws InputError unless d ≥ 1 and degree ≥ 0.
FeatureSpace sphere_features(int d, int degree);

/// R^d/Λ, the rows of `basis` a basis of Λ (d × d, in length): √2 cos 2πm·u and √2 sin 2πm·u up to the eigenvalue
/// `lambda`. Points are u ∈ [0, 1)^d, x = Σ u_i b_i.
/// \throws InputError for a singular basis, or more than 10^6 features.
FeatureSpace torus_features(const Eigen::MatrixXd& basis, double lambda);

/// Eigenfunctions on glued simplices, linear on each.
struct CellFunctions {
  int dimension = 2;           ///< d
  std::vector<int> cells;      ///< (d+1) vertices each
  std::vector<double> volumes; ///< of the cells, length^d
  Eigen::VectorXd eigenvalues; ///< K, ascending; those within 1e-6 of each other are one
  Eigen::MatrixXd values;      ///< on the vertices, V × K, orthonormal in the consistent mass matrix
};

/// Points are drawn on the cells, functions interpolated, so that the features are orthonormal exactly. A point is the
/// d+1 vertices of its cell and its barycentric coordinates: 2(d+1) numbers.
FeatureSpace mesh_features(CellFunctions functions);

/// An isometry of a space, points to points.
using Motion = std::function<Points(const Points&)>;

/// x → A x + b, on the points of a sphere or of a torus, where A is then in coordinates of its basis.
Motion affine_motion(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& translation);

/// The vertex v of a mesh becomes image[v], and cells go with their vertices.
Motion vertex_motion(std::vector<int> image);

} // namespace weyl
