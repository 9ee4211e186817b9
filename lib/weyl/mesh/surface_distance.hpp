// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How far points and surfaces lie from a surface.

#include <memory>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// The distance of points of R^3 from a surface, by a tree of bounding boxes (CGAL). Callable from several threads.
class SurfaceDistance {
public:
  /// \throws InputError unless the mesh is a surface with positions in R^3. Cost: O(n log n).
  explicit SurfaceDistance(const Mesh& mesh);
  ~SurfaceDistance();
  SurfaceDistance(SurfaceDistance&&) noexcept;            ///< moves the tree
  SurfaceDistance& operator=(SurfaceDistance&&) noexcept; ///< moves the tree

  /// Unit: length; infinite if no cell has an area. Cost: O(log n) for points near the surface.
  [[nodiscard]] double operator()(const Eigen::Vector3d& x) const;

private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

/// How far points of a surface lie from another. Unit: length.
struct Deviation {
  double largest = 0;          ///< of all points
  double root_mean_square = 0; ///< weighted by area
};

/// The deviation of the vertices, the middles of edges and the barycentres of the cells of `from`: the one-sided
/// Hausdorff distance, up to what lies between these points. Cost: O(n log n).
Deviation deviation(const Mesh& from, const SurfaceDistance& to, int threads = 0);

} // namespace weyl
