// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/points.hpp"

#include <algorithm>
#include <numbers>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/points/operators.hpp"
#include "weyl/points/point_cloud.hpp"

namespace weyl::tool {

namespace {

Eigen::MatrixXd landmarks(const Eigen::MatrixXd& points, Eigen::Index most, unsigned seed) {
  if (points.cols() <= most) {
    return points;
  }
  std::vector<Eigen::Index> all(static_cast<std::size_t>(points.cols()));
  std::iota(all.begin(), all.end(), Eigen::Index{0});
  std::ranges::shuffle(all, std::mt19937_64(seed));
  all.resize(static_cast<std::size_t>(most));
  return points(Eigen::all, all);
}

/// Eigenvalues λ of a kernel of bandwidth s come out as (1 − exp(−sλ))/s: too small by sλ/2. Those of a local Delaunay
/// triangulation of random points come out too small by 0.23 λA/n, as measured on the sphere (docs/points.md).
Resolution resolution(const std::string& laplacian, const Neighbours& near_ones) {
  constexpr double tolerance = 0.05;
  constexpr double range = 3; // of `diffusion_pencil`
  const Eigen::Index k = near_ones.count();
  const double end = near_ones.squared_distance.row(k - 1).mean();
  if (laplacian == "diffusion") {
    return {.slope = end / (8 * range), .tolerance = tolerance};
  }
  const double area = std::numbers::pi * end / static_cast<double>(k); // of a point
  return {.slope = 0.23 * area, .tolerance = tolerance};
}

} // namespace

void add_point_options(CLI::App& app, PointOptions& options) {
  app.add_flag("--points", options.points,
               "SPACE is a sample of points, as .npy, .npz and .xyz always are (.csv, .tsv, .txt, .ply)");
  app.add_option("--laplacian", options.laplacian,
                 "of a sample: delaunay (surfaces), diffusion (any dimension), auto (by dimension)")
      ->check(CLI::IsMember({"auto", "delaunay", "diffusion"}))
      ->type_name("KIND")
      ->capture_default_str();
  app.add_option("--landmarks", options.landmarks, "points of a diffusion Laplacian at most, chosen at random")
      ->check(CLI::Range(std::int64_t{100}, std::int64_t{1} << 24))
      ->type_name("N")
      ->capture_default_str();
}

bool is_sample(const SpaceOptions& space, const PointOptions& options) {
  return options.points || names_points(space.path);
}

Sample sample(const CLI::App& app, const SpaceOptions& space, const PointOptions& options,
              const std::optional<int>& dimension, const Output& output) {
  for (const char* option : {"--mass", "--boundary", "--refine", "--intrinsic-delaunay", "--order", "--size",
                             "--certify", "--group", "--irrep"}) {
    if (app.count(option) > 0) {
      throw CLI::ValidationError(option, "means nothing for a sample of points");
    }
  }
  const PointCloud cloud = read_points(space.path);
  for (const std::string& warning : cloud.warnings) {
    warn(app, output, space.path + ": " + warning);
  }
  Sample result{.report = {.tool = app.get_name(),
                           .name = space.path,
                           .points = cloud.size(),
                           .ambient = cloud.ambient(),
                           .geometry = sampled_geometry(
                               cloud.points, {.dimension = dimension, .seed = space.seed, .threads = space.threads}),
                           .laplacian = options.laplacian,
                           .resolution = {}},
                .pencil = {}};
  PointsReport& report = result.report;
  if (options.laplacian == "auto") {
    report.laplacian = report.geometry.integer_dimension == 2 ? "delaunay" : "diffusion";
  }
  const bool delaunay = report.laplacian == "delaunay";
  if (delaunay && (report.geometry.integer_dimension != 2 || report.ambient < 2)) {
    throw InputError("--laplacian delaunay", fmt::format("is for surfaces, and the dimension of {} seems to be {}",
                                                         space.path, report.geometry.integer_dimension));
  }
  const Eigen::MatrixXd points = delaunay ? cloud.points : landmarks(cloud.points, options.landmarks, space.seed);
  report.unknowns = points.cols();
  const Neighbours near_ones =
      neighbours(points, {.count = delaunay ? surface_neighbours : diffusion_neighbours, .threads = space.threads});
  report.neighbours = static_cast<int>(near_ones.count());
  report.resolution = resolution(report.laplacian, near_ones);
  result.pencil = delaunay ? surface_pencil(points, near_ones, space.threads)
                           : diffusion_pencil(near_ones, report.geometry.integer_dimension);
  return result;
}

} // namespace weyl::tool
