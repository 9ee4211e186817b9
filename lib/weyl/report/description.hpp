// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What every report says first: the space and its discretization.

#include <cstdint>
#include <string>

#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/spectrum/spectrum.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl {

/// A space as a mesh describes it.
struct SpaceDescription {
  std::string name;                      ///< file or expression
  int dimension = 2;                     ///< of the cells
  double volume = 0;                     ///< length, area or volume
  double boundary_volume = 0;            ///< of the boundary
  std::int64_t euler_characteristic = 0; ///< χ
  std::int64_t vertices = 0;             ///< of the mesh
  std::int64_t cells = 0;                ///< of the highest dimension
  int components = 0;                    ///< connected ones
  int boundary_components = 0;           ///< connected ones
  std::int64_t nonmanifold_facets = 0;   ///< with more than two cells
  bool orientable = true;                ///< whether cells can be oriented alike
};

/// Of a mesh.
SpaceDescription describe(const std::string& name, const Mesh& mesh, const Topology& topology);

/// How the Laplacian became matrices.
struct Discretization {
  int order = 1;                         ///< degree of the elements
  Mass mass = Mass::consistent;          ///< exact or lumped
  Boundary boundary = Boundary::neumann; ///< condition there
  std::int64_t dofs = 0;                 ///< unknowns
};

/// What Weyl's law reads of a described space.
Geometry geometry(const SpaceDescription& space, Boundary boundary);

/// M/G as Weyl's law sees it, from a mesh of M and a group that acts on it: mirrors bound it with Neumann's condition;
/// a Dirichlet boundary of M counts as negative.
Geometry quotient_geometry(const Mesh& mesh, const Group& group, const Geometry& manifold);

/// An eigenvalue as it is shown: 0 where it is the rounding of a null mode.
double shown(double lambda, const SpaceDescription& space);

/// "length", "area" or "volume" for d = 1, 2, from 3 on.
std::string volume_noun(int dimension);

/// "linear", "quadratic", "cubic", "quartic", "order 5", …
std::string order_name(int order);

/// "29,512".
std::string grouped(std::int64_t n);

/// "consistent" or "lumped"; "neumann" or "dirichlet".
std::string name(Mass mass);
std::string name(Boundary boundary); ///< "neumann" or "dirichlet".

/// A few lines of text: counts, topology, volume.
std::string text(const SpaceDescription& space);
/// A line of text.
std::string text(const Discretization& discretization);

} // namespace weyl
