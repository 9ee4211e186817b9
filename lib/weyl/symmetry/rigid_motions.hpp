// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Isometries of a mesh as rigid motions of the space around it, and back.

#include <span>
#include <string>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"
#include "weyl/symmetry/isometries.hpp"

namespace weyl {

/// The centre of gravity of an embedded mesh, which every rigid motion that keeps the mesh fixes: n coordinates, padded
/// with zeros to three. Cost: linear.
Eigen::VectorXd centre(const Mesh& mesh);

/// Fits to every element the orthogonal matrix A with A(x_v − c) = x_{g(v)} − c, and fills in `matrices` (n × n, 3 × 3
/// for n < 3) if all residuals are within the tolerance; directions that the mesh does not span are fixed. Names the
/// group by `schoenflies` then. Does nothing for intrinsic meshes, or where an isometry is no rigid motion.
/// Cost: O(n·|G|).
void add_rigid_motions(Group& group, const Mesh& mesh, const SymmetryOptions& options = {});

/// The group that rigid motions about the centre of gravity generate: orthogonal matrices, n × n or 3 × 3 for n < 3.
/// \throws InputError if one is not orthogonal to 1e-9; if the image of a vertex lies nowhere near a vertex (which one,
///   and by how far it misses); if the image of a cell is no cell.
/// Cost: O(n log n) per generator, O(n·|G|).
Group group_of_motions(const Mesh& mesh, std::span<const Eigen::MatrixXd> generators,
                       const SymmetryOptions& options = {});

/// The group that permutations of the vertices generate.
/// \throws InputError if one is no permutation, maps a cell to no cell, or changes a length by more than the tolerance.
Group group_of_permutations(const Mesh& mesh, std::span<const Permutation> generators,
                            const SymmetryOptions& options = {});

} // namespace weyl
