// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The border of a piece that was cut from a surface (internal).

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl::symmetry {

/// A path of border edges; the first vertex again at the end if it is closed.
using Chain = std::vector<int>;

/// The border edges of a surface in R^3, which can be divided: the mesh changes with them.
class Border {
public:
  /// The mesh must outlive this. `place` is for messages. Cost: O(n log n).
  Border(Mesh& mesh, std::string place);

  /// The position of a vertex.
  [[nodiscard]] Eigen::Vector3d at(int v) const;

  /// Puts a vertex on the border edge ab, at (1 − t)a + t b. \throws InputError if ab is none.
  int divide(int a, int b, double t);

  /// Edges in the plane of `normal`; if `side` is not zero, those of them whose middle has a positive side·x.
  [[nodiscard]] std::vector<std::pair<int, int>> edges(const Eigen::Vector3d& normal,
                                                       const Eigen::Vector3d& side = {0, 0, 0}) const;

  /// Whether n·x vanishes at both ends of an edge.
  [[nodiscard]] bool lies_in(const std::pair<int, int>& edge, const Eigen::Vector3d& normal) const;

  /// Gives the border in the plane of `normal` vertices where side·x = 0; vertices that are near are moved there.
  void mark(const Eigen::Vector3d& normal, const Eigen::Vector3d& side);

  /// `edges` as paths. \throws InputError if they branch.
  [[nodiscard]] std::vector<Chain> chains(const Eigen::Vector3d& normal, const Eigen::Vector3d& side = {0, 0, 0}) const;

private:
  Mesh& mesh_;
  std::string place_;
  std::map<std::pair<int, int>, std::size_t> cell_of_;
  double tolerance_ = 0; ///< of side·x = 0
};

} // namespace weyl::symmetry
