// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The pencil (K, M) in rows over all processes.

#include "cluster/distribute.hpp"
#include "cluster/handles.hpp"
#include "weyl/fem/laplacian.hpp"

namespace weyl::cluster {

/// K x = λ M x, n × n, rows in the order of the processes; K and M have one pattern.
struct DistributedPencil {
  Matrix stiffness;
  Matrix mass;
  PetscInt size = 0;    ///< n
  double scale = 0;     ///< s = tr K / (n·tr M), as `spectral_scale`
  double mean_mass = 0; ///< tr M / n
};

/// Every process integrates its own cells (`LocalIntegrator`); sums of rows of others are sent to them. Lumped masses
/// keep the pattern with explicit zeros.
/// Collective. Cost: linear in the cells of a process.
DistributedPencil assemble(const LocalCells& cells, Mass mass);

} // namespace weyl::cluster
