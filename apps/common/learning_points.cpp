// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/learning_points.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/points/random_order.hpp"

namespace weyl::tool {

namespace {

constexpr std::int64_t most_functions = 500;
constexpr double most_features = 2e8; ///< numbers

SampleModes sample_modes(const Sample& sample, const SpaceOptions& options) {
  const std::int64_t n = sample.pencil.size();
  const std::int64_t wanted = std::clamp<std::int64_t>(n / 4, 3, most_functions);
  if (static_cast<double>(n) * static_cast<double>(wanted) > most_features) {
    throw InputError(options.path,
                     "has too many points to learn on all of them; give it fewer, or --laplacian diffusion");
  }
  Eigenpairs pairs = eigenpairs(sample.pencil, {.count = wanted, .seed = options.seed, .threads = options.threads});
  return {std::move(pairs.values), pairs.vectors * std::sqrt(sample.pencil.mass.sum())};
}

Modes resolved_modes(const Sample& sample, const Eigen::VectorXd& eigenvalues, std::vector<std::string>& warnings) {
  constexpr Eigen::Index fewest = 20;
  const PointsReport& report = sample.report;
  const double resolved = report.resolution.resolved_up_to();
  const Eigen::Index count = (eigenvalues.array() <= resolved).count();
  const Eigen::Index used = std::min(std::max(count, fewest), eigenvalues.size());
  if (used > count) {
    warnings.push_back(fmt::format("{}: the sample resolves {} eigenvalues, and {} are used: the curves are rough",
                                   report.name, count, used));
  }
  const Eigen::VectorXd first = eigenvalues.head(used).cwiseMax(0);
  return modes({.eigenvalues = {first.begin(), first.end()},
                .geometry = {.dimension = report.geometry.integer_dimension, .volume = report.geometry.volume.value},
                .origin = report.name});
}

/// The numbers of the points that are looked at, and of the others.
struct Split {
  SampleRows looked_at;
  SampleRows others;
};

Split split(Eigen::Index points, unsigned seed) {
  const SampleRows order = random_order(points, std::mt19937_64(seed));
  const auto quarter = order.begin() + points / 4;
  return {{order.begin(), quarter}, {quarter, order.end()}};
}

/// A learner of a kernel, and what the labels looked at say to it.
struct LabelLearner {
  SampleKernel kernel;
  LabelEstimate estimate;
  Learner learner;

  LabelLearner(const SampleModes& modes, const Kernel& by_spectrum, const SampleRows& rows, const Eigen::VectorXd& y)
      : kernel(sample_kernel(modes.eigenvalues, modes.functions, by_spectrum)),
        estimate(estimate_target(kernel, rows, y)), learner(sample_learner(kernel, estimate)) {}
};

} // namespace

SampledPair sampled_pair(const CLI::App& app, const SpaceOptions& options, const PointOptions& points,
                         const Output& output) {
  PointCloud cloud = read_sample(app, options, output);
  AmbientGroup group = sample_group(options, cloud.ambient());
  Sample manifold = measure(app, options, points, cloud, ambient_group({}, static_cast<int>(cloud.ambient()), "C1"));
  SampleModes of_manifold = sample_modes(manifold, options);
  if (group.order() == 1) {
    return {std::move(cloud), std::move(group), manifold, manifold, of_manifold, of_manifold};
  }
  PointOptions alike = points;
  alike.laplacian = manifold.report.laplacian;
  alike.dimension = manifold.report.geometry.integer_dimension;
  Sample quotient = measure(app, options, alike, cloud, group);
  SampleModes of_quotient = sample_modes(quotient, options);
  return {std::move(cloud),    std::move(group),       std::move(manifold),
          std::move(quotient), std::move(of_manifold), std::move(of_quotient)};
}

LearningSpaces learning_spaces(const SampledPair& pair, std::vector<std::string>& warnings) {
  for (const std::string& finding : pair.manifold.report.geometry.findings) {
    warnings.push_back(finding);
  }
  const bool symmetric = pair.group.order() > 1;
  LearningSpaces result{.manifold_name = pair.manifold.report.name,
                        .quotient_name = pair.quotient.report.name,
                        .manifold = resolved_modes(pair.manifold, pair.manifold_modes.eigenvalues, warnings),
                        .quotient = {},
                        .group = pair.group.name,
                        .order = pair.group.order()};
  result.quotient =
      symmetric ? resolved_modes(pair.quotient, pair.quotient_modes.eigenvalues, warnings) : result.manifold;
  return result;
}

LabelReport study_labels(const SampledPair& pair, const SpaceOptions& options, const Kernel& kernel,
                         const LabelOptions& labels, const Output& output) {
  const Eigen::VectorXd all = read_labels(labels.file);
  if (pair.cloud.rows.empty() || static_cast<std::size_t>(all.size()) <= pair.cloud.rows.back()) {
    throw InputError(labels.file, fmt::format("has {} labels, and {} has more points", all.size(), options.path));
  }
  const auto& chosen = pair.manifold.chosen;
  Eigen::VectorXd y(static_cast<Eigen::Index>(chosen.size()));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    y[static_cast<Eigen::Index>(i)] =
        all[static_cast<Eigen::Index>(pair.cloud.rows[static_cast<std::size_t>(chosen[i])])];
  }
  const Split parts = split(y.size(), options.seed);
  const LabelLearner plain(pair.manifold_modes, kernel, parts.looked_at, y);
  const LabelLearner invariant =
      pair.group.order() > 1 ? LabelLearner(pair.quotient_modes, kernel, parts.looked_at, y) : plain;
  LabelReport report{.labels = y.size(),
                     .looked_at = std::ssize(parts.looked_at),
                     .plain = plain.estimate,
                     .invariant = invariant.estimate,
                     .trials = labels.trials};
  if (pair.group.order() > 1) {
    report.invariance = label_invariance(pair.cloud.points(Eigen::all, chosen), y, pair.group, options.seed);
  }
  Progress progress(output, "regressions");
  std::int64_t done = 0;
  for (const double n : labels.samples) {
    const auto error = [&](const LabelLearner& learner) {
      const Risk r = labels.ridge ? risk(learner.learner, n, *labels.ridge) : optimal_risk(learner.learner, n);
      LabelError result{.near_interpolation = r.near_interpolation(), .predicted = r.excess() + learner.estimate.noise};
      if (labels.trials > 0 && n <= 0.75 * static_cast<double>(parts.others.size())) {
        result.measured =
            held_out_error(learner.kernel, parts.others, y, std::llround(n), r.ridge, labels.trials, options.seed);
      }
      progress.show(++done, 2 * std::ssize(labels.samples));
      return result;
    };
    LabelPoint& point = report.curve.emplace_back(LabelPoint{.samples = n, .plain = error(plain)});
    point.invariant = pair.group.order() > 1 ? error(invariant) : point.plain;
  }
  return report;
}

} // namespace weyl::tool
