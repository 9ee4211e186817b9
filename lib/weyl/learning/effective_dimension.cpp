// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/effective_dimension.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// πa/sin πa = Γ(1 + a) Γ(1 − a); 1 at a = 0.
double sine_factor(double a) {
  const double x = std::numbers::pi * a;
  return x > 0 ? x / std::sin(x) : 1.0;
}

} // namespace

DegreesOfFreedom degrees_of_freedom(const KernelSpectrum& kernel, double eta) {
  const Eigen::ArrayXd learned = kernel.mu / (kernel.mu + eta);
  return {.d_eff = kernel.sum(learned),
          .d_2 = kernel.sum(learned.square()),
          .d_eff_error = (kernel.doubt * learned).sum(),
          .d_2_error = (kernel.doubt * learned.square()).sum()};
}

DegreesOfFreedom asymptotic_degrees_of_freedom(const Geometry& geometry, double s, double eta, double length) {
  const double a = geometry.dimension / (2 * s);
  if (!(s > 0 && a < 1)) {
    throw InputError("the effective dimension",
                     fmt::format("needs s > d/2 = {}, but s is {}", geometry.dimension / 2.0, s));
  }
  const double lambda = std::pow(eta, -1 / s) / (length * length); // where μ = η
  const double b = (geometry.dimension - 1) / (2 * s);
  const double inside = weyl_count(geometry, lambda) * sine_factor(a);
  const double walls = weyl_boundary_term(geometry, lambda) * sine_factor(b);
  return {.d_eff = inside + walls, .d_2 = (1 - a) * inside + (1 - b) * walls};
}

} // namespace weyl
