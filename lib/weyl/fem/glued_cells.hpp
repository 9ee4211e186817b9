// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Coarse simplices in a chart, glued, and divided into a space.

#include <array>
#include <functional>
#include <vector>

#include <Eigen/Core>

#include "weyl/fem/metric.hpp"
#include "weyl/fem/spaces.hpp"

namespace weyl {

/// A few simplices in R^c, and which of their faces are the same.
struct GluedCells {
  int dimension = 2;
  Eigen::MatrixXd points;                     ///< c × vertices
  std::vector<std::array<int, 4>> cells;      ///< d + 1 vertices each
  std::vector<std::vector<int>> gluings = {}; ///< maps of vertices, −1 where there is none; each glues every face whose
                                              ///< vertices it all maps, affinely
};

/// What a divided space looks like.
struct GluedGeometry {
  std::function<Metric(Charts)> metric = {}; ///< from the coordinates of the cells; empty: Euclidean in R^c
  std::function<ChartPoint(const ChartPoint&)> embedding = {}; ///< places of vertices in R^n for drawing; may be empty
};

/// Divides every edge of the cells into f parts (`lattice`), f so that no edge is longer than the size. Without one
/// there are about 60, 1,000 or 3,000 cells in dimension 1, 2 and 3. f is a multiple of `multiple`, and at least 3
/// where something is glued, so that cells share what their vertices say. The result has positions where there is an
/// embedding, else the lengths of its edges in the metric. \throws InputError if there would be more than 2e7 cells.
RiemannianMesh divide(const char* kind, const GluedCells& coarse, const GluedGeometry& geometry,
                      const Division& division, int multiple = 1);

} // namespace weyl
