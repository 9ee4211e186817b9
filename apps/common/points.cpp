// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/points.hpp"

#include <algorithm>
#include <numbers>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/points/invariance.hpp"
#include "weyl/points/operators.hpp"
#include "weyl/points/random_order.hpp"
#include "weyl/symmetry/point_group.hpp"

namespace weyl::tool {

namespace {

/// All points, or so many at random.
std::vector<Eigen::Index> landmarks(Eigen::Index points, Eigen::Index most, unsigned seed) {
  if (points > most) {
    std::vector<Eigen::Index> some = random_order(points, std::mt19937_64(seed));
    some.resize(static_cast<std::size_t>(most));
    return some;
  }
  std::vector<Eigen::Index> all(static_cast<std::size_t>(points));
  std::iota(all.begin(), all.end(), Eigen::Index{0});
  return all;
}

/// Generators of all permutations of n coordinates, or of the cyclic ones.
std::vector<Eigen::MatrixXd> permutations(int n, bool cyclic) {
  std::vector<int> cycle(static_cast<std::size_t>(n));
  std::iota(cycle.begin(), cycle.end(), 0);
  std::vector<int> transposition = cycle;
  std::rotate(cycle.begin(), cycle.begin() + 1, cycle.end()); // clang 14 cannot compile that of std::ranges
  std::vector<Eigen::MatrixXd> result{block_permutation(cycle)};
  if (!cyclic && n > 1) {
    std::swap(transposition[0], transposition[1]);
    result.push_back(block_permutation(transposition));
  }
  return result;
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

void add_dimension_option(CLI::App& app, std::optional<int>& dimension) {
  app.add_option("--dimension", dimension, "of a sample of points: the dimension that it has")
      ->check(CLI::Range(1, 100))
      ->type_name("D");
}

bool is_sample(const SpaceOptions& space, const PointOptions& options) {
  return options.points || names_points(space.path);
}

PointCloud read_sample(const CLI::App& app, const SpaceOptions& space, const Output& output) {
  for (const char* option : {"--mass", "--boundary", "--refine", "--intrinsic-delaunay", "--order", "--size",
                             "--certify", "--irrep", "--axis"}) {
    if (app.get_option_no_throw(option) != nullptr && app.count(option) > 0) {
      throw CLI::ValidationError(option, "means nothing for a sample of points");
    }
  }
  PointCloud cloud = read_points(space.path);
  for (const std::string& warning : cloud.warnings) {
    warn(app, output, space.path + ": " + warning);
  }
  return cloud;
}

AmbientGroup sample_group(const SpaceOptions& space, Eigen::Index ambient) {
  const std::string& name = space.group;
  const auto n = static_cast<int>(ambient);
  if (name.empty()) {
    return ambient_group({}, n, "C1");
  }
  if (name.ends_with(".json")) {
    return parse_ambient_group(read_file(name), n, name);
  }
  if (name == "antipodal") {
    return ambient_group({-Eigen::MatrixXd::Identity(n, n)}, n, name);
  }
  if (name == "S" || name == "C") {
    return ambient_group(permutations(n, name == "C"), n, name);
  }
  if (n == 3 && is_point_group(name)) {
    const std::vector<Eigen::Matrix3d> generators = point_group(name);
    return ambient_group({generators.begin(), generators.end()}, n, name);
  }
  throw InputError("--group " + name, fmt::format("is no group of R^{} known here: FILE.json, antipodal, S, C and, in "
                                                  "R^3, point groups are",
                                                  n));
}

Sample measure(const CLI::App& app, const SpaceOptions& space, const PointOptions& options, const PointCloud& cloud,
               const AmbientGroup& group) {
  const bool symmetric = group.order() > 1;
  Sample result{.report = {.tool = app.get_name(),
                           .name = symmetric ? space.path + "/" + group.name : space.path,
                           .points = cloud.size(),
                           .ambient = cloud.ambient(),
                           .geometry = sampled_geometry(cloud.points, {.dimension = options.dimension,
                                                                       .group = group.others(),
                                                                       .seed = space.seed,
                                                                       .threads = space.threads}),
                           .laplacian = options.laplacian,
                           .resolution = {}},
                .chosen = {},
                .pencil = {}};
  PointsReport& report = result.report;
  if (symmetric) {
    report.invariance = sample_invariance(cloud.points, group, space.seed);
  }
  if (options.laplacian == "auto") {
    report.laplacian = report.geometry.integer_dimension == 2 ? "delaunay" : "diffusion";
  }
  const bool delaunay = report.laplacian == "delaunay";
  if (delaunay && (report.geometry.integer_dimension != 2 || report.ambient < 2)) {
    throw InputError("--laplacian delaunay", fmt::format("is for surfaces, and the dimension of {} seems to be {}",
                                                         space.path, report.geometry.integer_dimension));
  }
  result.chosen = landmarks(cloud.size(), delaunay ? cloud.size() : options.landmarks, space.seed);
  const Eigen::MatrixXd points = cloud.points(Eigen::all, result.chosen);
  report.unknowns = points.cols();
  const Neighbours near_ones = neighbours(points, {.count = delaunay ? surface_neighbours : diffusion_neighbours,
                                                   .group = group.others(),
                                                   .threads = space.threads});
  report.neighbours = static_cast<int>(near_ones.count());
  report.resolution = resolution(report.laplacian, near_ones);
  if (!delaunay) {
    result.pencil = diffusion_pencil(near_ones, report.geometry.integer_dimension);
  } else {
    result.pencil = symmetric ? surface_pencil_of_orbits(points, group.others(), space.threads)
                              : surface_pencil(points, near_ones, space.threads);
  }
  return result;
}

} // namespace weyl::tool
