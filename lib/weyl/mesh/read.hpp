// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Reading mesh files.

#include <string>
#include <string_view>
#include <vector>

#include "weyl/mesh/soup.hpp"

namespace weyl {

/// Reads a mesh file; the format is chosen by the file's extension and, where that is unknown or shared (`.mesh`,
/// `.vtk`, `.msh`), by its first bytes. `-` reads OFF from standard input.
///
/// Formats: OFF (COFF, NOFF, STOFF, 4OFF and combinations; ascii), OBJ, PLY and STL (ascii and binary), VTK legacy
/// (ascii and binary), VTU (ascii, base64 and raw appended, zlib), Gmsh MSH 2.2 and 4.1 (ascii and binary), MEDIT and
/// MFEM `.mesh` (ascii), GIFTI `.gii`, FreeSurfer surfaces.
///
/// Cells of higher order are reduced to their corners, with a warning. Hexahedra, prisms and pyramids are refused, as
/// are triangle strips in PLY and `nodes` in MFEM. What carries no geometry (colours, normals, fields) is passed over.
/// \throws InputError naming file, line (text formats) and reason. Memory stays proportional to the file's size,
///   whatever counts the file claims.
Soup read_soup(const std::string& path);

/// As `read_soup`, from memory: `content` is that of a file called `name`, whose extension counts.
Soup parse_soup(std::string_view content, const std::string& name);

/// `to_mesh(read_soup(path))`: a mesh that can be used, and what was noticed about the file.
CheckedMesh read_mesh(const std::string& path);

/// Extensions that `read_soup` knows, with the leading dot, in alphabetical order.
std::vector<std::string> readable_extensions();

} // namespace weyl
