// SPDX-License-Identifier: GPL-3.0-or-later
// Spaces with a rotation group, one angular momentum at a time.

#include <cmath>
#include <complex>
#include <numbers>

#include <Eigen/Eigenvalues>
#include <doctest/doctest.h>

#include "dense.hpp"
#include "weyl/core/error.hpp"
#include "weyl/fem/revolution.hpp"

using namespace weyl;
using std::numbers::pi;

namespace {

/// −(1/f)(f u′)′/r² + m²/f² u on the circle, f = R + r cos θ, in the Fourier basis e^{ijθ}, |j| ≤ 48: a spectral method
/// whose error is rounding. The coefficients of 1/f are (−ρ)^|j|/√(R²−r²), ρ = (R − √(R²−r²))/r.
Eigen::VectorXd torus_reference(double major, double minor, int m) {
  constexpr int top = 48;
  const double root = std::sqrt(major * major - minor * minor);
  const double rho = (major - root) / minor;
  Eigen::MatrixXd k(2 * top + 1, 2 * top + 1);
  Eigen::MatrixXd mass = k;
  for (int i = -top; i <= top; ++i) {
    for (int j = -top; j <= top; ++j) {
      const int d = std::abs(i - j);
      const double f = d == 0 ? major : d == 1 ? minor / 2 : 0;
      mass(i + top, j + top) = f;
      k(i + top, j + top) = i * j * f / (minor * minor) + m * m * std::pow(-rho, d) / root;
    }
  }
  return Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd>(k, mass, Eigen::EigenvaluesOnly).eigenvalues();
}

} // namespace

TEST_CASE("S²/SO(2): degree k once for every angular momentum m ≤ k, to 1e-8") {
  const Revolution sphere{
      .length = pi, .radius = [](double s) { return std::sin(s); }, .pole_at_start = true, .pole_at_end = true};
  for (const int m : {0, 1, 2, 3, 7}) {
    CAPTURE(m);
    const Eigen::VectorXd values = test::dense_eigenvalues(revolution_block(sphere, m));
    for (int i = 0; i < 10; ++i) {
      const double exact = (m + i) * (m + i + 1.0);
      CHECK(std::abs(values[i] - exact) <= 1e-8 * std::max(exact, 1.0));
    }
  }
}

TEST_CASE("S³/SO(3) and S⁴/SO(4): k(k+d−1), each once") {
  for (const int d : {3, 4}) {
    CAPTURE(d);
    const Revolution sphere{.length = pi,
                            .radius = [](double s) { return std::sin(s); },
                            .pole_at_start = true,
                            .pole_at_end = true,
                            .fibre = d - 1};
    for (const int m : {0, 1, 2}) {
      const Eigen::VectorXd values = test::dense_eigenvalues(revolution_block(sphere, m));
      for (int i = 0; i < 8; ++i) {
        const double exact = (m + i) * (m + i + d - 1.0);
        CHECK(std::abs(values[i] - exact) <= 1e-8 * std::max(exact, 1.0));
      }
    }
  }
}

TEST_CASE("a torus of revolution agrees with a Fourier method to 1e-8") {
  constexpr double major = 1;
  constexpr double minor = 0.5;
  const Revolution torus{
      .length = 2 * pi * minor, .radius = [](double s) { return major + minor * std::cos(s / minor); }, .closed = true};
  for (const int m : {0, 1, 2, 5}) {
    CAPTURE(m);
    const Eigen::VectorXd values = test::dense_eigenvalues(revolution_block(torus, m, {.cells = 96}));
    const Eigen::VectorXd exact = torus_reference(major, minor, m);
    for (int i = 0; i < 12; ++i) {
      CHECK(std::abs(values[i] - exact[i]) <= 1e-8 * std::max(exact[i], 1.0));
    }
  }
}

TEST_CASE("a cylinder and a hemisphere with Neumann ends") {
  const Revolution cylinder{.length = 2, .radius = [](double) { return 1.0; }};
  const Eigen::VectorXd flat = test::dense_eigenvalues(revolution_block(cylinder, 3));
  for (int i = 0; i < 6; ++i) {
    CHECK(flat[i] == doctest::Approx(9 + std::pow(pi * i / 2, 2)).epsilon(1e-9));
  }
  const Revolution hemisphere{.length = pi / 2, .radius = [](double s) { return std::sin(s); }, .pole_at_start = true};
  const Eigen::VectorXd half =
      test::dense_eigenvalues(revolution_block(hemisphere, 1)); // even across the equator: k − m even
  for (int i = 0; i < 6; ++i) {
    CHECK(half[i] == doctest::Approx((1 + 2 * i) * (2 + 2 * i)).epsilon(1e-9));
  }
  CHECK_THROWS_AS(revolution_block(cylinder, -1), InputError);
}
