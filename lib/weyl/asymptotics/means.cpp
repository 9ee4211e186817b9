// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/means.hpp"

#include <cmath>
#include <limits>

#include <boost/math/special_functions/gamma.hpp>

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

void check(const Spectrum& spectrum, double t) {
  if (spectrum.eigenvalues.empty()) {
    throw InputError("the heat trace", "there are no eigenvalues");
  }
  if (!(t > 0)) {
    throw InputError("the heat trace", "the time must be positive");
  }
}

} // namespace

HeatTrace heat_trace(const Spectrum& spectrum, double t) {
  check(spectrum, t);
  HeatTrace result;
  for (const double lambda : spectrum.eigenvalues) {
    result.value += std::exp(-t * lambda);
  }
  const double end = std::max(0.0, spectrum.eigenvalues.back());
  if (!(spectrum.geometry.volume > 0)) {
    result.tail = std::numeric_limits<double>::infinity();
    return result;
  }
  // ∫_Λ^∞ e^{−tλ} d(λ^p/Γ(p+1)) = t^{−p} Γ(p, tΛ)/Γ(p).
  double p = spectrum.geometry.dimension / 2.0;
  for (const double c : heat_expansion(spectrum.geometry).coefficients) {
    result.tail += p > 0 ? c * std::pow(t, -p) * boost::math::gamma_q(p, t * end) : 0.0;
    p -= 0.5;
  }
  result.tail = std::max(0.0, result.tail);
  return result;
}

double riesz_mean(const Spectrum& spectrum, double gamma, double lambda) {
  if (spectrum.eigenvalues.empty() || lambda > spectrum.eigenvalues.back()) {
    throw InputError("the Riesz mean", "lambda lies beyond the end of the list");
  }
  double sum = 0;
  for (const double value : spectrum.eigenvalues) {
    if (value > lambda) {
      break;
    }
    sum += gamma == 0 ? 1.0 : std::pow(lambda - value, gamma);
  }
  return sum;
}

double spectral_dimension(const Spectrum& spectrum, double t) {
  check(spectrum, t);
  double z = 0;
  double energy = 0;
  const double lowest = spectrum.eigenvalues.front(); // a common factor, so that nothing underflows
  for (const double lambda : spectrum.eigenvalues) {
    const double weight = std::exp(-t * (lambda - lowest));
    z += weight;
    energy += lambda * weight;
  }
  return 2 * t * energy / z;
}

} // namespace weyl
