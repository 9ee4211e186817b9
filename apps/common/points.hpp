// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What tools do with a sample of points in place of a space.

#include <cstdint>
#include <optional>
#include <string>

#include "common/tool.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/report/points_report.hpp"

namespace weyl::tool {

/// How a sample is read and turned into a pencil.
struct PointOptions {
  bool points = false;            ///< a file that could be something else is one of points
  std::string laplacian = "auto"; ///< `delaunay`, `diffusion`; auto: the first for d = 2
  std::int64_t landmarks = 4000;  ///< points of the diffusion operator at most, chosen at random
};

void add_point_options(CLI::App& app, PointOptions& options);

/// Whether SPACE is a sample of points.
bool is_sample(const SpaceOptions& space, const PointOptions& options);

/// A sample measured, with its pencil.
struct Sample {
  PointsReport report;
  Pencil pencil;
};

/// Reads and measures the sample `space.path`; `dimension` is d where it is known. Options that speak of meshes are
/// refused as a wrong command line.
Sample sample(const CLI::App& app, const SpaceOptions& space, const PointOptions& options,
              const std::optional<int>& dimension, const Output& output);

} // namespace weyl::tool
