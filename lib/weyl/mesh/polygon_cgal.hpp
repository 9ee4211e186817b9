// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What CGAL does for polygons, in a source of its own because it compiles slowly (internal: see polygon.hpp).

#include <cstddef>
#include <optional>
#include <utility>

#include "weyl/mesh/polygon.hpp"

namespace weyl {

/// Two edges, named by their first corners, i < j, that meet elsewhere than where neighbours should; none if the
/// polygon is simple. Exact predicates. Cost: O(n log n), and O(n²) to find the edges.
std::optional<std::pair<std::size_t, std::size_t>> first_crossing(const Polygon& polygon);

/// A Delaunay mesh of a simple polygon with edges of length at most `size` (0: any) and angles of 20.7° at least where
/// the polygon has no smaller ones. \throws InputError if it is not simple.
Mesh triangulate(const Polygon& polygon, double size);

} // namespace weyl
