// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Writing mesh files, with values on the vertices where the format can hold them.

#include <span>
#include <string>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// A named scalar per vertex, for example an eigenfunction.
struct VertexField {
  std::string name;           ///< in the file
  std::vector<double> values; ///< one per vertex
};

/// Writes an embedded mesh (ambient dimension ≤ 3; missing coordinates are written as 0). The format is chosen by the
/// extension: `.off`, `.obj` (segments and triangles), `.ply` (binary little-endian; triangles), `.vtu` (binary
/// appended; any cell). Coordinates survive a round trip exactly in all of them.
///
/// `fields` go to PLY as vertex properties and to VTU as point data.
/// The file is written whole or not at all (a temporary file beside it is renamed at the end).
/// \throws InputError if the format cannot hold the mesh or the fields, if the mesh has no positions, or if the file
///   cannot be written (the reason is the operating system's).
void write_mesh(const std::string& path, const Mesh& mesh, std::span<const VertexField> fields = {});

} // namespace weyl
