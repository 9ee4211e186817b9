// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The cell types that VTK's legacy and XML files share.

#include <cstddef>
#include <cstdint>
#include <span>

#include "weyl/mesh/soup.hpp"

namespace weyl::format {

/// Appends cell number `cell`, of VTK's type `type`, with the given nodes (in range). Curved cells are reduced to their
/// corners and counted in `curved`.
/// \throws InputError for a type that is not made of segments, polygons or tetrahedra, or with too few nodes.
void add_vtk_cell(Soup& soup, std::size_t cell, std::int64_t type, std::span<const int> nodes, std::size_t& curved);

} // namespace weyl::format
