// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Intrinsic Delaunay triangulations of surfaces.

#include <cstddef>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// When to stop.
struct IntrinsicDelaunayOptions {
  /// Every triangle shall satisfy a + b ≥ c + slack·(mean edge length) before edges are flipped; in (0, 0.1].
  double slack = 1e-8;
};

/// The mesh after the flips.
struct IntrinsicDelaunay {
  Mesh mesh;                ///< intrinsic; the vertices of the input, and their positions for drawing
  std::size_t flips = 0;    ///< number of edges flipped
  double mollification = 0; ///< length that was added to every edge; 0 where no triangle was nearly degenerate
};

/// The surface with other triangles between the same vertices: those of an intrinsic Delaunay triangulation, in which
/// the angles opposite an interior edge add up to at most π, so that the cotangent weights of the P1 stiffness matrix
/// are non-negative. The metric is the same but for the mollification, which makes degenerate triangles usable.
///
/// Mollification: N. Sharp, K. Crane, A Laplacian for Nonmanifold Triangle Meshes, SGP 2020: the smallest ε such that
/// all triangles satisfy the inequality of the options once ε is added to every edge length.
/// Flips: M. Fisher, B. Springborn, P. Schröder, A. Bobenko, Computing 81, 2007; that they end, in the Delaunay
/// triangulation: A. Bobenko, B. Springborn, Discrete Comput. Geom. 38, 2007. The condition is met up to
/// cot α + cot β ≥ −1e-9. Edges at the boundary and non-manifold edges are never flipped. The surface may be
/// non-orientable; the triangles of an oriented one stay oriented.
///
/// The result is a Δ-complex: an edge may be a loop, and two edges may join the same vertices. Its cells carry the
/// right metric, which is all that P1 elements ask for; but where facets are identified by their vertices alone,
/// doubled edges look like a non-manifold one. Two edges of the *input* with the same ends and lengths (to a relative
/// 1e-9) cannot be told apart: if they belong to more than two triangles, they count as non-manifold and stay.
///
/// \throws InputError if the mesh is no surface, a length is negative or not finite, all lengths are 0, or the slack is
/// out of range; NumericalError after 1000 flips per edge.
/// Cost: in practice O(n).
IntrinsicDelaunay intrinsic_delaunay(const Mesh& surface, const IntrinsicDelaunayOptions& options = {});

} // namespace weyl
