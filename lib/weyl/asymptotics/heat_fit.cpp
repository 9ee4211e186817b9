// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/heat_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include <boost/math/tools/minima.hpp>

#include "weyl/asymptotics/truncated_heat.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

/// Half an interval per movement, as the simulations of docs/asymptotics.md ask: 2 for long lists, more where few
/// eigenvalues fit into each direction of the space.
double coverage_factor(std::size_t used, double d) { return 2 + 120 / std::pow(static_cast<double>(used), 2 / d); }

/// The eigenvalues that may be used.
struct Trusted {
  std::span<const double> eigenvalues;
  double end;
};

Trusted trusted(const Spectrum& spectrum) {
  constexpr std::size_t fewest = 20;
  const auto used = static_cast<std::size_t>(count(spectrum, spectrum.trusted_up_to));
  if (used < fewest) {
    throw InputError("the heat fit",
                     "needs at least " + std::to_string(fewest) + " eigenvalues, got " + std::to_string(used));
  }
  const std::span<const double> all(spectrum.eigenvalues.data(), used);
  if (!(all.back() > 0)) {
    throw InputError("the heat fit", "needs positive eigenvalues");
  }
  return {all, all.back()};
}

/// F(t) on the windows of one list, computed once each.
class Windows {
public:
  explicit Windows(const Trusted& list) : list_(list) {}

  const std::pair<Eigen::VectorXd, Eigen::VectorXd>& at(double end, double start) {
    auto [entry, fresh] = known_.try_emplace({end, start});
    if (fresh) {
      const Eigen::VectorXd times = truncated_heat::times(start, end);
      entry->second = {times, truncated_heat::values(list_.eigenvalues, end, times)};
    }
    return entry->second;
  }

private:
  Trusted list_;
  std::map<std::pair<double, double>, std::pair<Eigen::VectorXd, Eigen::VectorXd>> known_;
};

Estimate interval(double value, double doubt, double factor) {
  const double half = factor * doubt + 1e-12 * std::abs(value);
  return {value, value - half, value + half};
}

/// Exponents q of a fit: the discretization's, then (d−j)/2 for j = 0, 1, 2, … or 0, 2, 4, …
std::vector<double> powers(double d, bool closed, bool discretized, int terms) {
  std::vector<double> result;
  result.reserve(static_cast<std::size_t>(terms) + 1);
  for (int i = 0; i < terms; ++i) {
    result.push_back((d - (closed ? 2 : 1) * i) / 2);
  }
  if (discretized) {
    result.push_back(d / 2 + 1);
  }
  return result;
}

HeatFit fit(const Trusted& list, int d, bool closed, bool discretized) {
  static const std::vector<double> starts{4, 5, 6.3, 8, 10, 12.5, 16, 20, 25, 32};
  Windows windows(list);
  const int fewest = closed ? 2 : 3;
  const auto estimate = [&](double end, double start, int more) -> Eigen::VectorXd {
    const auto& [times, values] = windows.at(end, start);
    const auto regression =
        truncated_heat::regress(values, end, times, powers(d, closed, discretized, fewest + more), d / 2.0);
    const Eigen::VectorXd& c = regression.coefficients;
    Eigen::Vector4d out(c[0], closed ? 0.0 : c[1], closed ? c[1] : c[2], discretized ? c[c.size() - 1] : 0.0);
    return out;
  };
  const auto best = truncated_heat::most_stable(estimate, list.end, starts, closed ? 2 : 3);
  HeatFit result;
  result.dimension = d;
  result.edge = closed ? Edge::closed : Edge::bounded;
  result.used = list.eigenvalues.size();
  result.start = best.start;
  result.terms = fewest + best.terms;
  const double factor = coverage_factor(result.used, d);
  const double volume_unit = std::pow(4 * pi, d / 2.0);
  const double boundary_unit = 4 * std::pow(4 * pi, (d - 1) / 2.0);
  result.volume = interval(volume_unit * best.value[0], volume_unit * best.doubt[0], factor);
  result.boundary = interval(boundary_unit * best.value[1], boundary_unit * best.doubt[1], factor);
  result.constant = interval(best.value[2], best.doubt[2], factor);
  // λ^h = λ(1 + sλ) lowers N by sλ·λ N̄' = s (d/2) c_0 λ^{d/2+1}/Γ(d/2+1); t^{−q} stands for λ^q/Γ(q+1).
  const double slope_unit = -1 / (best.value[0] * d / 2.0 * (d / 2.0 + 1));
  result.error_slope = interval(slope_unit * best.value[3], std::abs(slope_unit) * best.doubt[3], factor);
  result.expansion = {static_cast<double>(d), {best.value[0], best.value[1], best.value[2]}};
  result.volume.low = std::max(0.0, result.volume.low);
  return result;
}

} // namespace

HeatFit fit_heat(const Spectrum& spectrum, int dimension, const HeatFitOptions& options) {
  if (dimension < 1) {
    throw InputError("the heat fit", "the dimension must be at least 1");
  }
  const Trusted list = trusted(spectrum);
  HeatFit bounded = fit(list, dimension, false, options.discretized);
  if (options.edge == Edge::bounded) {
    return bounded;
  }
  if (options.edge == Edge::closed) {
    return fit(list, dimension, true, options.discretized);
  }
  // A boundary of Euclidean domains is at least 2√π V^{1/2} long (isoperimetric inequality, d = 2; more for d > 2).
  const Estimate& boundary = bounded.boundary;
  const double scale = dimension == 1 ? 1.0 : std::pow(std::abs(bounded.volume.value), (dimension - 1.0) / dimension);
  const bool zero = boundary.low <= 0 && 0 <= boundary.high;
  const double reach = std::max(-boundary.low, boundary.high);
  // A boundary smaller than the shortest wave leaves no term λ^{(d−1)/2} below Λ: what seems one is not.
  const double wave = std::pow(2 * pi / std::sqrt(list.end), dimension - 1);
  if ((zero && reach < scale) || reach < wave) {
    return fit(list, dimension, true, options.discretized);
  }
  bounded.edge = zero ? Edge::unknown : Edge::bounded;
  return bounded;
}

Estimate euler_characteristic(const HeatFit& fit) {
  return {6 * fit.constant.value, 6 * fit.constant.low, 6 * fit.constant.high};
}

DimensionFit estimate_dimension(const Spectrum& spectrum) {
  const Trusted list = trusted(spectrum);
  Windows windows(list);
  constexpr double reach = 0.6; ///< of the search about an integer
  const auto best_about = [&](double end, double start, int terms, int centre) -> Eigen::Vector2d {
    const auto& [times, values] = windows.at(end, start);
    const auto squares = [&, &times = times, &values = values](double d) {
      return truncated_heat::regress(values, end, times, powers(d, false, false, terms), centre / 2.0).squares;
    };
    constexpr int steps = 12; // the profile can have several minima
    double best = centre - reach;
    for (int i = 1; i <= steps; ++i) {
      const double d = centre - reach + 2 * reach * i / steps;
      best = squares(d) < squares(best) ? d : best;
    }
    const double step = 2 * reach / steps;
    best = boost::math::tools::brent_find_minima(squares, best - step, best + step, 30).first;
    const auto leading = truncated_heat::regress(values, end, times, powers(best, false, false, terms), centre / 2.0);
    return {best, leading.coefficients[0] * truncated_heat::term(best / 2, end, times)[0] / values[0]};
  };
  // 2 log(N(Λ)/N(Λ/4))/log 4 is off by one at most where the boundary term is large.
  const auto quarter = static_cast<double>(std::max<std::int64_t>(1, count(spectrum, list.end / 4)));
  const double slope = 2 * std::log(static_cast<double>(list.eigenvalues.size()) / quarter) / std::log(4.0);
  const int middle = std::max(1, static_cast<int>(std::lround(slope)));
  DimensionFit result;
  double least = std::numeric_limits<double>::infinity();
  for (int centre = std::max(1, middle - 1); centre <= middle + 1; ++centre) {
    const auto estimate = [&](double end, double start, int more) -> Eigen::VectorXd {
      return best_about(end, start, 2 + more, centre);
    };
    const auto best = truncated_heat::most_stable(estimate, list.end, {4, 6.3, 10, 16}, 2);
    // With d + 1 a closed space fits as well, with a leading term of zero.
    constexpr double least_share = 0.1;
    if (std::abs(best.value[0] - centre) < reach && best.value[1] > least_share && best.doubt[0] < least) {
      least = best.doubt[0];
      const double factor = coverage_factor(list.eigenvalues.size(), centre);
      result = {interval(best.value[0], best.doubt[0], factor), centre};
      result.dimension.low = std::max(0.0, result.dimension.low);
    }
  }
  if (result.nearest == 0) { // no integer fits: the slope, and all that is near it
    result = {{slope, slope - 1, slope + 1}, middle};
  }
  return result;
}

} // namespace weyl
