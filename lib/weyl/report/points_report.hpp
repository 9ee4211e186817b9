// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-count` and `weyl-spectrum` say of a sample of points.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/points/dimension.hpp"
#include "weyl/points/invariance.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/spectrum/resolution.hpp"

namespace weyl {

/// What is printed of a sample.
struct PointsReport {
  std::string tool;                                ///< `weyl-count` or `weyl-spectrum`
  std::string name;                                ///< file
  std::int64_t points = 0;                         ///< n
  std::int64_t ambient = 0;                        ///< D
  SampledGeometry geometry;                        ///< dimension and volume from distances
  std::optional<SampleInvariance> invariance = {}; ///< of M/G: whether the sample is invariant
  std::string laplacian;                           ///< `delaunay` or `diffusion`
  int neighbours = 0;                              ///< that it was made for
  std::int64_t unknowns = 0;                       ///< the points that the pencil is made of
  Resolution resolution;                           ///< up to where the pencil can be trusted
  std::vector<EigenvalueCount> counts = {};        ///< of `weyl-count`
  std::optional<WeylFit> fit = {};                 ///< of the counts that are resolved
  std::vector<double> eigenvalues = {};            ///< of `weyl-spectrum`
  std::vector<double> residuals = {};              ///< relative, one per eigenvalue
  double seconds = 0;                              ///< wall time
};

/// Tables for a terminal of 80 columns.
std::string text(const PointsReport& report);
/// Keys as in docs/json.md.
std::string json(const PointsReport& report);
/// A header line and a line per λ, as the tools print of meshes.
std::string csv(const PointsReport& report);
/// The counting function on Weyl's law.
std::vector<Figure> figures(const PointsReport& report);
/// One self-contained page with figures and tables.
std::string html_page(const PointsReport& report, const std::string& command);

} // namespace weyl
