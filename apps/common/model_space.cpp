// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/model_space.hpp"

#include <algorithm>

#include "common/discretize.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/eigen/eigenpairs.hpp"

namespace weyl::tool {

namespace {

/// The eigenvalues of a mesh as far as it resolves them, at most about a thousand.
ModelSpace computed_space(const CLI::App& app, const SpaceOptions& options, const Output& output) {
  constexpr double most = 1000;
  const Space space(app, options, output);
  const Geometry shape = geometry(space.description, space.discretization.boundary);
  const double top = std::min(space.resolution().resolved_up_to(), weyl_lambda(shape, most));
  const Eigenpairs pairs = eigenpairs(
      space.counter, {.interval = {{-top, top}}, .vectors = false, .seed = options.seed, .threads = options.threads});
  std::vector<double> values(pairs.values.begin(), pairs.values.end());
  for (double& value : values) {
    value = std::abs(value) <= space.counter.rounding(0) ? 0 : value; // constants, which every sum begins with
  }
  return listed_space({.eigenvalues = std::move(values), .geometry = shape, .origin = options.path});
}

/// The first option on the command line that is about elements on a mesh; of an expression with files, one that is not
/// for them.
std::string discretization_option(const CLI::App& app, bool exact_group, bool files) {
  for (const char* name : {"--order", "--size", "--digits", "--mass", "--refine", "--intrinsic-delaunay", "--certify",
                           "--eigenvectors", "--group"}) {
    const CLI::Option* option = app.get_option_no_throw(name);
    const std::string_view of_files[] = {"--order", "--mass", "--refine", "--intrinsic-delaunay"};
    if (files && std::ranges::find(of_files, name) != std::end(of_files)) {
      continue;
    }
    if (option != nullptr && option->count() > 0 && !(exact_group && std::string_view(name) == "--group")) {
      return name;
    }
  }
  return "";
}

std::optional<WeylFit> fit(const ModelCountReport& report) {
  constexpr int highest_dimension = 12; // of fit_weyl
  std::vector<CountSample> samples;
  for (const ExactCount& count : report.counts) {
    if (count.lambda.approximate() > 0 && count.count > 0) {
      samples.push_back({count.lambda.approximate(), count.count.convert_to<double>()});
    }
  }
  if (samples.size() < 6 || report.space.dimension > highest_dimension) {
    return std::nullopt;
  }
  return fit_weyl(samples, geometry(report.space));
}

} // namespace

CLI::Validator exact_lambda() {
  return {[](const std::string& text) -> std::string {
            try {
              parse_lambda(text);
              return "";
            } catch (const InputError& e) {
              return e.what();
            }
          },
          ""};
}

std::optional<ModelSpace> exact_space(const CLI::App& app, const SpaceOptions& options, const Output& output,
                                      bool exact_group) {
  const std::string& text = options.path;
  if (is_file(without_condition(text)) || names_model_mesh(text)) {
    return std::nullopt;
  }
  const bool files =
      names_a_model_space(text) && text.find("file:") != std::string::npos && has_files(parse_space(text));
  const std::string option = discretization_option(app, exact_group, files);
  if ((is_space_by_name(options) || is_polygon(options)) &&
      (!option.empty() || !names_a_model_space(text) || !has_closed_form(parse_space(text)))) {
    return std::nullopt;
  }
  if (!names_a_model_space(text)) {
    if (text.find_first_of("./") != std::string::npos) {
      return std::nullopt; // the reader of meshes says that there is no such file
    }
    throw InputError(text,
                     "there is no such file, and no model space begins with this name (sphere, torus, disk, ...)");
  }
  if (!has_closed_form(parse_space(text))) {
    throw InputError(text, "has no closed form; mesh it and give the file");
  }
  if (!option.empty()) {
    throw InputError(text, "has an exact spectrum and is not meshed; leave out " + option);
  }
  const bool dirichlet = options.boundary == "dirichlet";
  ModelSpace space = model_space(text, dirichlet ? Boundary::dirichlet : Boundary::neumann,
                                 [&](const std::string& path, Boundary condition) {
                                   SpaceOptions file = options;
                                   file.path = path;
                                   file.boundary = condition == Boundary::dirichlet ? "dirichlet" : "neumann";
                                   return computed_space(app, file, output);
                                 });
  if (dirichlet && space.boundary_volume == 0) {
    warn(app, output, text + ": there is no boundary, so that Dirichlet conditions change nothing");
  }
  return space;
}

double default_top(const ModelSpace& space) {
  LevelStream stream(space);
  BigInt found = 0;
  double top = 0;
  for (int level = 0; (level < 20 || found < 1000) && stream.more(); ++level) {
    const Level next = stream.next();
    found += next.multiplicity;
    top = next.value.approximate();
  }
  return top;
}

ModelCountReport count_report(const ModelSpace& space, const std::vector<Value>& lambdas, const Output& output) {
  const Stopwatch stopwatch;
  ModelCountReport report{.space = space, .counts = {}, .fit = {}};
  Progress progress(output, "counts");
  for (const Value& lambda : lambdas) {
    report.counts.push_back({lambda, count(space, lambda), count_below(space, lambda)});
    progress.show(static_cast<std::int64_t>(report.counts.size()), static_cast<std::int64_t>(lambdas.size()));
  }
  report.fit = fit(report);
  report.seconds = stopwatch.seconds();
  return report;
}

ModelSpectrumReport spectrum_report(const ModelSpace& space, std::int64_t count,
                                    const std::optional<std::array<double, 2>>& interval, bool analyse) {
  const Stopwatch stopwatch;
  ModelSpectrumReport report{.space = space, .levels = {}};
  constexpr std::int64_t longest = 50000000;
  if (interval) {
    const Value low{Rational((*interval)[0])};
    const Value high{Rational((*interval)[1])};
    report.first = count_below(space, low);
    const BigInt inside = weyl::count(space, high) - report.first;
    if (inside > longest) {
      throw NumericalError("the interval holds " + inside.str() + " eigenvalues, too many for a list");
    }
    report.levels = space.levels({high});
    std::erase_if(report.levels,
                  [&](const Level& level) { return !Bound{high}.admits(level.value) || level.value < low; });
    report.count = inside.convert_to<std::int64_t>();
  } else {
    if (count > longest) {
      throw NumericalError("a list holds at most 50,000,000 eigenvalues; use a smaller -k");
    }
    report.levels = first_levels(space, count);
    report.count = count;
  }
  if (analyse) {
    const double end = report.levels.empty() ? 0 : report.levels.back().value.approximate();
    report.analysis = diagnose({.eigenvalues = spectrum(space, report.count).eigenvalues,
                                .geometry = geometry(space),
                                .trusted_up_to = end,
                                .trust = "exact",
                                .origin = space.name},
                               {.dimension = space.dimension, .volume = static_cast<double>(space.volume)});
  }
  report.seconds = stopwatch.seconds();
  return report;
}

} // namespace weyl::tool
