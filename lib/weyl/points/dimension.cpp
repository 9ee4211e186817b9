// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/dimension.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/points/random_order.hpp"
#include "weyl/points/tangent.hpp"

namespace weyl {

namespace {

constexpr std::array scales{4, 8, 16, 32};
constexpr int near = 8; ///< the two that are extrapolated
constexpr int far = 32;
constexpr std::size_t subsamples = 16;
constexpr std::size_t smallest_part = std::size_t{2} * far; ///< of a sample
constexpr double kernel_range = 3;                          ///< L: kernels are cut off at exp(−L)

/// MacKay & Ghahramani's mean.
double neighbour_dimension(const Neighbours& near_ones, Eigen::Index k) {
  const auto logs = near_ones.squared_distance.topRows(k).array().log();
  const double mean = ((k - 1) * logs.row(k - 1) - logs.topRows(k - 1).colwise().sum()).mean() / (k - 1.0);
  return mean > 0 ? 2 / mean : std::numeric_limits<double>::infinity(); // logs are of squares
}

/// The slope of a kernel sum over all of R^d is d; over r² < 4sL it is 2 L P(d/2 + 1, L)/P(d/2, L) · d/2L, P the
/// regularized incomplete gamma function. Inverted by bisection, for the slope is monotone in d.
double invert_truncated_slope(double slope) {
  double low = 1e-3;
  double high = 1e3;
  for (int i = 0; i < 80; ++i) {
    const double d = std::sqrt(low * high);
    const double truncated =
        d * boost::math::gamma_p(d / 2 + 1, kernel_range) / boost::math::gamma_p(d / 2, kernel_range);
    (truncated < slope ? low : high) = d;
  }
  return low;
}

/// 2 dlog S/dlog s = 2 Σ (r²/4s) exp(−r²/4s) / Σ exp(−r²/4s), of the neighbours before the k-th, whose distance is the
/// end of the kernel.
double kernel_sum_dimension(const Neighbours& near_ones, Eigen::Index k) {
  double sum = 0;
  double moment = 0;
  for (Eigen::Index i = 0; i < near_ones.squared_distance.cols(); ++i) {
    const auto r2 = near_ones.squared_distance.col(i).head(k);
    const Eigen::ArrayXd t = kernel_range * r2.head(k - 1).array() / r2[k - 1];
    sum += (-t).exp().sum();
    moment += (t * (-t).exp()).sum();
  }
  return invert_truncated_slope(2 * moment / sum);
}

double neighbour_volume(const Neighbours& near_ones, Eigen::Index k, int d) {
  return unit_ball_volume(d) * near_ones.squared_distance.row(k - 1).array().pow(d / 2.0).sum() /
         static_cast<double>(k);
}

/// All of them at one scale.
ScaleEstimate at_scale(const Neighbours& near_ones, int k, int d) {
  return {.neighbours = k,
          .radius = std::sqrt(near_ones.squared_distance.row(k - 1).mean()),
          .dimension = neighbour_dimension(near_ones, k),
          .kernel_dimension = kernel_sum_dimension(near_ones, k),
          .volume = d > 0 ? neighbour_volume(near_ones, k, d) : 0};
}

/// A sample at the two scales that are extrapolated.
struct Pair {
  ScaleEstimate nearer;
  ScaleEstimate farther;
  std::array<double, 2> one_sided = {}; ///< `one_sidedness` at both

  /// The values at radius 0 of what goes like a + b r^power.
  [[nodiscard]] ScaleEstimate at_zero(double power) const {
    const double t = 1 / (std::pow(farther.radius / nearer.radius, power) - 1);
    return {.dimension = nearer.dimension + t * (nearer.dimension - farther.dimension),
            .kernel_dimension = nearer.kernel_dimension + t * (nearer.kernel_dimension - farther.kernel_dimension),
            .volume = nearer.volume + t * (nearer.volume - farther.volume)};
  }
};

Pair at_two_scales(const Neighbours& near_ones, int d) {
  return {at_scale(near_ones, near, d),
          at_scale(near_ones, std::min<int>(far, static_cast<int>(near_ones.count())), d)};
}

/// With `one_sidedness`.
Pair look_at(const Eigen::MatrixXd& points, const Neighbours& near_ones, int d, const SampledGeometryOptions& options) {
  Pair result = at_two_scales(near_ones, d);
  const auto sides = [&](const Neighbours& own) {
    return one_sidedness(points, own, d, {near, std::min<Eigen::Index>(far, own.count())}, options.threads);
  };
  result.one_sided = options.group.empty() // lists of a group do not tell by which element a point is near
                         ? sides(near_ones)
                         : sides(neighbours(points, {.count = far, .threads = options.threads}));
  return result;
}

using Member = double ScaleEstimate::*;

/// Standard error of the mean of something over the subsamples.
template <class Value>
double standard_error(const std::vector<Pair>& parts, Value&& value) {
  const auto m = static_cast<double>(parts.size());
  double mean = 0;
  double square = 0;
  for (const Pair& part : parts) {
    mean += value(part) / m;
  }
  for (const Pair& part : parts) {
    square += (value(part) - mean) * (value(part) - mean) / (m - 1);
  }
  return std::sqrt(square / m);
}

double student(double probability) {
  return boost::math::quantile(boost::math::students_t(subsamples - 1), probability);
}

/// Whether neighbours lie to one side more than chance has it in one of a thousand samples, and less so towards smaller
/// distances, but not as r² would have it.
bool has_boundary(const Pair& whole, const std::vector<Pair>& parts) {
  const auto& [nearer, farther] = whole.one_sided;
  return !parts.empty() &&
         farther > student(0.999) * standard_error(parts, [](const Pair& p) { return p.one_sided[1]; }) &&
         nearer / farther > std::pow(whole.nearer.radius / whole.farther.radius, 2);
}

/// `parts` are the same of subsamples.
Estimate estimate(const Pair& whole, const std::vector<Pair>& parts, bool linear, Member member) {
  const double power = linear ? 1 : 2;
  const double value = whole.at_zero(power).*member;
  if (parts.empty()) {
    return {value, 0, std::numeric_limits<double>::infinity()};
  }
  const double by_rule = linear ? value - whole.at_zero(2).*member : (value - whole.nearer.*member) / 2;
  const double by_chance =
      student(0.975) * standard_error(parts, [&](const Pair& p) { return p.at_zero(power).*member; });
  const double half_width = std::hypot(by_rule, by_chance);
  return {value, value - half_width, value + half_width};
}

std::vector<Pair> of_subsamples(const Eigen::MatrixXd& points, int d, const SampledGeometryOptions& options) {
  const std::vector<Eigen::Index> order = random_order(points.cols(), std::mt19937_64(options.seed));
  std::vector<Pair> result;
  const std::size_t size = order.size() / subsamples;
  if (size < smallest_part) {
    return result;
  }
  for (std::size_t s = 0; s < subsamples; ++s) {
    Eigen::MatrixXd part(points.rows(), static_cast<Eigen::Index>(size));
    for (std::size_t i = 0; i < size; ++i) {
      part.col(static_cast<Eigen::Index>(i)) = points.col(order[s * size + i]);
    }
    const Neighbours near_ones = neighbours(part, {.count = far, .group = options.group, .threads = options.threads});
    result.push_back(look_at(part, near_ones, d, options));
  }
  return result;
}

/// Root mean square distance of two points at random.
double spread(const Eigen::MatrixXd& points) {
  const Eigen::VectorXd mean = points.rowwise().mean();
  double sum = 0;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    sum += (points.col(i) - mean).squaredNorm();
  }
  return std::sqrt(2 * sum / static_cast<double>(points.cols()));
}

/// Neighbours more than half as far away as a point drawn at random tell nothing of what is near.
std::string too_few_for_dimension(const SampledGeometry& geometry, const Eigen::MatrixXd& points) {
  const double share = geometry.scales[1].radius / spread(points);
  if (share < 0.5) {
    return {};
  }
  return fmt::format(
      "the sample is far too small for its dimension: the {}th neighbour is {:.2g} times as far away as a "
      "point drawn at random, and distances half as long take 2^{} times as many points; neither dimension, "
      "volume nor spectrum can be relied on",
      near, share, geometry.integer_dimension);
}

bool disjoint(const Estimate& a, const Estimate& b) { return a.high < b.low || b.high < a.low; }

void judge(SampledGeometry& geometry, std::size_t n, bool whole, bool given) {
  const Estimate& d = geometry.dimension;
  if (!whole) {
    geometry.findings.push_back(fmt::format("{} points are too few for an interval that means anything: {} are needed",
                                            n, smallest_part * subsamples));
  }
  if (disjoint(d, geometry.kernel_dimension)) {
    geometry.findings.push_back(
        fmt::format("the two estimates of the dimension disagree ({:.3g} by neighbours, {:.3g} by the kernel sum): "
                    "noise, several dimensions, or too few points",
                    d.value, geometry.kernel_dimension.value));
  }
  if (d.high - d.low > 1 || std::floor(d.high) < std::ceil(d.low)) {
    geometry.findings.push_back(fmt::format("the interval of the dimension, [{:.3g}, {:.3g}], holds {}; {} was {}",
                                            d.low, d.high, d.high - d.low > 1 ? "more than one integer" : "no integer",
                                            geometry.integer_dimension,
                                            given ? "given" : "taken, and the volume stands and falls with it"));
  }
}

} // namespace

double unit_ball_volume(int dimension) {
  return std::pow(std::numbers::pi, dimension / 2.0) / std::tgamma(dimension / 2.0 + 1);
}

SampledGeometry sampled_geometry(const Eigen::MatrixXd& points, const SampledGeometryOptions& options) {
  const double ceiling = std::min(150.0, static_cast<double>(points.rows())); // 150: of Γ(d/2 + 1)
  const Neighbours near_ones = neighbours(points, {.count = far, .group = options.group, .threads = options.threads});
  if (near_ones.count() < 2 * near - 1) {
    throw InputError("sampled_geometry", "needs at least 16 points");
  }
  const auto integer = [&](double d) {
    return options.dimension.value_or(
        static_cast<int>(std::clamp(std::isfinite(d) ? std::round(d) : 1.0, 1.0, ceiling)));
  };
  SampledGeometry result;
  result.integer_dimension = integer(at_two_scales(near_ones, 0).at_zero(2).dimension);
  Pair whole = look_at(points, near_ones, result.integer_dimension, options);
  std::vector<Pair> parts = of_subsamples(points, result.integer_dimension, options);
  const bool linear = has_boundary(whole, parts);
  if (const int d = integer(whole.at_zero(1).dimension); linear && d != result.integer_dimension) {
    result.integer_dimension = d;
    whole = look_at(points, near_ones, d, options);
    parts = of_subsamples(points, d, options);
  }
  for (const int k : scales) {
    if (k <= near_ones.count()) {
      result.scales.push_back(at_scale(near_ones, k, result.integer_dimension));
    }
  }
  result.dimension = estimate(whole, parts, linear, &ScaleEstimate::dimension);
  result.kernel_dimension = estimate(whole, parts, linear, &ScaleEstimate::kernel_dimension);
  result.volume = estimate(whole, parts, linear, &ScaleEstimate::volume);
  if (linear) {
    result.findings.emplace_back(
        "neighbours lie to one side of points more than chance would have it: the sample has a "
        "boundary, or its density changes fast; values are extrapolated linearly in the distance");
  }
  if (!(result.volume.value > 0)) {
    result.volume = {whole.nearer.volume, 0, std::numeric_limits<double>::infinity()};
    result.findings.push_back(fmt::format(
        "the volume changes too much with the distance to be extrapolated; that at k = {} stands for it", near));
  }
  if (std::string finding = too_few_for_dimension(result, points); !finding.empty()) {
    result.findings.push_back(std::move(finding));
  }
  judge(result, static_cast<std::size_t>(points.cols()), !parts.empty(), options.dimension.has_value());
  return result;
}

} // namespace weyl
