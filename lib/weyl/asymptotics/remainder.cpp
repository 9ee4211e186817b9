// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/remainder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// Line through points: slope and its standard error.
std::pair<double, double> slope_of(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double mx = 0;
  double my = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mx += x[i] / n;
    my += y[i] / n;
  }
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    xy += (x[i] - mx) * (y[i] - my);
    yy += (y[i] - my) * (y[i] - my);
  }
  return {xy / xx, std::sqrt(std::max(0.0, yy - xy * xy / xx) / ((n - 2) * xx))};
}

/// ∫_0^u of Hann's window 1 − cos 2πv on [0, 1], which has the integral 1.
double hann_integral(double u) {
  const double v = std::clamp(u, 0.0, 1.0);
  return v - std::sin(2 * std::numbers::pi * v) / (2 * std::numbers::pi);
}

/// Mean of R over [x − h, x] with Hann weights: of N exactly, of N̄ by the trapezoidal rule, which converges fast for
/// weights that vanish at both ends.
double mean_remainder(const std::vector<double>& roots, const HeatExpansion& law, double x, double h) {
  double sum = 0;
  for (const double root : roots) {
    if (root >= x) {
      break;
    }
    sum += hann_integral((x - root) / h); // N counts 1 from root on
  }
  constexpr int steps = 48;
  for (int i = 1; i < steps; ++i) {
    const double u = static_cast<double>(i) / steps;
    const double at = x - h * u;
    sum -= (1 - std::cos(2 * std::numbers::pi * u)) / steps * (at > 0 ? smooth_count(law, at * at) : 0.0);
  }
  return sum;
}

/// The most significant jump that means over the length h show.
LevelDefect jump_at_scale(const std::vector<double>& roots, const HeatExpansion& law, double h) {
  constexpr std::size_t steps = 8; // per h
  const double top = roots.back();
  std::vector<double> means;
  for (std::size_t i = 0; h + h / steps * static_cast<double>(i) <= top; ++i) {
    means.push_back(mean_remainder(roots, law, h + h / steps * static_cast<double>(i), h));
  }
  std::vector<double> jumps;
  for (std::size_t i = 0; i + steps < means.size(); ++i) {
    jumps.push_back(means[i + steps] - means[i]);
  }
  if (jumps.size() < 2 * steps) {
    return {};
  }
  // One jump of size a at x_0 shows as a(1 − H(|x − x_0|/h)), H the integral of Hann's window, beside a constant.
  LevelDefect best;
  double least = std::numeric_limits<double>::infinity();
  const auto n = static_cast<double>(jumps.size());
  for (std::size_t at = 0; at < jumps.size(); ++at) {
    Eigen::Matrix2d normal = Eigen::Matrix2d::Zero();
    Eigen::Vector2d right = Eigen::Vector2d::Zero();
    double squares = 0;
    for (std::size_t i = 0; i < jumps.size(); ++i) {
      const double away = std::abs(static_cast<double>(i) - static_cast<double>(at)) / steps;
      const Eigen::Vector2d row(1, 1 - hann_integral(away));
      normal += row * row.transpose();
      right += row * jumps[i];
      squares += jumps[i] * jumps[i];
    }
    const Eigen::Vector2d solution = normal.ldlt().solve(right);
    const double left = std::max(0.0, squares - solution.dot(right));
    if (left < least) {
      least = left;
      constexpr double rounding = 0.02; // of the law itself
      const double x = h * (1 + static_cast<double>(at) / steps);
      const double reach = h / 3;
      best = {x * x, (x - reach) * (x - reach), (x + reach) * (x + reach), solution[1],
              std::abs(solution[1]) / (std::sqrt(left / n) + rounding)};
    }
  }
  return best;
}

} // namespace

double weyl_remainder(const Spectrum& spectrum, const HeatExpansion& law, double lambda) {
  return static_cast<double>(count(spectrum, lambda)) - smooth_count(law, lambda);
}

Estimate remainder_exponent(const Spectrum& spectrum, const HeatExpansion& law) {
  constexpr std::size_t fewest = 50;
  if (spectrum.eigenvalues.size() < fewest) {
    throw InputError("the growth of the remainder", "needs at least 50 eigenvalues");
  }
  const double top = std::sqrt(spectrum.eigenvalues.back());
  constexpr int windows = 8;
  constexpr int samples = 500;
  const double ratio = std::pow(10.0, 1.0 / windows); // windows in geometric progression from top/10
  std::vector<double> logs;
  std::vector<double> sizes;
  for (int w = 0; w < windows; ++w) {
    const double begin = top / 10 * std::pow(ratio, w);
    double squares = 0;
    for (int i = 0; i < samples; ++i) {
      const double x = begin * (1 + (ratio - 1) * (i + 0.5) / samples);
      squares += std::pow(weyl_remainder(spectrum, law, x * x), 2) / samples;
    }
    logs.push_back(2 * std::log(begin));
    sizes.push_back(0.5 * std::log(squares + 1e-30));
  }
  const auto [slope, error] = slope_of(logs, sizes);
  const double t = boost::math::quantile(boost::math::complement(boost::math::students_t(windows - 2), 0.025));
  return {slope, slope - t * error, slope + t * error};
}

std::optional<LevelDefect> level_defect(const Spectrum& spectrum, const HeatExpansion& law) {
  std::vector<double> roots;
  for (const double lambda : spectrum.eigenvalues) {
    roots.push_back(std::sqrt(std::max(0.0, lambda)));
  }
  constexpr std::size_t fewest = 40;
  if (roots.size() < fewest) {
    return std::nullopt;
  }
  LevelDefect best;
  for (const double parts : {4.0, 6.0, 8.0, 11.0, 16.0}) {
    const LevelDefect found = jump_at_scale(roots, law, roots.back() / parts);
    if (std::abs(found.jump) > 0.6 && found.significance > best.significance) {
      best = found;
    }
  }
  return best.significance > 6 ? std::optional(best) : std::nullopt;
}

} // namespace weyl
