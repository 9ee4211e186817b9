// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/eigenvalue_list.hpp"

#include "common/discretize.hpp"
#include "weyl/model/expression.hpp"
#include "weyl/spectrum/read_eigenvalues.hpp"

namespace weyl::tool {

bool is_list(const SpaceOptions& options) {
  return names_eigenvalues(options.path) && (is_file(options.path) || !names_a_model_space(options.path));
}

void add_list_options(CLI::App& app, ListOptions& list) {
  app.add_option("--dimension", list.dimension,
                 "of a list of eigenvalues, or of a sample: the dimension that it should have")
      ->check(CLI::Range(1, 100))
      ->type_name("D");
  app.add_option("--volume", list.volume, "of a list of eigenvalues: the volume that it should have")
      ->check(at_least(1e-300, "a positive number"))
      ->type_name("V");
}

AsymptoticsReport study_list(const CLI::App& app, const SpaceOptions& options, const ListOptions& list,
                             std::vector<double> lambdas, int samples) {
  for (const char* option : {"--mass", "--boundary", "--refine", "--intrinsic-delaunay"}) {
    if (app.count(option) > 0) {
      throw CLI::ValidationError(option, "means nothing for a list of eigenvalues");
    }
  }
  const Stopwatch stopwatch;
  AsymptoticsReport report{.name = options.path,
                           .spectrum = {.eigenvalues = read_eigenvalues(options.path),
                                        .geometry = {.volume = list.volume.value_or(0)},
                                        .origin = options.path},
                           .lambdas = std::move(lambdas),
                           .known = {.dimension = list.dimension, .volume = list.volume},
                           .diagnosis = {}};
  const double end = report.spectrum.eigenvalues.back();
  if (report.lambdas.empty()) {
    for (int i = 1; i <= samples; ++i) {
      report.lambdas.push_back(end * (static_cast<double>(i) / samples));
    }
  }
  for (const double lambda : report.lambdas) {
    if (lambda > end) {
      throw InputError(options.path, "ends at " + std::to_string(end) + "; N is not known beyond");
    }
  }
  report.diagnosis = diagnose(report.spectrum, report.known);
  report.seconds = stopwatch.seconds();
  return report;
}

Diagnosis analyse_mesh_spectrum(const SpaceDescription& space, const Discretization& discretization,
                                const std::vector<double>& eigenvalues, const Resolution& resolution) {
  return diagnose({.eigenvalues = eigenvalues,
                   .geometry = geometry(space, discretization.boundary),
                   .trusted_up_to = resolution.resolved_up_to(),
                   .trust = "two mass matrices",
                   .origin = space.name},
                  {.dimension = space.dimension,
                   .volume = space.volume,
                   .edge = space.boundary_volume > 0 ? Edge::bounded : Edge::closed,
                   .discretized = true});
}

} // namespace weyl::tool
