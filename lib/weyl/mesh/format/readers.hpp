// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// One reader a format: the content of a file in, its points and cells out. `source` names the file in messages.

#include <string>
#include <string_view>

#include "weyl/mesh/soup.hpp"

namespace weyl::format {

Soup read_off(std::string_view content, const std::string& source);
Soup read_obj(std::string_view content, const std::string& source);
Soup read_ply(std::string_view content, const std::string& source);
Soup read_stl(std::string_view content, const std::string& source);
Soup read_vtk(std::string_view content, const std::string& source);
Soup read_vtu(std::string_view content, const std::string& source);
Soup read_gmsh(std::string_view content, const std::string& source);
Soup read_medit(std::string_view content, const std::string& source);
Soup read_mfem(std::string_view content, const std::string& source);
Soup read_gifti(std::string_view content, const std::string& source);
Soup read_freesurfer(std::string_view content, const std::string& source);

} // namespace weyl::format
