// SPDX-License-Identifier: GPL-3.0-or-later
// Eigenvalues and eigenfunctions of a mesh, confirmed by inertia; exact eigenvalues of a model space.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "common/digits.hpp"
#include "common/eigenfunctions.hpp"
#include "common/eigenvalue_list.hpp"
#include "common/interrupt.hpp"
#include "common/model_space.hpp"
#include "common/points.hpp"
#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/report/spectrum_report.hpp"

namespace {

using namespace weyl;

struct Request {
  std::int64_t count = 10;
  std::optional<std::array<double, 2>> interval;
  std::string eigenvectors;
  std::string checkpoint;
  std::int64_t slice = 0;
  int digits = 0; ///< 0: those of the mesh
  bool analyse = false;
};

/// Eigenfunctions that the page shows may take this much memory.
constexpr double page_memory = 2e9;

/// Whether the page is to show eigenfunctions, and not too many of them.
bool shows_eigenfunctions(const tool::Space& space, const tool::Output& output, double count) {
  return tool::shows_surface(space, output) &&
         8 * count * static_cast<double>(space.laplacian.pencil.size()) <= page_memory;
}

SurfaceView view_of(const tool::Space& space, const SpectrumReport& report, const Eigenpairs& pairs) {
  const Eigen::Index most = std::min(pairs.vectors.cols(), drawable_functions(space.mesh));
  SurfaceView view = surface_view(space.mesh, space.on_vertices(pairs.vectors.leftCols(most)));
  const auto drawn = static_cast<std::int64_t>(view.scales.size());
  for (const Multiplet& multiplet : multiplets(report)) {
    for (std::int64_t k = multiplet.first; k < multiplet.first + multiplet.size && k - report.first < drawn; ++k) {
      view.labels.push_back(
          fmt::format("k = {}, λ = {:.6g}{}", k,
                      shown(report.eigenvalues[static_cast<std::size_t>(k - report.first)], report.space),
                      multiplet.size > 1 ? fmt::format(", multiplicity {}", multiplet.size) : ""));
    }
  }
  if (most < pairs.vectors.cols()) {
    view.note +=
        fmt::format("{}The first {} of {} eigenfunctions.", view.note.empty() ? "" : " ", most, pairs.vectors.cols());
  }
  return view;
}

/// Eigenvalues to `request.digits` digits, on meshes made for it.
SpectrumReport study_digits(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                            const Request& request) {
  const tool::Stopwatch stopwatch;
  tool::Progress progress(output, "digits");
  const tool::DigitsOptions wanted{
      .digits = request.digits,
      .count = request.count,
      .boundary = tool::boundary(options),
      .seed = options.seed,
      .threads = options.threads,
      .progress = [&](double error) {
        progress.show(std::clamp<std::int64_t>(static_cast<std::int64_t>(-std::log10(error)), 0, request.digits),
                      request.digits);
      }};
  const RiemannianMesh space = tool::obtain_space(app, options, output, true);
  const bool triangles = space.mesh.dimension == 2 && !space.metric && !space.weight;
  const tool::AccurateEigenvalues found =
      triangles ? tool::accurate_eigenvalues(refine(space.mesh, options.refine), wanted)
                : tool::accurate_eigenvalues([&](int level) { return tool::at_level(space, options, level); }, wanted);
  SpectrumReport report{.space = tool::describe_space(options.path, space),
                        .discretization = {.order = found.order,
                                           .mass = Mass::consistent,
                                           .boundary = tool::boundary(options),
                                           .dofs = found.dofs},
                        .eigenvalues = found.values,
                        .residuals = found.residuals};
  report.errors = found.errors;
  report.meshes = found.meshes;
  // Multiplets are told apart by the largest error.
  const double top = found.values.back();
  report.resolution = {.slope = std::max(1e-13, std::ranges::max(found.errors) / top) / top, .tolerance = 0.05};
  report.seconds = stopwatch.seconds();
  return report;
}

SpectrumReport study(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                     const Request& request) {
  const tool::Stopwatch stopwatch;
  const tool::Space space(app, options, output);
  SpectrumReport report{.space = space.description,
                        .discretization = space.discretization,
                        .eigenvalues = {},
                        .residuals = {},
                        .resolution = space.resolution()};
  const auto k = static_cast<double>(request.count);
  const double last = request.interval ? (*request.interval)[1]
                                       : weyl_lambda(geometry(report.space, report.discretization.boundary), k);
  const double below = request.interval ? static_cast<double>(space.counter.at(last).count) : k;
  tool::Progress progress(output, "eigenvalues");
  if (!request.checkpoint.empty()) {
    tool::on_interrupt_say("finished slices are kept in " + request.checkpoint + ", and the same command goes on");
  }
  const bool on_disk = tool::is_npy(request.eigenvectors);
  const Eigenpairs pairs =
      eigenpairs(space.counter,
                 {.count = request.count,
                  .interval = request.interval,
                  .vectors = !request.eigenvectors.empty() || shows_eigenfunctions(space, output, below),
                  .vector_file = on_disk ? VectorFile{.path = request.eigenvectors,
                                                      .rows = space.nodes,
                                                      .row_of_unknown = space.laplacian.vertex_of_dof}
                                         : VectorFile{},
                  .multiplet_tolerance = multiplet_tolerance(report.resolution, report.space.dimension, last, below),
                  .seed = options.seed,
                  .threads = options.threads,
                  .slice = request.slice,
                  .checkpoint = request.checkpoint,
                  .progress = [&](const EigenProgress& p) { progress.show(p.found, p.expected, p.loaded); }});
  report.eigenvalues.assign(pairs.values.begin(), pairs.values.end());
  report.residuals.assign(pairs.residuals.begin(), pairs.residuals.end());
  report.first = pairs.first;
  report.cut = pairs.cut;
  report.recovered = pairs.recovered;
  report.plan = pairs.plan;
  if (request.analyse) {
    try {
      report.analysis =
          tool::analyse_mesh_spectrum(report.space, report.discretization, report.eigenvalues, report.resolution);
    } catch (const InputError& e) { // too few are resolved; the eigenvalues stay what they are
      tool::warn(app, output, std::string("no analysis: ") + e.what() + " that the mesh resolves (--refine)");
    }
  }
  if (!request.eigenvectors.empty() && !on_disk) {
    tool::write_eigenfunctions(request.eigenvectors, space.mesh, space.on_vertices(pairs.vectors), report.eigenvalues,
                               report.residuals, pairs.first);
  }
  if (pairs.vectors.cols() > 0 && shows_eigenfunctions(space, output, static_cast<double>(pairs.vectors.cols()))) {
    report.view = view_of(space, report, pairs);
  }
  if (options.certify) {
    report.brackets = space.brackets().eigenvalues(pairs.first + pairs.values.size());
    report.brackets.erase(report.brackets.begin(), report.brackets.begin() + pairs.first);
  }
  report.seconds = stopwatch.seconds();
  return report;
}

/// Options that speak of meshes, or of the many eigenvalues that they have, are refused.
PointsReport study_points(const CLI::App& app, const tool::SpaceOptions& options, const tool::PointOptions& points,
                          const tool::Output& output, const Request& request) {
  for (const char* option : {"--digits", "--analyse", "--checkpoint", "--eigenvectors"}) {
    if (app.count(option) > 0) {
      throw CLI::ValidationError(option, "means nothing for a sample of points");
    }
  }
  const tool::Stopwatch stopwatch;
  const PointCloud cloud = tool::read_sample(app, options, output);
  tool::Sample sample = tool::measure(app, options, points, cloud, tool::sample_group(options, cloud.ambient()));
  const Eigenpairs pairs = eigenpairs(sample.pencil, {.count = request.count,
                                                      .interval = request.interval,
                                                      .vectors = false,
                                                      .seed = options.seed,
                                                      .threads = options.threads,
                                                      .slice = request.slice});
  sample.report.eigenvalues.assign(pairs.values.begin(), pairs.values.end());
  sample.report.residuals.assign(pairs.residuals.begin(), pairs.residuals.end());
  sample.report.seconds = stopwatch.seconds();
  return sample.report;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("Laplace-Beltrami eigenvalues and eigenfunctions of a mesh, or of a sample of points.", "weyl-spectrum");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  std::vector<double> interval;
  tool::PointOptions points;
  tool::add_space_options(app, space);
  tool::add_group_options(app, space);
  tool::add_irrep_option(app, space);
  tool::add_point_options(app, points);
  tool::add_dimension_option(app, points.dimension);
  auto* count = app.add_option("-k,--count", request.count, "the N smallest eigenvalues")
                    ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 31))
                    ->type_name("N")
                    ->capture_default_str();
  app.add_option("--interval", interval, "instead: all eigenvalues from A to B")
      ->delimiter(',')
      ->expected(2)
      ->type_name("A,B")
      ->excludes(count);
  tool::add_eigenvectors_option(app, request.eigenvectors);
  app.add_option("--checkpoint", request.checkpoint,
                 "keep finished parts in FOLDER; the same command goes on from there")
      ->type_name("FOLDER");
  app.add_option("--slice", request.slice, "eigenvalues solved with one shift (default: by a model of the cost)")
      ->check(CLI::Range(std::int64_t{16}, std::int64_t{1} << 20))
      ->type_name("N");
  app.add_option("--digits", request.digits,
                 "choose order and meshes so that eigenvalues have D digits; errors are estimated")
      ->check(CLI::Range(1, 12))
      ->type_name("D");
  app.add_flag("--analyse", request.analyse,
               "say what the eigenvalues tell of dimension, volume, boundary and topology (some 100 are needed)");
  tool::add_output_options(app, output);
  return tool::run(app, "SPACE", argc, argv, [&] {
    if (!interval.empty()) {
      request.interval = {interval[0], interval[1]};
      if (!(std::isfinite(interval[0]) && std::isfinite(interval[1]) && interval[0] <= interval[1])) {
        throw CLI::ValidationError("--interval", "the ends must be finite numbers, the lower one first");
      }
      if (request.analyse && interval[0] > 0) {
        throw CLI::ValidationError("--analyse", "needs all eigenvalues from 0 on");
      }
    }
    if (request.digits > 0) {
      for (const char* other : {"--certify", "--order", "--mass", "--intrinsic-delaunay", "--interval", "--analyse",
                                "--eigenvectors", "--checkpoint", "--slice"}) {
        if (!app.get_option(other)->empty()) {
          throw CLI::ExcludesError("--digits", other);
        }
      }
    }
    const std::string command = tool::command_line(argc, argv);
    if (tool::is_sample(space, points)) {
      tool::deliver(output, study_points(app, space, points, output, request), command);
      return;
    }
    if (const auto model = tool::exact_space(app, space, output)) {
      tool::deliver(output, tool::spectrum_report(*model, request.count, request.interval, request.analyse), command);
      return;
    }
    tool::deliver(output,
                  request.digits > 0 ? study_digits(app, space, output, request) : study(app, space, output, request),
                  command);
  });
}
