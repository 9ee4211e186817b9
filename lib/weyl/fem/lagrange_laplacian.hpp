// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The Laplace–Beltrami operator as a pencil of Lagrange elements of any order, on any metric.

#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/fem/nodes.hpp"

namespace weyl {

/// Degree, quadrature and boundary condition.
struct LagrangeOptions {
  int order = 1;                         ///< p, 1 to `largest_order`
  Boundary boundary = Boundary::neumann; ///< on facets of exactly one cell; Dirichlet eliminates their nodes
  CellFunction potential = {};           ///< q of −div grad + q; empty: 0
  int extra_degree = 4;                  ///< curved cells are integrated by a rule that is exact for degree 2p + this
  int threads = 0;                       ///< 0: one per hardware thread
};

/// A pencil, the nodes of its cells, and which of them are unknowns. A function u = Σ x_dof φ_node.
struct LagrangeLaplacian {
  Pencil pencil;                ///< of the unknowns
  NodeNumbers nodes;            ///< of all nodes, those on a Dirichlet boundary too
  std::vector<int> node_of_dof; ///< per unknown, ascending
  std::vector<int> dof_of_node; ///< per node; −1 on a Dirichlet boundary, and where no cell has a positive volume
};

/// Assembles K_ij = ∫ (∇φ_i·∇φ_j + q φ_i φ_j) w and M_ij = ∫ φ_i φ_j w of −w⁻¹ div(w grad) + q, ∇φ_i·∇φ_j =
/// ∂φ_iᵀ G⁻¹ ∂φ_j and dV = √det G dξ in terms of the metric G of the cell. K and M share one pattern and are exactly
/// symmetric; rows of K sum to zero under Neumann conditions without a potential.
///
/// Flat cells without weight and potential are integrated exactly. On smooth solutions eigenvalues converge as
/// O(h^{2p}) (Strang & Fix, An Analysis of the Finite Element Method, ch. 6), from above where nothing but the cells'
/// polynomials is approximated: min–max. Flat cells at order 1 are those of `laplacian`. \throws InputError if no
/// unknown is left, if the metric of a cell is not positive definite, as of
///   `number_nodes`, or if the matrices would have more than 2^31 − 1 entries.
/// Cost: linear in cells, in parallel; per cell about (p+d choose d)² times the number of quadrature points.
LagrangeLaplacian lagrange_laplacian(const RiemannianMesh& space, const LagrangeOptions& options = {});

/// The row sums of a mass matrix of linear elements on its diagonal; the pattern stays, with zeros.
SparseMatrix lumped(const SparseMatrix& mass);

/// The flat metric of `mesh`.
LagrangeLaplacian lagrange_laplacian(const Mesh& mesh, const LagrangeOptions& options = {});

} // namespace weyl
