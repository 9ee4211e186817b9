// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/effective_dimension.hpp"

#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "learning/spaces.hpp"
#include "weyl/core/error.hpp"

using namespace weyl;
using doctest::Approx;

namespace {

using std::numbers::pi;

/// Σ_{k∈Z} 1/(1 + η(1 + k²)) in closed form: (π/ηb) coth(πb), b² = 1 + 1/η.
double circle_sum(double eta) {
  const double b = std::sqrt(1 + 1 / eta);
  return pi / (eta * b) / std::tanh(pi * b);
}

} // namespace

TEST_CASE("on a circle the effective dimension is a hyperbolic cotangent, whatever number of modes is listed") {
  const Kernel kernel = sobolev_kernel(1);
  for (const int known : {10, 100, 1000}) {
    const KernelSpectrum spectrum = kernel_spectrum(test::circle(known), kernel);
    for (const double eta : {1e-1, 1e-3, 1e-5}) {
      CAPTURE(known);
      CAPTURE(eta);
      const DegreesOfFreedom dof = degrees_of_freedom(spectrum, eta);
      CHECK(std::abs(dof.d_eff - circle_sum(eta)) <= dof.d_eff_error + 1e-9 * dof.d_eff);
      CHECK(dof.d_eff == Approx(circle_sum(eta)).epsilon(2.0 / (known * known)));
    }
  }
}

TEST_CASE("an interval has the circle's even functions: Weyl's boundary term is taken into account beyond the list") {
  const Kernel kernel = sobolev_kernel(2);
  const KernelSpectrum whole = kernel_spectrum(test::circle(2000), kernel);
  const KernelSpectrum half = kernel_spectrum(test::interval(20), kernel);
  for (const double eta : {1e-2, 1e-6, 1e-10}) {
    const double expected = (degrees_of_freedom(whole, eta).d_eff + 1 / (1 + eta)) / 2;
    CHECK(degrees_of_freedom(half, eta).d_eff == Approx(expected).epsilon(1e-3));
  }
}

TEST_CASE("what the tail may be wrong by covers the difference to a list that goes on") {
  const Kernel kernel = sobolev_kernel(1.5);
  const KernelSpectrum exact = kernel_spectrum(test::sphere(2000), kernel);
  const KernelSpectrum lattice = kernel_spectrum(test::flat_torus(40000), kernel);
  for (const double eta : {1e-3, 1e-5}) {
    for (const int top : {5, 20, 80}) {
      CAPTURE(eta);
      CAPTURE(top);
      const DegreesOfFreedom on_sphere = degrees_of_freedom(kernel_spectrum(test::sphere(top), kernel), eta);
      CHECK(std::abs(on_sphere.d_eff - degrees_of_freedom(exact, eta).d_eff) <= on_sphere.d_eff_error);
      CHECK(std::abs(on_sphere.d_2 - degrees_of_freedom(exact, eta).d_2) <= on_sphere.d_2_error);
      const DegreesOfFreedom on_torus = degrees_of_freedom(kernel_spectrum(test::flat_torus(top * top), kernel), eta);
      CHECK(std::abs(on_torus.d_eff - degrees_of_freedom(lattice, eta).d_eff) <= on_torus.d_eff_error);
    }
  }
}

TEST_CASE("as the ridge falls the degrees of freedom become W eta^(-a) pi a/sin(pi a), and (1 - a) of it") {
  const Modes torus = test::flat_torus(40000);
  for (const double s : {1.5, 2.0, 4.0}) {
    const KernelSpectrum spectrum = kernel_spectrum(torus, sobolev_kernel(s));
    const double eta = std::pow(1e5, -s); // the kernel falls to the ridge at λ = 10^5
    const DegreesOfFreedom exact = degrees_of_freedom(spectrum, eta);
    const DegreesOfFreedom limit = asymptotic_degrees_of_freedom(torus.geometry, s, eta);
    // (1 + λ)^(−s) in place of λ^(−s) is a shift of λ by 1, of N by C_2 V = π of some 10^5 π.
    CHECK(exact.d_eff == Approx(limit.d_eff).epsilon(3e-5));
    CHECK(exact.d_2 == Approx(limit.d_2).epsilon(3e-5));
    CHECK(limit.d_2 == Approx((1 - 1 / s) * limit.d_eff));
  }
}

TEST_CASE("a length scale stretches the space") {
  const KernelSpectrum spectrum = kernel_spectrum(test::flat_torus(40000), sobolev_kernel(2, 0.1));
  const DegreesOfFreedom limit = asymptotic_degrees_of_freedom({.dimension = 2, .volume = 4 * pi * pi}, 2, 1e-6, 0.1);
  CHECK(degrees_of_freedom(spectrum, 1e-6).d_eff == Approx(limit.d_eff).epsilon(2e-3));
}

TEST_CASE("a heat kernel's trace is the heat trace, and a band counts what is in it") {
  const Modes sphere = test::sphere(30);
  const KernelSpectrum heat = kernel_spectrum(sphere, heat_kernel(0.05));
  double trace = 0;
  for (int l = 0; l < 100; ++l) {
    trace += (2 * l + 1) * std::exp(-0.05 * l * (l + 1));
  }
  CHECK(heat.sum(heat.mu) == Approx(trace).epsilon(1e-12));
  const KernelSpectrum band = kernel_spectrum(sphere, band_limited_kernel(20));
  CHECK(band.sum(band.mu) == Approx(25));
  const KernelSpectrum far = kernel_spectrum(sphere, band_limited_kernel(5000.0)); // degrees up to 70: N = 71²
  CHECK(far.sum(far.mu) == Approx(5041).epsilon(0.02));
}

TEST_CASE("a kernel that is too rough for the space, or a space without a volume, is refused") {
  CHECK_THROWS_WITH_AS(kernel_spectrum(test::sphere(5), sobolev_kernel(1)), doctest::Contains("s > d/2 = 1"),
                       InputError);
  Modes unknown = test::sphere(5);
  unknown.geometry.volume = 0;
  CHECK_THROWS_AS(kernel_spectrum(unknown, sobolev_kernel(2)), InputError);
  CHECK_THROWS_AS(asymptotic_degrees_of_freedom({.dimension = 4, .volume = 1}, 2, 0.1), InputError);
}

TEST_CASE("a list of eigenvalues is modes up to its last level, or as far as it is trusted") {
  const std::vector<double> values{-1e-15, 2, 2, 2, 6, 6, 6, 6, 6, 12, 12};
  const Spectrum list{.eigenvalues = values, .geometry = {.dimension = 2, .volume = 4 * pi}};
  const Modes whole = modes(list);
  REQUIRE(whole.levels.size() == 3);
  CHECK(whole.complete_up_to == 12);
  CHECK(whole.levels[0].lambda == 0);
  CHECK(whole.levels[2].multiplicity == 5);
  Spectrum trusted = list;
  trusted.trusted_up_to = 7;
  CHECK(modes(trusted).complete_up_to == 7);
  CHECK(modes(trusted).levels.size() == 3);
  trusted.trusted_up_to = 1;
  CHECK_THROWS_AS(modes(trusted), InputError);
}
