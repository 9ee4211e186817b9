// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Finite elements as Python asks for them.

#include <string>
#include <vector>

#include "bindings.hpp"

namespace weyl::python {

/// The keyword arguments of everything that discretizes.
struct ElementOptions {
  int order = 1;
  std::string mass = "consistent";
  std::string boundary = "neumann";
  int threads = 0;
};

/// A pencil and what its unknowns belong to.
struct Discrete {
  Pencil pencil;
  std::vector<int> node_of_dof;    ///< vertices first, then nodes inside edges and cells
  LagrangeLaplacian lagrange = {}; ///< the nodes, at orders above 1
};

/// \throws InputError for options that are unknown or do not go together.
Discrete discretize(const Mesh& mesh, const ElementOptions& options);

/// What Weyl's law reads of a mesh.
Geometry geometry_of(const Mesh& mesh, const std::string& boundary);

} // namespace weyl::python
