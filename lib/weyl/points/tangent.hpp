// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Tangent spaces of a sample.

#include <array>

#include <Eigen/Core>

#include "weyl/points/neighbours.hpp"

namespace weyl {

/// Coordinates d × k, in the principal d-plane of the origin and k neighbours, of these neighbours: `points` is D × k,
/// differences from the origin, of which the spread is measured about the mean of all k + 1 points. \param d at most D
/// and k. Cost: O(D k min(D, k)).
Eigen::MatrixXd in_principal_plane(const Eigen::MatrixXd& points, Eigen::Index d);

/// How much neighbours lie to one side of their point, at distance r_k for each k of `counts`. With u_a the
/// displacements of the neighbours nearer than the k-th, in the tangent plane, the mean over the points of
///     Σ_{a≠b} u_a·u_b / ((k − 1)(k − 2) r_k²):
/// without bias the square of their mean displacement in units of r_k, for different neighbours are independent. It is
/// 0 in a uniform sample without a boundary, goes like r with a boundary (the share of points near it), and like r²
/// where the density changes, or where tangent planes are not well known.
/// \param points D × n; `near_ones` their neighbours, without a group. \param counts from 3 to the number of
/// neighbours. Cost: O(n D k min(D, k)), in parallel.
std::array<double, 2> one_sidedness(const Eigen::MatrixXd& points, const Neighbours& near_ones, int dimension,
                                    const std::array<Eigen::Index, 2>& counts, int threads = 0);

} // namespace weyl
