// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A mesh and functions on it, small enough to be turned by hand in a browser.

#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Triangles in space and functions on their vertices, in the precision of a screen.
struct SurfaceView {
  std::vector<float> positions;          ///< vertices × 3
  std::vector<std::uint32_t> triangles;  ///< triangles × 3
  bool flat = false;                     ///< in a plane z = const
  std::vector<std::int16_t> values = {}; ///< functions × vertices, row-major, in units of scales/32767
  std::vector<double> scales = {};       ///< per function: largest absolute value
  std::vector<std::string> labels = {};  ///< per function
  std::string note = {};                 ///< what of the mesh is shown, if it is not the whole

  /// Of the view, not of the mesh.
  [[nodiscard]] std::size_t vertex_count() const { return positions.size() / 3; }
};

/// How much a browser is asked to hold.
struct SurfaceViewOptions {
  std::size_t vertices = 20000;   ///< at most; finer meshes are drawn with fewer
  std::size_t values = 1'500'000; ///< at most, of all functions together: the first ones are kept
};

/// Whether there is something to draw: positions in R² or R³, or in more dimensions the first three, and cells of
/// dimension 2 or 3.
bool can_be_drawn(const Mesh& mesh);

/// The functions that a view of the mesh has room for.
Eigen::Index drawable_functions(const Mesh& mesh, const SurfaceViewOptions& options = {});

/// The surface of the mesh (of tetrahedra the boundary) with one function a column of `values` (vertices × functions).
/// Of meshes with too many vertices one stays in each cell of a cubic grid, the one next to the mean (Rossignac &
/// Borrel 1993), with its own values; triangles keep those of their corners that stay apart.
/// Cost: linear, times the number of grids that are tried.
SurfaceView surface_view(const Mesh& mesh, const Eigen::MatrixXd& values, const SurfaceViewOptions& options = {});

} // namespace weyl
