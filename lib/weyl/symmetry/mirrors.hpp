// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The walls that reflections leave fixed: the boundary of the quotient.

#include <vector>

#include "weyl/mesh/mesh.hpp"
#include "weyl/symmetry/group.hpp"

namespace weyl {

/// Volume of the part of codimension one that each element leaves fixed: facets whose vertices are all fixed, and cells
/// that are mapped to themselves, in which the fixed points are spanned by the barycentres of the cycles of corners.
/// 0 for elements that are not reflections. Unit: length^(d−1), a number of points for d = 1. Cost: O(n·|G|).
std::vector<double> mirror_volumes(const Mesh& mesh, const Group& group);

/// Σ_g weights[g]·(mirror volume of g)·2/|G|. With weights 1 this is the boundary that mirrors add to M/G, where
/// invariant functions satisfy Neumann's condition; with a character χ of degree d it is what stands for it in the
/// second Weyl term of the d·N_χ/d² copies (Donnelly 1978).
double mirror_boundary(const std::vector<double>& mirrors, const std::vector<double>& weights);

} // namespace weyl
