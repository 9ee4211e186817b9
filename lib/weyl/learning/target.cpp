// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/target.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/table.hpp"
#include "weyl/learning/kernel_spectrum.hpp"

namespace weyl {

double invariant_power(const Target& target) {
  double sum = 0;
  for (const TargetLevel& level : target) {
    sum += level.power;
  }
  return sum;
}

double violation(const Target& target) {
  double sum = 0;
  for (const TargetLevel& level : target) {
    sum += level.violation;
  }
  return sum;
}

Target power_target(const Modes& quotient, double alpha) {
  const double half = quotient.geometry.dimension / 2.0;
  if (!(alpha > half && std::isfinite(alpha))) {
    throw InputError(fmt::format("power:{}", alpha),
                     fmt::format("the power of all eigenfunctions together is finite only above d/2 = {}", half));
  }
  const KernelSpectrum spectrum = kernel_spectrum(quotient, sobolev_kernel(alpha));
  const double total = spectrum.sum(spectrum.mu);
  Target target;
  for (Eigen::Index i = 0; i < spectrum.mu.size(); ++i) {
    if (const double m = spectrum.multiplicity[i]; m > 0) {
      target.push_back({.lambda = spectrum.lambda[i], .power = m * spectrum.mu[i] / total, .sharing = m});
    }
  }
  return target;
}

double default_alpha(const Kernel& kernel, int manifold_dimension, int quotient_dimension) {
  const double smooth = std::isfinite(kernel.smoothness) ? kernel.smoothness : quotient_dimension / 2.0 + 2;
  return smooth + manifold_dimension / 2.0 + 0.5;
}

double source_exponent(const Kernel& kernel, int quotient_dimension, double alpha) {
  const double largest = (alpha - quotient_dimension / 2.0) / kernel.smoothness; // the sum converges below
  return largest > 1 || largest == 0 ? 1 : 0.75 * largest;
}

Target parse_target(const std::string& content, const std::string& source) {
  const Table table = parse_table(content, source);
  const std::size_t lambda = table.column("lambda");
  const std::size_t power = table.column("power");
  const auto other = table.find("violation");
  std::map<double, TargetLevel> levels;
  for (const Table::Row& row : table.rows) {
    const double violation = other ? row.values[*other] : 0.0;
    if (row.values[lambda] < 0 || row.values[power] < 0 || violation < 0) {
      throw InputError(source, row.line, "eigenvalues and powers are not negative");
    }
    TargetLevel& level = levels[row.values[lambda]];
    level.lambda = row.values[lambda];
    level.power += row.values[power];
    level.violation += violation;
  }
  Target target;
  for (const auto& [value, level] : levels) {
    target.push_back(level);
  }
  if (!(invariant_power(target) + violation(target) > 0)) {
    throw InputError(source, "the target is zero");
  }
  return target;
}

} // namespace weyl
