// SPDX-License-Identifier: GPL-3.0-or-later
// N(λ) of a mesh, or of a space known exactly, without eigenvectors, against Weyl's law.

#include <algorithm>
#include <cmath>
#include <optional>

#include "common/eigenvalue_list.hpp"
#include "common/model_space.hpp"
#include "common/points.hpp"
#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/report/count_report.hpp"

namespace {

using namespace weyl;

struct Request {
  std::vector<std::string> lambda_texts;
  std::optional<double> up_to;
  int samples = 20;
};

/// About `samples` multiples of a round step (1, 2, 2.5 or 5 times a power of ten) up to `top`.
std::vector<double> round_samples(double top, int samples) {
  const double power = std::pow(10, std::floor(std::log10(top / samples)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.5, 2.0, 1.0}) {
    step = factor * power * samples >= 0.999 * top ? factor * power : step;
  }
  std::vector<double> result;
  for (int i = 1; i * step <= top * (1 + 1e-9); ++i) {
    result.push_back(i * step);
  }
  return result;
}

std::vector<double> equal_samples(double top, int samples) {
  std::vector<double> result;
  for (int i = 1; i <= samples; ++i) {
    result.push_back(top * i / samples);
  }
  return result;
}

/// Where N is to be looked at, in double precision; nothing if nobody says.
std::vector<double> lambdas_asked_for(const Request& request) {
  std::vector<double> lambdas;
  for (const std::string& text : request.lambda_texts) {
    lambdas.push_back(parse_lambda(text).approximate());
    if (!std::isfinite(lambdas.back())) {
      throw CLI::ValidationError("--lambda", text + " is too large for a number of double precision");
    }
  }
  if (request.up_to) {
    std::ranges::copy(equal_samples(*request.up_to, request.samples), std::back_inserter(lambdas));
  }
  return lambdas;
}

/// Where N should be looked at if nobody says: up to what the mesh resolves, but at least where some modes are.
double default_top(const tool::Space& space, const Resolution& resolution) {
  const Geometry shape = geometry(space.description, space.discretization.boundary);
  const double some = std::min(20.0, 0.5 * static_cast<double>(space.discretization.dofs));
  return std::max(resolution.resolved_up_to(), weyl_lambda(shape, some));
}

std::optional<WeylFit> fit(const std::vector<EigenvalueCount>& counts, const Geometry& shape,
                           const Resolution& resolution) {
  std::vector<CountSample> samples;
  for (const EigenvalueCount& count : counts) {
    if (count.lambda > 0 && count.lambda <= resolution.resolved_up_to()) {
      samples.push_back({count.lambda, static_cast<double>(count.count)});
    }
  }
  if (samples.size() < 6) {
    return std::nullopt;
  }
  return fit_weyl(samples, shape, {.error_slope = resolution.slope});
}

CountReport study(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                  const tool::ListOptions& list, const Request& request) {
  if (list.dimension || list.volume) {
    throw CLI::ValidationError("--dimension and --volume", "are for a list of eigenvalues; a mesh has its own");
  }
  const tool::Stopwatch stopwatch;
  const tool::Space space(app, options, output);
  CountReport report{.space = space.description,
                     .discretization = space.discretization,
                     .counts = {},
                     .resolution = space.resolution(),
                     .fit = {}};
  if (tool::shows_surface(space, output)) {
    report.view = surface_view(space.mesh, {});
  }
  std::vector<double> lambdas = lambdas_asked_for(request);
  if (lambdas.empty()) {
    lambdas = round_samples(default_top(space, report.resolution), request.samples);
  }
  tool::Progress progress(output, "counts");
  std::int64_t finished = 0;
  report.counts =
      space.counter.at(lambdas, [&] { progress.show(++finished, static_cast<std::int64_t>(lambdas.size())); });
  report.fit = fit(report.counts, geometry(report.space, report.discretization.boundary), report.resolution);
  if (options.certify) {
    BracketCounter brackets = space.brackets();
    tool::Progress proofs(output, "proofs");
    for (const double lambda : lambdas) {
      report.brackets.push_back(brackets.at(lambda));
      proofs.show(static_cast<std::int64_t>(report.brackets.size()), static_cast<std::int64_t>(lambdas.size()));
    }
  }
  report.seconds = stopwatch.seconds();
  return report;
}

PointsReport study(tool::Sample sample, const tool::SpaceOptions& options, const Request& request,
                   const tool::Stopwatch& stopwatch) {
  PointsReport& report = sample.report;
  const Geometry shape{.dimension = report.geometry.integer_dimension, .volume = report.geometry.volume.value};
  std::vector<double> lambdas = lambdas_asked_for(request);
  if (lambdas.empty()) {
    const double some = std::min(20.0, 0.5 * static_cast<double>(report.unknowns));
    lambdas = round_samples(std::max(report.resolution.resolved_up_to(), weyl_lambda(shape, some)), request.samples);
  }
  report.counts = EigenvalueCounter(sample.pencil, {.threads = options.threads, .seed = options.seed}).at(lambdas);
  report.fit = fit(report.counts, shape, report.resolution);
  report.seconds = stopwatch.seconds();
  return report;
}

ModelCountReport study(const ModelSpace& space, const tool::Output& output, const Request& request) {
  std::vector<Value> lambdas;
  for (const std::string& text : request.lambda_texts) {
    lambdas.push_back(parse_lambda(text));
  }
  if (request.up_to || lambdas.empty()) {
    for (const double lambda : request.up_to ? equal_samples(*request.up_to, request.samples)
                                             : round_samples(tool::default_top(space), request.samples)) {
      lambdas.emplace_back(Rational(lambda));
    }
  }
  return tool::count_report(space, lambdas, output);
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("How many Laplace-Beltrami modes a space has below any lambda, against Weyl's law; or what a list of\n"
               "eigenvalues (.csv, .tsv, .txt, .dat, .ev, .json) says of its space and of itself; or what a sample of\n"
               "points (.npy, .npz, .xyz; .csv and .ply with --points) says of the space it was taken from.",
               "weyl-count");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  tool::ListOptions list;
  tool::PointOptions points;
  tool::add_space_options(app, space);
  tool::add_group_options(app, space);
  tool::add_irrep_option(app, space);
  tool::add_list_options(app, list);
  tool::add_point_options(app, points);
  app.add_option("--lambda", request.lambda_texts, "count at this lambda (may be given several times)")
      ->check(tool::exact_lambda())
      ->take_all()
      ->type_name("L");
  app.add_option("--up-to", request.up_to, "count at equally spaced lambda up to L")
      ->check(tool::at_least(1e-300, "a positive number"))
      ->type_name("L");
  app.add_option("--samples", request.samples, "how many (about as many round values without --up-to)")
      ->check(CLI::Range(1, 100000))
      ->type_name("N")
      ->capture_default_str();
  tool::add_output_options(app, output);
  return tool::run(app, "SPACE", argc, argv, [&] {
    const std::string command = tool::command_line(argc, argv);
    if (tool::is_sample(space, points)) {
      const tool::Stopwatch stopwatch;
      points.dimension = list.dimension;
      const PointCloud cloud = tool::read_sample(app, space, output);
      tool::deliver(output,
                    study(tool::measure(app, space, points, cloud, tool::sample_group(space, cloud.ambient())), space,
                          request, stopwatch),
                    command);
      return;
    }
    if (tool::is_list(space)) {
      tool::deliver(output, tool::study_list(app, space, list, lambdas_asked_for(request), request.samples), command);
      return;
    }
    if (const auto model = tool::exact_space(app, space, output)) {
      tool::deliver(output, study(*model, output, request), command);
      return;
    }
    tool::deliver(output, study(app, space, output, list, request), command);
  });
}
