// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/weyl_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/roots.hpp>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr double lowest_dimension = 0.2;
constexpr double highest_dimension = 12;

/// Samples without the boundary term, at the λ of the space that the discretization stands for.
struct Points {
  Eigen::ArrayXd lambda;
  Eigen::ArrayXd count;
};

Points corrected(std::span<const CountSample> samples, const Geometry& known, double error_slope) {
  const auto n = static_cast<Eigen::Index>(samples.size());
  Points points{Eigen::ArrayXd(n), Eigen::ArrayXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto& sample = samples[static_cast<std::size_t>(i)];
    points.lambda[i] = sample.lambda / (1 + error_slope * sample.lambda);
    points.count[i] = sample.count - weyl_boundary_term(known, points.lambda[i]);
  }
  return points;
}

/// Weighted least squares of C_d V λ^{d/2} + Σ_p c_p λ^p at one d.
struct LinearFit {
  double volume;
  double volume_deviation; ///< standard deviation of `volume`
  double squares;          ///< weighted sum of squared residuals
  double freedom;          ///< degrees of freedom left
};

LinearFit fit_at(const Points& points, double d, const std::vector<double>& further_powers) {
  const double top = points.lambda.maxCoeff();
  const Eigen::ArrayXd x = points.lambda / top;
  // The same weights for every d, so that sums of squares can be compared; 0.25 is (d−1)/4 for surfaces.
  const Eigen::ArrayXd weight = x.pow(-0.25);
  Eigen::MatrixXd design(x.size(), 1 + static_cast<Eigen::Index>(further_powers.size()));
  design.col(0) = weight * x.pow(d / 2);
  for (std::size_t i = 0; i < further_powers.size(); ++i) {
    design.col(static_cast<Eigen::Index>(i) + 1) = weight * x.pow(further_powers[i]);
  }
  const Eigen::VectorXd target = weight * points.count;
  const Eigen::VectorXd coefficients = design.colPivHouseholderQr().solve(target);
  const double unit = weyl_constant(d) * std::pow(top, d / 2); // N per volume at λ_max
  LinearFit fit{};
  fit.freedom = static_cast<double>(design.rows() - design.cols());
  fit.squares = (target - design * coefficients).squaredNorm();
  fit.volume = coefficients[0] / unit;
  const double variance = (design.transpose() * design).inverse()(0, 0) * fit.squares / fit.freedom;
  fit.volume_deviation = std::sqrt(variance) / unit;
  return fit;
}

double t_quantile(double freedom) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), 0.025));
}

/// Where `significance` (negative inside, positive outside) changes sign between `inside` and `outside`, or `outside`.
template <class Function>
double interval_end(Function significance, double inside, double outside) {
  if (significance(outside) <= 0) {
    return outside;
  }
  const auto [a, b] = std::minmax(inside, outside);
  const auto close = [](double low, double high) { return high - low < 1e-6; };
  std::uintmax_t iterations = 100;
  const auto root = boost::math::tools::bisect(significance, a, b, close, iterations);
  return (root.first + root.second) / 2;
}

/// Next to a free power only a constant: with λ^{(d−2)/2} every d would fit as well as d + 2.
LinearFit fit_constant(const Points& points, double d) { return fit_at(points, d, {0.0}); }

/// With d given, the term of curvature, corners and topology.
LinearFit fit_third_term(const Points& points, int d) {
  return d > 1 ? fit_at(points, d, {(d - 2) / 2.0}) : fit_at(points, d, {});
}

double best_dimension(const Points& points) {
  const auto squares = [&](double d) { return fit_constant(points, d).squares; };
  double best = lowest_dimension;
  constexpr int steps = 118; // the profile can have several minima
  for (int i = 0; i <= steps; ++i) {
    const double d = lowest_dimension + (highest_dimension - lowest_dimension) * i / steps;
    best = squares(d) < squares(best) ? d : best;
  }
  return boost::math::tools::brent_find_minima(squares, std::max(lowest_dimension, best - 0.1), best + 0.1, 30).first;
}

/// The best d, and all d that are not significantly worse: squares(d) ≤ squares(best)·(1 + t²/freedom).
Estimate fit_dimension(const Points& points) {
  const double best = best_dimension(points);
  const LinearFit fit = fit_constant(points, best);
  const double freedom = fit.freedom - 1;
  const double limit = fit.squares * (1 + std::pow(t_quantile(freedom), 2) / freedom) + 1e-20;
  const auto significance = [&](double d) { return fit_constant(points, d).squares - limit; };
  return {best, interval_end(significance, best, lowest_dimension),
          interval_end(significance, best, highest_dimension)};
}

/// The two thirds of the points with the larger λ.
Points upper_part(const Points& points) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(points.lambda.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::sort(order, {}, [&](Eigen::Index i) { return points.lambda[i]; });
  order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(order.size() / 3));
  return {points.lambda(order), points.count(order)};
}

/// Adds an independent doubt in quadrature to both sides.
void widen(Estimate& estimate, double doubt) {
  estimate.low = estimate.value - std::hypot(estimate.value - estimate.low, doubt);
  estimate.high = estimate.value + std::hypot(estimate.high - estimate.value, doubt);
}

} // namespace

WeylFit fit_weyl(std::span<const CountSample> samples, const Geometry& known, const WeylFitOptions& options) {
  constexpr std::size_t fewest = 6;
  if (samples.size() < fewest) {
    throw InputError("the Weyl fit", "needs at least " + std::to_string(fewest) + " values of lambda, got " +
                                         std::to_string(samples.size()));
  }
  const Points points = corrected(samples, known, options.error_slope);
  WeylFit result;
  result.used = samples.size();
  result.dimension = fit_dimension(points);
  // What the discretization can do to the slope of log N, and what a window closer to the asymptotic regime says.
  const double correction = options.error_slope * points.lambda.maxCoeff();
  const Points window = upper_part(points);
  const bool two_windows = window.lambda.size() >= 4;
  widen(result.dimension, 0.5 * correction);
  widen(result.dimension, two_windows ? best_dimension(window) - result.dimension.value : 0.0);

  const bool admitted = result.dimension.low <= known.dimension && known.dimension <= result.dimension.high;
  result.volume_dimension =
      admitted ? known.dimension : std::max(1, static_cast<int>(std::lround(result.dimension.value)));
  const LinearFit fit = fit_third_term(points, result.volume_dimension);
  const double half = t_quantile(fit.freedom) * fit.volume_deviation;
  result.volume = {fit.volume, fit.volume - half, fit.volume + half};
  result.scatter = std::sqrt(fit.squares / fit.freedom);
  widen(result.volume, 0.5 * correction * result.volume_dimension / 2 * fit.volume);
  widen(result.volume, two_windows ? fit_third_term(window, result.volume_dimension).volume - fit.volume : 0.0);
  return result;
}

} // namespace weyl
