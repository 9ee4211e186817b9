// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What tools do with a sample of points in place of a space.

#include <cstdint>
#include <optional>
#include <string>

#include "common/tool.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/points/ambient_group.hpp"
#include "weyl/points/point_cloud.hpp"
#include "weyl/report/points_report.hpp"

namespace weyl::tool {

/// How a sample is read and turned into a pencil.
struct PointOptions {
  bool points = false;               ///< a file that could be something else is one of points
  std::string laplacian = "auto";    ///< `delaunay`, `diffusion`; auto: the first for d = 2
  std::int64_t landmarks = 4000;     ///< points of the diffusion operator at most, chosen at random
  std::optional<int> dimension = {}; ///< d, where it is known
};

/// All but `--dimension`.
void add_point_options(CLI::App& app, PointOptions& options);
void add_dimension_option(CLI::App& app, std::optional<int>& dimension);

/// Whether SPACE is a sample of points.
bool is_sample(const SpaceOptions& space, const PointOptions& options);

/// Reads the sample `space.path`. Options that speak of meshes are refused as a wrong command line.
PointCloud read_sample(const CLI::App& app, const SpaceOptions& space, const Output& output);

/// The group of `--group`, trivial without it: FILE.json (`parse_ambient_group`), `antipodal`, `S` (all permutations of
/// the coordinates), `C` (cyclic ones), and point groups for points of R^3.
AmbientGroup sample_group(const SpaceOptions& space, Eigen::Index ambient);

/// A sample measured, with the pencil of M/G.
struct Sample {
  PointsReport report;
  std::vector<Eigen::Index> chosen; ///< points of the cloud that the pencil is made of: all, or landmarks
  Pencil pencil;
};

/// The sample of M, or of M/G for a group that acts on it. The same points are chosen whatever the group.
Sample measure(const CLI::App& app, const SpaceOptions& space, const PointOptions& options, const PointCloud& cloud,
               const AmbientGroup& group);

} // namespace weyl::tool
