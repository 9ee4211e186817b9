// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The Laplace–Beltrami operator of a mesh as a pencil of linear (P1) finite elements.

#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Mass matrix: `consistent` is exact integration of φ_i φ_j; `lumped` is its row sums on the diagonal.
enum class Mass { consistent, lumped };

/// Mass matrix and boundary condition.
struct LaplacianOptions {
  Mass mass = Mass::consistent;          ///< exact integrals, or a diagonal
  Boundary boundary = Boundary::neumann; ///< on facets of exactly one cell; Dirichlet eliminates their vertices
  std::vector<char> dirichlet_vertices =
      {};          ///< per vertex, where Dirichlet conditions hold; empty: those of the boundary
  int threads = 0; ///< 0: one per hardware thread
};

/// A pencil and the vertices that its unknowns belong to.
struct Laplacian {
  Pencil pencil;                  ///< of the unknowns
  std::vector<int> vertex_of_dof; ///< per unknown; vertices without a cell of positive volume have no unknown
};

/// Assembles K_ij = ∫ ∇φ_i·∇φ_j and M_ij = ∫ φ_i φ_j of −div grad on P1 elements from the metric of every cell alone:
/// with G_ab = ⟨e_a, e_b⟩ the Gram matrix of the edges at a corner, ∇φ_a·∇φ_b = (G⁻¹)_ab, and
/// M_ij = |T| (1 + δ_ij) / ((d+1)(d+2)) (e.g. Ciarlet, The Finite Element Method for Elliptic Problems, ch. 2–4).
/// For surfaces K is the cotangent matrix (Pinkall & Polthier 1993, eq. 6).
///
/// K is n × n in length^(d−2), M in length^d; λ is in 1/length². Rows of K sum to zero under Neumann conditions.
/// Cells of zero volume add nothing.
/// \throws InputError if no unknown is left (all vertices on a Dirichlet boundary), or if the matrices would have more
///   than 2^31 − 1 entries.
/// Cost: linear, in parallel.
Laplacian laplacian(const Mesh& mesh, const LaplacianOptions& options = {});

/// Half of the relative distance between the eigenvalues of the two mass matrices, over λ, as the mean over all plane
/// waves: Σ_T |T| Σ_e |e|² / (2d(d+1)(d+2)|M|). On a cell the lumped form is the consistent one plus
/// |T|/((d+1)(d+2)) Σ_e (u_i − u_j)²; a wave of eigenvalue λ has (u_i − u_j)² ≈ (e·∇u)², on the average over its
/// directions |e|²λu²/d. On uniform meshes it is the λh²/12 and λh²/16 of `resolution`. Unit: length².
/// Cost: linear.
double mass_slope(const Mesh& mesh);

} // namespace weyl
