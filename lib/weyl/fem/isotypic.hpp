// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A pencil with a symmetry, cut into one block per irreducible representation.

#include <vector>

#include "weyl/core/pencil.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/symmetry/group.hpp"
#include "weyl/symmetry/representation.hpp"

namespace weyl {

/// How the elements of a group act on the n unknowns of a pencil: g takes the basis function of unknown x to
/// signs[g][x] times that of unknown images[g][x].
struct Action {
  std::vector<Permutation> images = {};             ///< per element
  std::vector<std::vector<signed char>> signs = {}; ///< per element, ±1; none: all +1
};

/// The action on unknowns that sit on vertices. `vertex_of_dof` as `Laplacian` has it. \throws InputError if the group
/// maps an unknown to a vertex without one. Cost: O(n·|G|).
Action action_on_vertices(const Group& group, const std::vector<int>& vertex_of_dof);

/// The action on the unknowns of Lagrange elements of any order: a node goes where its barycentric coordinates go with
/// the vertices of its cell. \throws as above. Cost: O(n·|G|).
Action action_on_nodes(const Group& group, const Mesh& mesh, const LagrangeLaplacian& discrete);

/// The unknowns as orbits of a group. Each unknown is `carrier`·(representative of its orbit).
struct Orbits {
  std::vector<int> representatives;          ///< per orbit, its first unknown
  std::vector<int> sizes;                    ///< per orbit; |orbit|·|stabilizer| = |G|
  std::vector<std::vector<int>> stabilizers; ///< per orbit, the elements that fix the representative; {0} is left empty
  std::vector<int> orbit_of;                 ///< per unknown
  std::vector<int> carrier;                  ///< per unknown, an element
};

/// Cost: O(n·|G|/|orbit|) look-ups for each orbit, O(n) for free actions.
Orbits orbits(const Group& group, const Action& action);

/// The equivariant maps T: V_ρ → R^n, restricted to one row of ρ: for each orbit Gx the vectors w fixed by the
/// stabilizer of x, (Tv)(gx) = ⟨ρ(g)w, v⟩ (Frobenius reciprocity). On them the pencil is
///     K_ρ[(x,w),(y,w′)] = √(|Gx|/|Gy|) Σ_{g y ∈ Gy} K_{x,gy} ⟨w, ρ(g)w′⟩,
/// of which only the rows of K at representatives are read; the same for M. The trivial representation gives the pencil
/// of invariant functions, in the basis of normalized orbit sums.
///
/// Each eigenvalue of an irreducible part of the whole pencil is an eigenvalue of the block, t times for a
/// representation with t = ⟨χ, χ⟩ (the equivariant maps are a vector space over R, C or H of that dimension). So
/// N(λ) = Σ_ρ (d/t)·N_ρ(λ), d/t = `Representation::weight`. If ρ occurs nowhere the block has no unknowns.
///
/// The pencil must commute with the action, up to the tolerance of the symmetry.
/// Cost: O(nnz(K)·d²/|G|); the block has about n·d/|G| unknowns.
Pencil isotypic_block(const Pencil& pencil, const Action& action, const Orbits& orbits, const Representation& rho);

/// The columns T e_k that belong to the unknowns of the block, n × N: they carry eigenvectors of the block to
/// M-orthonormal eigenvectors of the whole pencil. Different rows 0 ≤ k < d give orthogonal copies. Cost: O(n·d).
SparseMatrix isotypic_basis(const Action& action, const Orbits& orbits, const Representation& rho, int row = 0);

} // namespace weyl
