// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/figure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weyl {

namespace {

/// An interval that grows with what it must hold.
struct Range {
  bool log;
  double low = std::numeric_limits<double>::infinity();
  double high = -low;

  void hold(double value) {
    if (std::isfinite(value) && (!log || value > 0)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  /// With a margin of 4 %, from 0 on where nothing is negative but a null mode's rounding.
  void settle() {
    if (low > high) {
      low = log ? 0.1 : 0;
      high = 1;
    }
    if (log) {
      const double margin = std::max(1.05, std::pow(high / low, 0.04));
      low /= margin;
      high *= margin;
      return;
    }
    const double margin = high > low ? 0.04 * (high - std::min(0.0, low)) : std::max(1.0, std::abs(high));
    low = low >= -1e-6 * margin ? 0 : low - margin;
    high = high <= 0 && low < 0 ? std::min(0.0, high + margin) : high + margin;
  }
};

} // namespace

Curve staircase(const std::string& name, std::span<const double> eigenvalues, double first) {
  Curve curve{.name = name, .points = {}, .steps = true};
  if (first == 0 && !eigenvalues.empty() && eigenvalues.front() > 0) {
    curve.points.emplace_back(0, 0);
  }
  for (std::size_t k = 0; k < eigenvalues.size(); ++k) {
    curve.points.emplace_back(eigenvalues[k], first + static_cast<double>(k) + 1);
  }
  return curve;
}

Curve sampled(const std::string& name, const std::function<double(double)>& f, double from, double to, bool log,
              Line line) {
  Curve curve{.name = name, .points = {}, .line = line};
  constexpr int steps = 200;
  for (int i = 0; i <= steps; ++i) {
    const double part = static_cast<double>(i) / steps;
    const double x = log ? from * std::pow(to / from, part) : from + (to - from) * part;
    if (const double y = f(x); std::isfinite(y)) {
      curve.points.emplace_back(x, y);
    }
  }
  return curve;
}

Curve thinned(Curve curve, std::size_t most) {
  const std::size_t n = curve.points.size();
  const std::size_t stride = (n + most - 1) / std::max<std::size_t>(1, most);
  if (stride <= 1) {
    return curve;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < n; i += i + stride < n || i + 1 == n ? stride : n - 1 - i) {
    curve.points[kept] = curve.points[i];
    for (std::vector<double>* values : {&curve.upper, &curve.errors}) {
      if (!values->empty()) {
        (*values)[kept] = (*values)[i];
      }
    }
    ++kept;
  }
  curve.points.resize(kept);
  curve.upper.resize(curve.upper.empty() ? 0 : kept);
  curve.errors.resize(curve.errors.empty() ? 0 : kept);
  return curve;
}

Extent extent(const Figure& figure) {
  Range x{figure.x.log};
  Range y{figure.y.log};
  for (const Curve& curve : figure.curves) {
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
      const auto [px, py] = curve.points[i];
      x.hold(px);
      y.hold(py);
      if (!curve.upper.empty()) {
        y.hold(curve.upper[i]);
      }
      if (!curve.errors.empty()) {
        y.hold(py - curve.errors[i]);
        y.hold(py + curve.errors[i]);
      }
    }
  }
  x.settle();
  y.settle();
  return {x.low, x.high, y.low, y.high};
}

} // namespace weyl
