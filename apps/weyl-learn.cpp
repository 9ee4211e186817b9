// SPDX-License-Identifier: GPL-3.0-or-later
// What symmetry saves: bounds, learning curves, the gain in samples.

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "common/learning_points.hpp"
#include "common/learning_simulation.hpp"
#include "common/learning_spaces.hpp"
#include "common/learning_subgroups.hpp"
#include "common/tool.hpp"
#include "weyl/core/file.hpp"
#include "weyl/report/learning_report.hpp"

namespace {

using namespace weyl;

struct Request {
  std::string kernel; ///< none: sobolev:S, S the least integer above d/2
  std::string target; ///< none: power:ALPHA, in the kernel's space by a margin of 1/2
  double sigma = 0.1;
  std::string samples = "32..4096";
  std::string ridge = "optimal";
  bool subgroups = false;
  int trials = 0; ///< of a simulation; 0: none
  std::string labels;
  int validations = 0; ///< regressions on labels; 0: none
  tool::PointOptions points;
  tool::LearningSpacesOptions spaces;
};

/// "A..B" by doubling, or a list with commas.
std::vector<double> samples(const std::string& text) {
  const auto number = [&](std::string_view word) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || !(value >= 1 && value <= 1e9) ||
        value != std::floor(value)) {
      throw CLI::ValidationError("--samples", "'" + text + "' is neither A..B nor a list of whole numbers up to 1e9");
    }
    return value;
  };
  std::vector<double> result;
  if (const auto dots = text.find(".."); dots != std::string::npos) {
    const double low = number(std::string_view(text).substr(0, dots));
    const double high = number(std::string_view(text).substr(dots + 2));
    if (low > high) {
      throw CLI::ValidationError("--samples", "'" + text + "' ends before it begins");
    }
    double n = low;
    while (n < high) {
      result.push_back(n);
      n *= 2;
    }
    result.push_back(high);
    return result;
  }
  for (std::string_view rest = text;;) {
    const auto comma = rest.find(',');
    result.push_back(number(rest.substr(0, comma)));
    if (comma == std::string_view::npos) {
      std::ranges::sort(result);
      return result;
    }
    rest.remove_prefix(comma + 1);
  }
}

std::optional<double> given_ridge(const std::string& text) {
  if (text == "optimal") {
    return std::nullopt;
  }
  double value = 0;
  if (!CLI::detail::lexical_cast(text, value) || !(value >= 0 && std::isfinite(value))) {
    throw CLI::ValidationError("--ridge", "'" + text + "' is neither optimal nor a number from 0 on");
  }
  return value;
}

/// A target and θ of the class that the bounds suppose of it.
struct ReadTarget {
  std::string name;
  Target levels;
  double theta = 1;
  bool on_vertices = false;
};

ReadTarget read_target(const std::string& text, const tool::LearningSpaces& spaces, const Kernel& kernel) {
  const int d = spaces.quotient.geometry.dimension;
  if (text.empty() || text.starts_with("power:")) {
    double alpha = default_alpha(kernel, spaces.manifold.geometry.dimension, d);
    if (!text.empty() && !CLI::detail::lexical_cast(text.substr(6), alpha)) {
      throw CLI::ValidationError("--target", "'" + text + "' is neither power:ALPHA nor a file");
    }
    return {fmt::format("power:{}", alpha), power_target(spaces.quotient, alpha), source_exponent(kernel, d, alpha)};
  }
  const std::string content = read_file(text);
  if (content.substr(0, content.find('\n')).find("vertex") == std::string::npos) {
    return {text, parse_target(content, text)};
  }
  if (!spaces.meshed) {
    throw InputError(text, "values on vertices need a mesh as SPACE");
  }
  return {text, tool::vertex_target(*spaces.meshed, spaces.meshed->group, content, text), 1, true};
}

std::optional<WeylFit> fit(const Modes& modes) {
  constexpr int highest_dimension = 12; // of fit_weyl
  constexpr std::size_t most = 400;
  std::vector<CountSample> counts;
  double count = 0;
  const std::size_t stride = 1 + modes.levels.size() / most;
  for (std::size_t i = 0; i + 1 < modes.levels.size(); ++i) {
    count += modes.levels[i].multiplicity;
    if (i % stride == 0) { // between two levels, where N is what it is on the average
      counts.push_back({(modes.levels[i].lambda + modes.levels[i + 1].lambda) / 2, count});
    }
  }
  if (counts.size() < 6 || modes.geometry.dimension > highest_dimension) {
    return std::nullopt;
  }
  return fit_weyl(counts, modes.geometry);
}

LearningSide describe(const std::string& name, const Modes& modes) {
  LearningSide side{
      .name = name, .geometry = modes.geometry, .complete_up_to = modes.complete_up_to, .fit = fit(modes)};
  for (const ModeLevel& level : modes.levels) {
    side.modes += level.multiplicity;
  }
  return side;
}

/// Curve and bounds of one learner.
void learn(LearningSide& side, const Learner& learner, const Kernel& kernel, double theta, CurveOptions options,
           std::vector<std::string>& warnings) {
  try {
    side.source = source_class(learner, theta);
  } catch (const InputError& e) { // no bound then, and why
    std::string warning = fmt::format("{}: no upper bound and no minimax risk: {}", side.name, e.what());
    if (warnings.empty() || warnings.back() != warning) { // M/G may be M
      warnings.push_back(std::move(warning));
    }
  }
  options.target = side.source;
  side.curve = learning_curve(learner, options);
  const double last = options.samples.back();
  if (side.source && std::isfinite(kernel.smoothness) && learner.noise > 0) {
    // ℓ of μ ~ (ℓ²λ)^(−s)
    const double far = 1e12;
    const double length = std::sqrt(std::pow(kernel.eigenvalue(far), -1 / kernel.smoothness) / far);
    const double s = kernel.smoothness;
    side.limit = asymptotic_bound(side.geometry, s, *side.source, learner.noise, last, length);
    side.minimax_limit =
        asymptotic_minimax_risk(side.geometry, s * theta, side.source->radius, learner.noise, last, length);
    side.paper = paper_bound(side.geometry, s, *side.source, learner.noise, last, length);
  }
}

/// What the figures do not say themselves.
void add_warnings(LearningReport& report, const ReadTarget& target) {
  constexpr double few = 20;
  constexpr double doubtful = 0.05;
  if (report.manifold.curve.front().risk.samples < few) {
    report.warnings.emplace_back("below some 20 samples the predictions are rough");
  }
  const TargetLevel& rest = target.levels.back();
  if (target.on_vertices && rest.power + rest.violation > doubtful * report.manifold.curve.back().risk.excess()) {
    report.warnings.push_back(
        fmt::format("{:.2g} of the target's power lies beyond the eigenfunctions computed and counts "
                    "as if it were at lambda = {:.4g}; below about that risk the curves are rough "
                    "(--modes, --refine)",
                    rest.power + rest.violation, rest.lambda));
  }
  for (const LearningSide* side : {&report.manifold, &report.quotient}) {
    const auto worst =
        std::ranges::max(side->curve, {}, [](const CurvePoint& p) { return p.risk.error / p.risk.excess(); });
    if (worst.risk.error > doubtful * worst.risk.excess()) {
      report.warnings.push_back(fmt::format("{}: few modes are known, and Weyl's law beyond them leaves the risk "
                                            "uncertain by {:.2g} % at n = {:.6g}; refine, or use --modes",
                                            side->name, 100 * worst.risk.error / worst.risk.excess(),
                                            worst.risk.samples));
    }
  }
}

/// The invariant learner of every subgroup. Of a target by its powers it is only known what G leaves invariant.
void compare_subgroups(LearningReport& report, const tool::LearningSpaces& spaces, const tool::SpaceOptions& options,
                       double sigma, const Kernel& kernel, const ReadTarget& target) {
  for (const tool::SubgroupModes& h : tool::subgroup_modes(spaces, options)) {
    KernelSpectrum spectrum = kernel_spectrum(h.modes, kernel);
    const Target seen = target.on_vertices
                            ? tool::vertex_target(*spaces.meshed, h.group, read_file(target.name), target.name)
                            : target.levels;
    const Learner learner = h.order == 1 ? plain_learner(std::move(spectrum), kernel, seen, sigma)
                                         : invariant_learner(std::move(spectrum), kernel, seen, sigma);
    report.subgroups.push_back({.name = h.name,
                                .order = h.order,
                                .quotient = h.modes.geometry,
                                .risk = optimal_risk(learner, report.manifold.curve.back().risk.samples).excess(),
                                .samples = samples_for(learner, report.subgroup_risk)});
  }
  if (report.violation > 0 && !target.on_vertices) {
    report.warnings.emplace_back(
        "of the part of the target that breaks the symmetry it is not known which subgroups leave it "
        "invariant; the table counts all of it as lost");
  }
}

/// Five risks between those at the ends of M's curve.
std::vector<double> levels(const std::vector<CurvePoint>& curve) {
  const double first = curve.front().risk.excess();
  const double last = curve.back().risk.excess();
  if (!(first > last && last > 0)) {
    return {last};
  }
  std::vector<double> result(5);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = first * std::pow(last / first, static_cast<double>(i) / 4);
  }
  return result;
}

/// sobolev:S, S the least integer above d/2. A sample comes in any unit: there the length scale is the radius of the
/// sphere of its volume.
std::string default_kernel(const Geometry& geometry, bool sampled) {
  const int d = geometry.dimension;
  const double sphere = (d + 1) * unit_ball_volume(d + 1);
  return fmt::format("sobolev:{}", d / 2 + 1) +
         (sampled ? fmt::format(",{:.4g}", std::pow(geometry.volume / sphere, 1.0 / d)) : "");
}

/// The sample that SPACE is, if it is one.
std::optional<tool::SampledPair> sample_of(const CLI::App& app, const tool::SpaceOptions& options,
                                           const tool::Output& output, const Request& request) {
  if (!tool::is_sample(options, request.points)) {
    if (!request.labels.empty()) {
      throw CLI::ValidationError("--labels", "are for a sample of points");
    }
    return std::nullopt;
  }
  for (const char* option : {"--simulate", "--subgroups", "--modes"}) {
    if (app.count(option) > 0) {
      throw CLI::ValidationError(option, "means nothing for a sample of points (--labels, --validate)");
    }
  }
  return tool::sampled_pair(app, options, request.points, output);
}

LearningReport study(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                     Request request) {
  const tool::Stopwatch stopwatch;
  CurveOptions curve{.samples = samples(request.samples), .ridge = given_ridge(request.ridge)};
  request.spaces.eigenvectors =
      request.trials > 0 || (!request.target.empty() && !request.target.starts_with("power:"));
  const std::optional<tool::SampledPair> sample = sample_of(app, options, output, request);
  std::vector<std::string> warnings;
  const tool::LearningSpaces spaces =
      sample ? tool::learning_spaces(*sample, warnings) : tool::learning_spaces(app, options, request.spaces, output);
  const double prepared = stopwatch.seconds();
  const Kernel kernel = read_kernel(
      request.kernel.empty() ? default_kernel(spaces.manifold.geometry, sample.has_value()) : request.kernel);
  const ReadTarget target = read_target(request.target, spaces, kernel);
  const Learner plain = plain_learner(kernel_spectrum(spaces.manifold, kernel), kernel, target.levels, request.sigma);
  const Learner invariant =
      invariant_learner(kernel_spectrum(spaces.quotient, kernel), kernel, target.levels, request.sigma);
  LearningReport report{.name = options.path,
                        .group = spaces.group,
                        .order = spaces.order,
                        .kernel = kernel.name,
                        .target = target.name,
                        .sigma = request.sigma,
                        .optimal_ridge = !curve.ridge,
                        .power = invariant_power(target.levels),
                        .violation = violation(target.levels),
                        .manifold = describe(spaces.manifold_name, spaces.manifold),
                        .quotient = describe(spaces.quotient_name, spaces.quotient),
                        .warnings = std::move(warnings)};
  if (spaces.meshed) {
    report.mesh = spaces.meshed->space->description;
    report.discretization = spaces.meshed->space->discretization;
  }
  if (spaces.homogeneous) { // on M/G it is no larger: k_G is a mean of values of k
    curve.largest_diagonal = plain.kernel.sum(plain.kernel.mu);
  }
  learn(report.manifold, plain, kernel, target.theta, curve, report.warnings);
  learn(report.quotient, invariant, kernel, target.theta, curve, report.warnings);
  for (LearningSide* side : {&report.manifold, &report.quotient}) {
    side->eta = report.manifold.curve.back().risk.kappa;
    side->freedom = degrees_of_freedom((side == &report.manifold ? plain : invariant).kernel, side->eta);
  }
  add_warnings(report, target);
  report.gains = gains(plain, invariant, levels(report.manifold.curve));
  if (report.violation > 0) {
    report.floor_reached = samples_for(plain, report.violation);
  }
  report.subgroup_risk = optimal_risk(plain, curve.samples.back()).excess();
  if (request.subgroups) {
    compare_subgroups(report, spaces, options, request.sigma, kernel, target);
  }
  const tool::SimulationTask task{.spaces = spaces,
                                  .plain = plain,
                                  .invariant = invariant,
                                  .kernel = kernel,
                                  .target = target.levels,
                                  .vertex_file = target.on_vertices ? target.name : "",
                                  .trials = request.trials};
  if (spaces.meshed && spaces.meshed->eigenvectors.size() == 0) {
    report.warnings.emplace_back("so large a mesh is not searched for parts that samples are likely to miss, which the "
                                 "curves know nothing of");
  } else if (spaces.meshed && request.trials == 0 && report.discretization.order == 1 &&
             report.discretization.mass == Mass::consistent) { // a simulation does it anyway
    tool::add_missed_risks(report, options, task);
  }
  if (sample) {
    report.points = sample->cloud.size();
    report.invariance = sample->quotient.report.invariance;
  }
  const double predicted = stopwatch.seconds();
  if (!request.labels.empty()) {
    report.labels = tool::study_labels(
        *sample, options, kernel,
        {.file = request.labels, .samples = curve.samples, .ridge = curve.ridge, .trials = request.validations},
        output);
  }
  if (request.trials > 0) {
    tool::add_simulation(report, app, options, task, output);
  }
  tool::note(app, output, fmt::format("predictions in {:.3f} s", predicted - prepared));
  report.seconds = stopwatch.seconds();
  return report;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("What symmetry saves: risk of kernel ridge regression on a space and on its quotient.", "weyl-learn");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  tool::add_space_options(app, space);
  tool::add_group_options(app, space)
      ->description("as weyl-quotient takes it on a mesh; on a space with a closed form as in A/GROUP");
  app.add_option(
         "--kernel", request.kernel,
         "sobolev:S[,LENGTH] (1 + L^2 lambda)^-S, heat:T exp(-T lambda), band:CUTOFF (default: sobolev:S, S the "
         "least integer above d/2; on a sample of points L is the radius of the sphere of its volume)")
      ->type_name("KERNEL");
  app.add_option("--noise", request.sigma, "standard deviation of the noise on the values")
      ->check(tool::at_least(0, "a number from 0 on"))
      ->type_name("SIGMA")
      ->capture_default_str();
  app.add_option("--samples", request.samples, "numbers of samples: A..B by doubling, or a list N,N,...")
      ->type_name("A..B")
      ->capture_default_str();
  app.add_option("--ridge", request.ridge, "of K + DELTA I: optimal at each n, or a number")
      ->type_name("DELTA")
      ->capture_default_str();
  app.add_option("--target", request.target,
                 "power:ALPHA (f_k^2 ~ (1 + lambda)^-ALPHA, 1 in total), or FILE.csv with the columns "
                 "lambda,power[,violation] or, on a mesh, vertex,value")
      ->type_name("TARGET");
  app.add_flag("--subgroups", request.subgroups,
               "compare all subgroups of the group: which symmetry is worth building in");
  app.add_option("--simulate", request.trials,
                 "measure every risk by this many real regressions on points drawn from the space (--seed)")
      ->check(CLI::Range(2, 1000000))
      ->type_name("TRIALS");
  app.add_option("--modes", request.spaces.modes,
                 "eigenvalues of the space, at least (default: 20000 exact, 1000 on a mesh)")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{1} << 31))
      ->type_name("N");
  tool::add_point_options(app, request.points);
  tool::add_dimension_option(app, request.points.dimension);
  auto* labels = app.add_option("--labels", request.labels,
                                "of a sample of points, a number each (.npy, .npz, .csv, .txt): target and noise are "
                                "estimated from a quarter of them, and the curve is predicted")
                     ->type_name("FILE");
  app.add_option("--validate", request.validations,
                 "measure the curve on labels that are held out, by this many regressions each")
      ->check(CLI::Range(2, 1000000))
      ->needs(labels)
      ->type_name("TRIALS");
  tool::add_output_options(app, output);
  return tool::run(app, "SPACE", argc, argv,
                   [&] { tool::deliver(output, study(app, space, output, request), tool::command_line(argc, argv)); });
}
