// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A mesh of process 0, cut into parts, one for each process.

#include <vector>

#include <petscsys.h>

#include "weyl/core/boundary.hpp"
#include "weyl/mesh/mesh.hpp"

namespace weyl::cluster {

/// The cells of this process, each with corners of its own (the metric is all that is asked of them), and the unknowns
/// of their nodes.
struct LocalCells {
  Mesh mesh;                        ///< cell c has the vertices c(d+1) … c(d+1)+d
  int order = 1;                    ///< p
  std::vector<PetscInt> unknowns;   ///< cell_count × (p+d choose d), in the whole pencil; −1 where there is none
  PetscInt owned = 0;               ///< unknowns of this process: consecutive, those of process 0 first
  int nodes = 0;                    ///< of the whole mesh (`number_nodes`), on process 0 alone, as is
  std::vector<int> node_of_unknown; ///< for each in the whole pencil
};

/// A part for every cell, so that parts are of about equal size and few facets lie between them: PETSc's
/// MatPartitioning (PT-Scotch on Debian; -mat_partitioning_type) on the graph of cells that share a facet.
/// \param mesh  on process 0; the others are not asked for theirs
/// \returns on process 0 a part in 0 … P−1 per cell, elsewhere nothing
/// \throws InputError if PetscInt is too short for the graph. Collective. Cost: O(n) on process 0.
std::vector<int> partition(const Mesh& mesh);

/// Numbers the nodes of elements of order p and sends every process the cells of its part. An unknown belongs to the
/// lowest part around it; nodes of a Dirichlet boundary and of cells without volume have none.
/// \throws InputError if no unknown is left. Collective. Cost: O(n) on process 0.
LocalCells distribute(const Mesh& mesh, const std::vector<int>& parts, int order, Boundary boundary);

} // namespace weyl::cluster
