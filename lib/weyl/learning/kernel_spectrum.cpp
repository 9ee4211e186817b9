// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/kernel_spectrum.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>
#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr double least = 1e-300; ///< smaller kernel eigenvalues are none
constexpr double fall = 3;       ///< of ln μ over a panel

struct Entry {
  double lambda;
  double mu;
  double multiplicity;
  double doubt;
};

/// The λ > `from` at which μ has fallen to `target`, or μ's jump over it; at most the factor e further.
double panel_end(const Kernel& kernel, double from, double target) {
  double low = 0;
  double high = 1;
  if (kernel.eigenvalue(from * std::exp(high)) >= target) {
    return from * std::exp(high);
  }
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (kernel.eigenvalue(from * std::exp(middle)) >= target ? low : high) = middle;
  }
  return from * std::exp(high);
}

/// ∫ g(λ) N̄′(λ) dλ over [a, b] in the variable ln λ, and the same for the doubt.
void add_panel(std::vector<Entry>& entries, const Kernel& kernel, const WeylTail& law, double a, double b) {
  using Rule = boost::math::quadrature::gauss<double, 8>;
  const double middle = (std::log(a) + std::log(b)) / 2;
  const double half = std::log(b / a) / 2;
  for (std::size_t i = Rule::abscissa().size(); i-- > 0;) {
    for (const double sign : {-1.0, 1.0}) {
      const double lambda = std::exp(middle + sign * half * Rule::abscissa()[i]);
      const double weight = half * Rule::weights()[i];
      entries.push_back({lambda, kernel.eigenvalue(lambda), weight * lambda * law.density(lambda),
                         weight * (law.geometry.dimension - 1) / 2.0 * law.doubt(lambda)});
    }
  }
}

/// Known levels up to where the law takes over; the last may be cut there.
std::vector<Entry> known_entries(const Modes& modes, const Kernel& kernel, const WeylTail& law) {
  std::vector<Entry> entries;
  double room = law.count(law.start);
  for (const ModeLevel& level : modes.levels) {
    if (level.lambda > law.start) {
      break;
    }
    const double multiplicity = level.lambda == law.start ? std::min(room, level.multiplicity) : level.multiplicity;
    entries.push_back({level.lambda, kernel.eigenvalue(level.lambda), multiplicity, 0});
    room -= level.multiplicity;
  }
  return entries;
}

} // namespace

KernelSpectrum kernel_spectrum(const Modes& modes, const Kernel& kernel) {
  const int d = modes.geometry.dimension;
  if (!(kernel.smoothness > d / 2.0)) {
    throw InputError(kernel.name, fmt::format("the space has dimension {}, and the kernel needs s > d/2 = {}: with s = "
                                              "{} it has no finite trace",
                                              d, d / 2.0, kernel.smoothness));
  }
  const WeylTail law = weyl_tail(modes);
  std::vector<Entry> entries = known_entries(modes, kernel, law);
  const auto known = static_cast<Eigen::Index>(entries.size());
  double mu = kernel.eigenvalue(law.start);
  if (mu > 0) {
    entries.push_back({law.start, mu, 0, law.remainder});
  }
  for (double from = law.start; mu > least;) {
    const double end = panel_end(kernel, from, mu * std::exp(-fall));
    add_panel(entries, kernel, law, from, end);
    from = end;
    mu = kernel.eigenvalue(end);
  }
  KernelSpectrum result{.known = known, .smoothness = kernel.smoothness};
  for (Eigen::ArrayXd* array : {&result.lambda, &result.mu, &result.multiplicity, &result.doubt}) {
    array->resize(static_cast<Eigen::Index>(entries.size()));
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    result.lambda[row] = entries[i].lambda;
    result.mu[row] = entries[i].mu;
    result.multiplicity[row] = entries[i].multiplicity;
    result.doubt[row] = entries[i].doubt;
  }
  return result;
}

} // namespace weyl
