// SPDX-License-Identifier: GPL-3.0-or-later
// Eigenvalues and eigenfunctions of a mesh, confirmed by inertia.

#include <array>
#include <cmath>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/mesh/write.hpp"
#include "weyl/report/spectrum_report.hpp"

namespace {

using namespace weyl;

struct Request {
  std::int64_t count = 10;
  std::optional<std::array<double, 2>> interval;
  std::string eigenvectors;
  std::string checkpoint;
  std::uint64_t memory = 0;
  std::int64_t slice = 0;
};

void write_eigenvectors(const std::string& file, const tool::Space& space, const Eigenpairs& pairs) {
  const Eigen::MatrixXd values = space.on_vertices(pairs.vectors);
  if (std::filesystem::path(file).extension() == ".npz") {
    const auto rows = static_cast<std::size_t>(values.rows());
    const auto columns = static_cast<std::size_t>(values.cols());
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> row_major = values;
    write_file(file, npz({{"evals", {columns}, {pairs.values.begin(), pairs.values.end()}},
                          {"evecs", {rows, columns}, {row_major.data(), row_major.data() + row_major.size()}},
                          {"residuals", {columns}, {pairs.residuals.begin(), pairs.residuals.end()}}}));
    return;
  }
  std::vector<VertexField> fields;
  for (Eigen::Index k = 0; k < values.cols(); ++k) {
    fields.push_back({fmt::format("mode_{}", pairs.first + k), {values.col(k).begin(), values.col(k).end()}});
  }
  write_mesh(file, space.mesh, fields);
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
  const Eigenpairs pairs =
      eigenpairs(space.counter,
                 {.count = request.count,
                  .interval = request.interval,
                  .vectors = !request.eigenvectors.empty(),
                  .multiplet_tolerance = multiplet_tolerance(report.resolution, report.space.dimension, last, below),
                  .seed = options.seed,
                  .threads = options.threads,
                  .slice = request.slice,
                  .memory = static_cast<double>(request.memory),
                  .checkpoint = request.checkpoint,
                  .progress = [&](const EigenProgress& p) { progress.show(p.found, p.expected); }});
  report.eigenvalues.assign(pairs.values.begin(), pairs.values.end());
  report.residuals.assign(pairs.residuals.begin(), pairs.residuals.end());
  report.first = pairs.first;
  report.cut = pairs.cut;
  report.recovered = pairs.recovered;
  report.plan = pairs.plan;
  if (!request.eigenvectors.empty()) {
    write_eigenvectors(request.eigenvectors, space, pairs);
  }
  report.seconds = stopwatch.seconds();
  return report;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("Laplace-Beltrami eigenvalues and eigenfunctions of a mesh.", "weyl-spectrum");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  std::vector<double> interval;
  tool::add_space_options(app, space);
  tool::add_group_options(app, space);
  tool::add_irrep_option(app, space);
  auto* count = app.add_option("-k,--count", request.count, "the N smallest eigenvalues")
                    ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 31))
                    ->type_name("N")
                    ->capture_default_str();
  app.add_option("--interval", interval, "instead: all eigenvalues from A to B")
      ->delimiter(',')
      ->expected(2)
      ->type_name("A,B")
      ->excludes(count);
  app.add_option("--eigenvectors", request.eigenvectors,
                 "write eigenfunctions: on the mesh (.vtu, .ply) or as arrays evals, evecs, residuals (.npz)")
      ->check([](const std::string& file) {
        const std::string extension = std::filesystem::path(file).extension();
        return extension == ".vtu" || extension == ".ply" || extension == ".npz"
                   ? ""
                   : file + " should end in .vtu, .ply or .npz";
      })
      ->type_name("FILE");
  app.add_option("--checkpoint", request.checkpoint,
                 "keep finished parts in FOLDER; the same command goes on from there")
      ->type_name("FOLDER");
  app.add_option("--memory-limit", request.memory, "plan with at most this, e.g. 8G (default: 90 % of what is free)")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE");
  app.add_option("--slice", request.slice, "eigenvalues solved with one shift (default: by a model of the cost)")
      ->check(CLI::Range(std::int64_t{16}, std::int64_t{1} << 20))
      ->type_name("N");
  tool::add_output_options(app, output);
  return tool::run(app, "SPACE", argc, argv, [&] {
    if (!interval.empty()) {
      request.interval = {interval[0], interval[1]};
      if (!(std::isfinite(interval[0]) && std::isfinite(interval[1]) && interval[0] <= interval[1])) {
        throw CLI::ValidationError("--interval", "the ends must be finite numbers, the lower one first");
      }
    }
    tool::deliver(output, study(app, space, output, request), tool::command_line(argc, argv));
  });
}
