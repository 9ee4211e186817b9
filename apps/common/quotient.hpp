// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A meshed space cut by its symmetry: what several tools need of it.

#include <vector>

#include "common/tool.hpp"
#include "weyl/spectrum/blocks.hpp"
#include "weyl/symmetry/representation.hpp"

namespace weyl::tool {

/// M/G as Weyl's law sees it: mirrors bound it with Neumann's condition; a Dirichlet boundary of M counts as negative.
Geometry quotient_geometry(const Space& space, const Group& group);

/// The block of each representation.
std::vector<SpectrumBlock> blocks(const Space& space, const Group& group, const std::vector<Representation>& irreps);

/// Invariant eigenvalues up to λ.
std::vector<double> invariant_eigenvalues(const Space& space, const Group& group, double lambda,
                                          const SpaceOptions& options);

} // namespace weyl::tool
