// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Lagrange elements of any order on segments, triangles and tetrahedra.

#include <array>
#include <vector>

#include <Eigen/Core>

namespace weyl {

/// Where a node lies: i_0 + … + i_d = p. A node is in the interior of the face spanned by the corners with i > 0.
using MultiIndex = std::array<int, 4>;

/// Shape functions at some points.
struct ShapeValues {
  Eigen::MatrixXd values;                  ///< nodes × points: φ_a(λ_q)
  std::array<Eigen::MatrixXd, 3> gradient; ///< of each ξ_i = λ_{i+1}, i < d: nodes × points, ∂φ_a/∂ξ_i with
                                           ///< λ_0 = 1 − Σ ξ_i
};

/// The highest order there is.
inline constexpr int largest_order = 10;

/// The polynomials of degree ≤ p on a d-simplex, by their values at (p+d choose d) nodes.
///
/// The nodes are Isaac's recursive ones (T. Isaac, Recursive, parameter-free, explicitly defined interpolation nodes
/// for simplices, SIAM J. Sci. Comput. 42, 2020) over Legendre–Gauss–Lobatto points: every permutation of the corners
/// permutes them, so that the nodes of two cells on a common face coincide, and those on an edge are the Lobatto
/// points. The shape functions are the inverse of the Vandermonde matrix of orthonormal polynomials (Dubiner, J. Sci.
/// Comput. 6, 1991): nothing is lost to its condition number, which is below 140 for p ≤ 10.
class LagrangeElement {
public:
  /// \throws InputError unless d is 1 to 3 and p is 1 to `largest_order`.
  LagrangeElement(int dimension, int order);

  [[nodiscard]] int dimension() const { return dimension_; } ///< of the simplex
  [[nodiscard]] int order() const { return order_; }         ///< degree of the polynomials
  /// Number of nodes, (p+d choose d).
  [[nodiscard]] int size() const { return static_cast<int>(indices_.size()); }
  /// Multi-index of each node. The corners come first, then the others in the order of their faces' dimension.
  [[nodiscard]] const std::vector<MultiIndex>& indices() const { return indices_; }
  /// (d+1) × nodes barycentric coordinates.
  [[nodiscard]] const Eigen::MatrixXd& nodes() const { return nodes_; }
  /// φ_a and their gradients at points given by (d+1) × n barycentric coordinates. Cost: n·size².
  [[nodiscard]] ShapeValues at(const Eigen::MatrixXd& points) const;

private:
  int dimension_;
  int order_;
  std::vector<MultiIndex> indices_;
  Eigen::MatrixXd nodes_;
  Eigen::MatrixXd inverse_; ///< V⁻¹ with V_ak = ψ_k(node a): φ_a = Σ_k ψ_k (V⁻¹)_ka
};

/// Orthonormal polynomials of degree ≤ p on the d-simplex of volume 1/d! at points (barycentric, (d+1) × n): modes ×
/// points, and their derivatives as in `ShapeValues`. Products of Jacobi polynomials, made homogeneous so that nothing
/// is singular at a corner.
ShapeValues dubiner(int dimension, int order, const Eigen::MatrixXd& points);

} // namespace weyl
