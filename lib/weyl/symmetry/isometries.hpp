// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The isometry group of a mesh, found from how its cells are glued and how long its edges are.

#include <string>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl {

/// What counts as a symmetry.
struct SymmetryOptions {
  double tolerance = 1e-6;        ///< lengths and places may differ by this times V^(1/d), V the volume of the mesh
  std::string place = "the mesh"; ///< for messages
};

/// All isometries of a mesh that map vertices to vertices and cells to cells, reflections included, as permutations of
/// the vertices. Positions are used for edge lengths only; `matrices` are filled in where rigid motions do the same
/// (`rigid_motions`), and then the name is a Schoenflies symbol (`schoenflies`).
///
/// An isometry of a connected mesh is fixed by the image of one flag (a cell with its vertices in order), because it
/// can be continued across facets. A colouring of the vertices by lengths around them, refined over a few rings
/// (Weisfeiler & Leman 1968), leaves few images for the rarest flag; each is spread over the mesh and given up at the
/// first contradiction. Flags that products of known isometries reach are not tried again.
/// \throws InputError if cells are not connected through facets of two cells (a mesh of several components: give them
///   one at a time), if some isometry fixes all vertices (parallel cells), or as `generate` does.
/// Cost: O(n·|G|) at most, O(n) for a mesh without symmetry.
Group isometry_group(const Mesh& mesh, const SymmetryOptions& options = {});

/// The longest distance that counts as zero: tolerance·V^(1/d). Unit: length.
double symmetry_distance(const Mesh& mesh, const SymmetryOptions& options);

} // namespace weyl
