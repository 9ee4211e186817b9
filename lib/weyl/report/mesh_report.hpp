// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-mesh` says of a mesh.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "weyl/report/description.hpp"
#include "weyl/report/surface_view.hpp"
#include "weyl/symmetry/symmetrize.hpp"

namespace weyl {

/// A group that a mesh was given, and how far its surface moved.
struct SymmetryReport {
  std::string group;     ///< its name
  int order = 1;         ///< of the group
  SymmetryDefect defect; ///< how far the surface was from symmetric, and moved
};

/// A space and the quality of its cells.
struct MeshReport {
  SpaceDescription space;   ///< what it is
  double shortest_edge = 0; ///< length
  double mean_edge = 0;     ///< length
  double longest_edge = 0;  ///< length
  double worst_quality = 0; ///< smallest `cell_quality` over all cells; 0 if one has no volume
  std::array<std::int64_t, 20> cells_of_quality = {}; ///< number of cells from 0 to 0.05, from 0.05 to 0.1, …
  std::optional<SymmetryReport> symmetry = {};        ///< if it was made symmetric
  std::optional<SurfaceView> view = {};               ///< for the page
  double seconds = 0;                                 ///< wall time
};

/// Shape of a simplex from 0 (flat) to 1 (regular): its volume over that of the regular simplex with the same root
/// mean square edge length (the mean-ratio family of Liu & Joe 1994, in this normalization).
double cell_quality(const Mesh& mesh, std::size_t c);

/// Cost: linear.
MeshReport mesh_report(const std::string& name, const Mesh& mesh);

/// For people.
std::string text(const MeshReport& report);
/// Keys as in docs/json.md.
std::string json(const MeshReport& report);
/// One self-contained page with the mesh in space and the quality of its cells.
std::string html_page(const MeshReport& report, const std::string& command);

} // namespace weyl
