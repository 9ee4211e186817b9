// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Distributed vectors, whole on process 0.

#include <functional>
#include <span>
#include <vector>

#include "cluster/handles.hpp"

namespace weyl::cluster {

/// Hands process 0 the vectors one after the other, with their numbers. If `take` throws there, every process does.
/// Collective. Cost: memory for one vector on process 0.
void gather(const std::vector<Vector>& vectors, const std::function<void(std::size_t, std::span<const double>)>& take);

} // namespace weyl::cluster
