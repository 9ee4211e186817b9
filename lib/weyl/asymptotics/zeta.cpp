// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/asymptotics/zeta.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// The eigenvalues of the kernel: zero to the rounding of a solver, far below the first positive one.
std::size_t kernel_dimension(const Spectrum& spectrum) {
  const double end = spectrum.eigenvalues.empty() ? 0.0 : spectrum.eigenvalues.back();
  std::size_t n = 0;
  while (n < spectrum.eigenvalues.size() && spectrum.eigenvalues[n] <= 1e-9 * end) {
    ++n;
  }
  if (n == spectrum.eigenvalues.size()) {
    throw InputError("the zeta function", "there is no positive eigenvalue");
  }
  return n;
}

/// Γ(s, x) for every real s, by Γ(s, x) = (Γ(s+1, x) − x^s e^{−x})/s below s = 1/2.
double upper_gamma(double s, double x) {
  if (s > 0) {
    return boost::math::tgamma(s, x);
  }
  if (s == 0) {
    return boost::math::expint(1, x);
  }
  return (upper_gamma(s + 1, x) - std::pow(x, s) * std::exp(-x)) / s;
}

double zeta_at(const Spectrum& spectrum, const HeatExpansion& expansion, double s, double split) {
  const std::size_t kernel = kernel_dimension(spectrum);
  double lower = -static_cast<double>(kernel) * std::pow(split, s) / s;
  double p = expansion.dimension / 2;
  for (const double c : expansion.coefficients) {
    lower += c == 0 ? 0.0 : c * std::pow(split, s - p) / (s - p);
    p -= 0.5;
  }
  double upper = 0;
  for (std::size_t k = kernel; k < spectrum.eigenvalues.size(); ++k) {
    const double lambda = spectrum.eigenvalues[k];
    upper += std::pow(lambda, -s) * upper_gamma(s, split * lambda);
  }
  return (lower + upper) / std::tgamma(s);
}

/// −ζ'(0) = −(finite part at s = 0 of Γ(s)ζ(s)) − γ ζ(0), with Euler's γ, from 1/Γ(s) = s + γs² + …
double log_determinant_at(const Spectrum& spectrum, const HeatExpansion& expansion, double split) {
  const std::size_t kernel = kernel_dimension(spectrum);
  double at_zero = -static_cast<double>(kernel); // ζ(0) = c_d − n_0
  double finite = 0;
  double p = expansion.dimension / 2;
  for (const double c : expansion.coefficients) {
    if (p == 0) {
      at_zero += c;
    } else {
      finite -= c * std::pow(split, -p) / p;
    }
    p -= 0.5;
  }
  for (std::size_t k = kernel; k < spectrum.eigenvalues.size(); ++k) {
    finite += boost::math::expint(1, split * spectrum.eigenvalues[k]);
  }
  return -finite - at_zero * (std::log(split) + std::numbers::egamma);
}

double split_of(const Spectrum& spectrum, const ZetaOptions& options) {
  (void)kernel_dimension(spectrum);
  return options.split > 0 ? options.split : 36 / spectrum.eigenvalues.back();
}

} // namespace

ZetaValue spectral_zeta(const Spectrum& spectrum, const HeatExpansion& expansion, double s,
                        const ZetaOptions& options) {
  if (s <= 0 && s == std::floor(s)) {
    throw InputError("the zeta function", "is wanted at 0 or a negative integer, where its formula needs a limit");
  }
  for (std::size_t j = 0; j < expansion.coefficients.size(); ++j) {
    if (expansion.coefficients[j] != 0 && 2 * s == expansion.dimension - static_cast<double>(j)) {
      throw InputError("the zeta function", "has a pole at s = " + std::to_string(s));
    }
  }
  const double split = split_of(spectrum, options);
  const double value = zeta_at(spectrum, expansion, s, split);
  return {value, std::abs(zeta_at(spectrum, expansion, s, 2 * split) - value)};
}

ZetaValue log_determinant(const Spectrum& spectrum, const HeatExpansion& expansion, const ZetaOptions& options) {
  const double split = split_of(spectrum, options);
  const double value = log_determinant_at(spectrum, expansion, split);
  return {value, std::abs(log_determinant_at(spectrum, expansion, 2 * split) - value)};
}

} // namespace weyl
