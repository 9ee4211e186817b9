// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/learning_simulation.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/sampled_space.hpp"
#include "weyl/core/file.hpp"
#include "weyl/learning/function_subspace.hpp"
#include "weyl/learning/local_modes.hpp"
#include "weyl/learning/simulate.hpp"

namespace weyl::tool {

namespace {

constexpr double small = 1.0 / 30;       ///< of κ and of the risk: what is left out acts to first order alone
constexpr double largest_space = 4000;   ///< functions
constexpr double largest_features = 1e8; ///< values of functions at the points of a trial

/// How far down kernel and target must be held.
struct Scale {
  double kappa; ///< the least κ of both curves
  double risk;  ///< the least risk
};

Scale scale(const LearningReport& report) {
  Scale result{INFINITY, INFINITY};
  for (const LearningSide* side : {&report.manifold, &report.quotient}) {
    for (const CurvePoint& p : side->curve) {
      result.kappa = std::min(result.kappa, p.risk.kappa);
      result.risk = std::min(result.risk, p.risk.excess());
    }
  }
  return result;
}

/// Power of the target above λ.
double beyond(const Target& target, double lambda) {
  double sum = 0;
  for (const TargetLevel& level : target) {
    sum += level.lambda > lambda ? level.power + level.violation : 0;
  }
  return sum;
}

/// Between the last eigenvalue whose functions are held and the next: as many as the scale asks for, if they are known
/// on both spaces and not too many.
double cutoff(const SimulationTask& task, const Scale& needed) {
  const auto& levels = task.spaces.manifold.levels;
  const KernelSpectrum& quotient = task.invariant.kernel;
  const auto known = std::min<std::size_t>(levels.size(), static_cast<std::size_t>(task.plain.kernel.known));
  const double complete = quotient.lambda[std::max<Eigen::Index>(quotient.known - 1, 0)];
  double functions = 0;
  double result = 0;
  for (std::size_t i = 0; i + 1 < known && levels[i + 1].lambda <= complete; ++i) {
    functions += levels[i].multiplicity;
    if (functions > largest_space && i > 0) {
      break;
    }
    result = (levels[i].lambda + levels[i + 1].lambda) / 2;
    if (task.kernel.eigenvalue(levels[i].lambda) <= small * needed.kappa &&
        beyond(task.target, result) <= small * needed.risk) {
      break;
    }
  }
  return result;
}

double known_up_to(const Modes& modes, double lambda) {
  double count = 0;
  for (const ModeLevel& level : modes.levels) {
    count += level.lambda < lambda ? level.multiplicity : 0;
  }
  return count;
}

/// Σ μ of the functions that are not held.
double tail_trace(const Learner& learner, const Kernel& kernel, const Eigen::ArrayXd& held) {
  return std::max(0.0, learner.kernel.sum(learner.kernel.mu) - held.unaryExpr(kernel.eigenvalue).sum());
}

/// Both learners' functions.
struct Functions {
  FunctionSubspace all;
  FunctionSubspace invariant;
};

Functions functions_of(const SampledSpace& sampled) {
  return {all_functions(sampled.space), invariant_functions(sampled.space, sampled.generators)};
}

void add_missed_risks(LearningReport& report, const SimulationTask& task, const FeatureSpace& space,
                      const Functions& functions) {
  const auto add = [&](LearningSide& side, const Learner& learner, const FunctionSubspace& subspace) {
    const LocalModes local = local_modes(space, subspace, task.kernel);
    for (CurvePoint& p : side.curve) {
      p.risk.missed = missed_risk(local, learner, p.risk);
    }
  };
  add(report.manifold, task.plain, functions.all);
  add(report.quotient, task.invariant, functions.invariant);
}

} // namespace

void add_missed_risks(LearningReport& report, const SpaceOptions& options, const SimulationTask& task) {
  const SampledSpace sampled = sampled_space(task.spaces, options, INFINITY);
  add_missed_risks(report, task, sampled.space, functions_of(sampled));
}

void add_simulation(LearningReport& report, const CLI::App& app, const SpaceOptions& options,
                    const SimulationTask& task, const Output& output) {
  const Scale needed = scale(report);
  const double top = cutoff(task, needed);
  const SampledSpace sampled = sampled_space(task.spaces, options, top);
  const FeatureSpace& space = sampled.space;
  const double most = report.manifold.curve.back().risk.samples;
  if (most * static_cast<double>(space.size()) > largest_features) {
    throw InputError("--simulate", fmt::format("{:.6g} samples of {} functions are too many; ask for fewer (--samples)",
                                               most, space.size()));
  }
  const auto [all, invariant] = functions_of(sampled);
  if (const double expected = known_up_to(task.spaces.quotient, top);
      static_cast<double>(invariant.size()) != expected) {
    throw NumericalError(fmt::format("{} invariant functions up to lambda = {:.6g} are found by projection, {} by the "
                                     "spectrum of the quotient",
                                     invariant.size(), top, expected));
  }
  add_missed_risks(report, task, space, {all, invariant});
  TargetDraw target;
  SimulationOptions simulation{
      .noise = task.plain.noise, .trials = task.trials, .seed = options.seed, .threads = options.threads};
  if (task.vertex_file.empty()) {
    const ResolvedTarget resolved = resolve(task.target, space, invariant);
    simulation.tail_power = resolved.beyond;
    target = random_target(resolved, space, invariant);
  } else {
    Eigen::VectorXd c =
        vertex_coefficients(*task.spaces.meshed, read_file(task.vertex_file), task.vertex_file).head(space.size());
    simulation.tail_power = std::max(0.0, invariant_power(task.target) + violation(task.target) - c.squaredNorm());
    target = [c = std::move(c)](Random&) -> Eigen::VectorXd { return c; };
  }
  if (task.kernel.eigenvalue(top) > 3 * small * needed.kappa || simulation.tail_power > 3 * small * needed.risk) {
    report.warnings.push_back(
        fmt::format("the simulation holds the {} functions up to lambda = {:.4g}; beyond, the "
                    "kernel counts as a ridge and the target as noise, and not all of it is small",
                    space.size(), top));
  }
  report.trials = task.trials;
  const bool symmetric = report.order != 1;
  const double alpha = 2 * task.kernel.smoothness / report.quotient.geometry.dimension;
  const auto points = static_cast<std::int64_t>(report.manifold.curve.size());
  const std::int64_t total = points * task.trials * (symmetric ? 3 : 1);
  Progress progress(output, "regressions");
  std::int64_t before = 0;
  simulation.progress = [&](int finished) { progress.show(before + finished, total); };
  const auto ridge_regressions = [&](LearningSide& side, const Learner& learner, const FunctionSubspace& functions) {
    simulation.tail_trace = tail_trace(learner, task.kernel, functions.eigenvalues(space));
    for (CurvePoint& p : side.curve) {
      simulation.samples = std::llround(p.risk.samples);
      p.simulated = simulate_ridge_regression(space, functions, task.kernel, p.risk.ridge, target, simulation);
      before += task.trials;
    }
  };
  ridge_regressions(report.manifold, task.plain, all);
  if (!symmetric) {
    report.quotient.curve = report.manifold.curve;
    return;
  }
  ridge_regressions(report.quotient, task.invariant, invariant);
  if (std::isfinite(alpha)) {
    for (CurvePoint& p : report.quotient.curve) {
      simulation.samples = std::llround(p.risk.samples);
      p.averaged = simulate_spectral_averaging(
          space, invariant, spectral_cutoff(space, invariant, alpha, p.risk.samples), target, simulation);
      before += task.trials;
    }
  }
  note(app, output, fmt::format("simulated with {} functions, {} of them invariant", space.size(), invariant.size()));
}

} // namespace weyl::tool
