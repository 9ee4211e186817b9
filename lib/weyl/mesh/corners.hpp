// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Where eigenfunctions of a flat surface are singular, and meshes graded towards those places.

#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Sum of the triangles' angles at every vertex, in radians. Cost: linear.
std::vector<double> total_angles(const Mesh& mesh);

/// The smallest exponent ν of the expansion Σ c_m r^(mν) cos(mνθ) of eigenfunctions at every vertex: 2π/β at a cone
/// point of total angle β, π/β at a corner of the boundary (one condition all around; Kondratiev 1967; Grisvard,
/// Elliptic Problems in Nonsmooth Domains, 1985). Where ν is a whole number nothing is singular.
std::vector<double> corner_exponents(const Mesh& mesh);

/// Whether an exponent is singular: not a whole number to 1e-6, which matters to eigenvalues by 1e-12.
bool is_singular(double exponent);

/// Bisects the triangles at the singular vertices (`longest_edge_first` before) until they are as small, relative to
/// what they were, as `error`^(1/2ν): polynomials of any degree leave an error of h^(2ν) of an eigenvalue in the cells
/// at the vertex. The sizes grow geometrically away from it.
/// \throws InputError unless 0 < error ≤ 1, and as `bisect` does.
/// Cost: log(1/error)/ν steps of `bisect`.
Mesh graded(const Mesh& mesh, double error);

} // namespace weyl
