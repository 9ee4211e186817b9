// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The Laplace–Beltrami operator of a sampled space as a pencil.

#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/points/neighbours.hpp"

namespace weyl {

/// Neighbours of a point in `surface_pencil`, where nothing else is asked for.
inline constexpr int surface_neighbours = 40;
/// The same in `diffusion_pencil`.
inline constexpr int diffusion_neighbours = 64;

/// Of a sample of a surface, with or without a boundary: the cotangent matrix of the triangles that local Delaunay
/// triangulations find, and a third of their areas as a diagonal mass (in the manner of M. Belkin, J. Sun & Y. Wang,
/// SODA 2009, and N. Sharp & K. Crane, SGP 2020).
///
/// The neighbours of x are projected to their principal plane. The Delaunay triangles at x are the edges of the convex
/// hull of x_j/|x_j|² (inversion takes circles through the origin to lines); one counts if its circumscribed circle
/// lies within the neighbours' disc, so that no other point can be in it: elsewhere there is a boundary, with Neumann
/// conditions. Lengths are those in R^D. Triangles at x weigh the edges at x alone; an edge gets the mean of what its
/// two ends say, at least 0. Where local triangulations agree, this is the P1 stiffness matrix of the surface.
///
/// Points at which no triangle is found get the smallest area of all, so that M is positive definite.
/// \param points D × n; `near_ones` their neighbours (`surface_neighbours`), without a group.
/// \throws InputError if no point has a triangle.
/// Cost: O(n k (D + log k)), in parallel.
Pencil surface_pencil(const Eigen::MatrixXd& points, const Neighbours& near_ones, int threads = 0);

/// The same of M/G, by the points of all orbits: of their pencil on M, |G| points for each x_i, the block of functions
/// that are the same on an orbit, over |G|. \param others every element of G but the identity, D × D and orthogonal.
/// Cost: that of |G| n points. \throws InputError beyond 4 million points.
Pencil surface_pencil_of_orbits(const Eigen::MatrixXd& points, const std::vector<Eigen::MatrixXd>& others,
                                int threads = 0);

/// Of a sample of a space of any dimension d: the diffusion operator with the density divided out (R. Coifman &
/// S. Lafon, Appl. Comput. Harmon. Anal. 21, 2006, α = 1) and a bandwidth that follows the density (T. Berry &
/// J. Harlim, Appl. Comput. Harmon. Anal. 40, 2016). With v_i = ω_d r_k(x_i)^d / k the volume that x_i stands for,
///     s_ij = r_k(x_i) r_k(x_j) / 4L,   w_ij = v_i v_j (4π s_ij)^(−d/2) exp(−|x_i − x_j|²/4s_ij) / Z,
/// the stiffness matrix is that of Σ w_ij (f_i − f_j)²/(2 c s_ij) and the mass is diagonal, m_i = Σ_{j≠i} w_ij (a
/// point itself would count for one neighbour too many). The kernel ends at the k-th neighbour, where it is exp(−L), L
/// = 3; of its mass and of its second moment Z = P(d/2, L) and c = P(d/2 + 1, L)/Z are left (P the regularized
/// incomplete gamma function). As n → ∞ with k → ∞ and k/n → 0 this is ∫|∇f|² against ∫f², whatever the density; a
/// boundary has Neumann conditions.
///
/// With neighbours up to a group, w_ij adds over orbits: the operator of M/G.
/// \param near_ones at least 8 neighbours of each point, `diffusion_neighbours` as a rule.
/// \throws InputError for fewer neighbours, a dimension below 1 or volumes that a double cannot hold.
/// Cost: O(nk).
Pencil diffusion_pencil(const Neighbours& near_ones, int dimension);

} // namespace weyl
