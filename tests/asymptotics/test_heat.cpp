// SPDX-License-Identifier: GPL-3.0-or-later
// Heat traces, Riesz means and zeta functions of exact spectra against their closed forms.

#include <algorithm>
#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "asymptotics/exact_spaces.hpp"
#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/asymptotics/means.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/asymptotics/zeta.hpp"
#include "weyl/core/error.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

/// π²(m² + n²), m > n ≥ 0: right isosceles triangle of legs 1, Neumann on the legs, Dirichlet on the hypotenuse.
std::vector<double> mixed_triangle(std::size_t count) {
  std::vector<double> values;
  for (int m = 1; m < 200; ++m) {
    for (int n = 0; n < m; ++n) {
      values.push_back(pi * pi * (m * m + n * n));
    }
  }
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

/// Surface of the regular tetrahedron of edge 1: (4π²/3)(m² + mn + n²) over pairs ±(m, n).
std::vector<double> tetrahedron(std::size_t count) {
  std::vector<double> values{0};
  for (int m = 0; m < 100; ++m) {
    for (int n = -100; n < 100; ++n) {
      if (m > 0 || n > 0) {
        values.push_back(4 * pi * pi / 3 * (m * m + m * n + n * n));
      }
    }
  }
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

} // namespace

TEST_CASE("the heat trace of flat surfaces is its three terms, to e^(-l²/4t)") {
  // Λ is above 9000 in all of them; at tΛ = 36 the closest geodesic (length above 0.8) adds less than e^(-40).
  struct Flat {
    const char* name;
    std::vector<double> values;
    double volume, boundary, constant;
  };
  const double right = corner_constant(pi / 2);
  const Flat spaces[] = {
      {"rectangle N", test::lattice({pi, pi / 1.3}, false, 0, 1000), 1.3, 4.6, 4 * right},
      {"rectangle D", test::lattice({pi, pi / 1.3}, false, 1, 1000), 1.3, -4.6, 4 * right},
      {"torus", test::lattice({2 * pi, 2 * pi}, true, 0, 1000), 1, 0, 0},
      {"equilateral N", test::equilateral(Boundary::neumann, 1000), std::sqrt(3) / 4, 3, 3 * corner_constant(pi / 3)},
      {"mixed", mixed_triangle(1000), 0.5, 2 - std::sqrt(2), right + 2 * mixed_corner_constant(pi / 4)},
      {"tetrahedron", tetrahedron(1000), std::sqrt(3), 0, 4 * cone_constant(pi)},
  };
  for (const auto& [name, values, volume, boundary, constant] : spaces) {
    CAPTURE(name);
    const Geometry geometry{2, volume, std::abs(boundary), boundary < 0 ? Boundary::dirichlet : Boundary::neumann};
    const double t = 36 / values.back();
    const double z = heat_trace({.eigenvalues = values, .geometry = geometry}, t).value;
    CHECK(z == doctest::Approx(heat_trace(heat_expansion(geometry, constant), t)).epsilon(1e-11));
  }
}

TEST_CASE("a smooth boundary or a curved surface has the constant of Gauss and Bonnet, to the order of the next term") {
  // Disk: √t ∮κ²/(256√π) for Dirichlet, five times that for Neumann conditions; sphere: t ∫K²/60π.
  const double t = 1e-3;
  const Spectrum drum{.eigenvalues = test::disk(Boundary::dirichlet, 9000), .geometry = {2, pi, 2 * pi}};
  Geometry disk{2, pi, 2 * pi, Boundary::dirichlet};
  const double next = std::sqrt(t) / (256 * std::sqrt(pi)) * 2 * pi;
  CHECK(heat_trace(drum, t).value - heat_trace(heat_expansion(disk, curvature_constant(0, 2 * pi)), t) ==
        doctest::Approx(next).epsilon(0.2)); // the term after it is √t times smaller
  const Spectrum sphere{.eigenvalues = test::sphere(2, 1, 40000)};
  CHECK(heat_trace(sphere, t).value - heat_trace(heat_expansion({2, 4 * pi}, curvature_constant(4 * pi, 0)), t) ==
        doctest::Approx(t / 15).epsilon(0.01));
}

TEST_CASE("the tail that Weyl's law expects is what a longer list adds") {
  const auto values = test::lattice({2 * pi, 2 * pi}, true, 0, 20000);
  const Geometry torus{2, 1, 0, Boundary::neumann};
  const Spectrum whole{.eigenvalues = values, .geometry = torus};
  const Spectrum part{.eigenvalues = {values.begin(), values.begin() + 2000}, .geometry = torus};
  const double t = 3 / part.eigenvalues.back();
  const HeatTrace shorter = heat_trace(part, t);
  // N is off by about 2000^(1/4) at the cut.
  CHECK(shorter.tail == doctest::Approx(heat_trace(whole, t).value - shorter.value).epsilon(0.05));
  CHECK(std::isinf(heat_trace({.eigenvalues = values}, t).tail));
}

TEST_CASE("the Riesz mean of order 1 is the integral of N, and of order 0 is N") {
  const Spectrum square{.eigenvalues = test::lattice({pi, pi}, false, 1, 400)};
  const double top = 800;
  double integral = 0;
  constexpr int steps = 80000;
  for (int i = 0; i < steps; ++i) {
    integral += static_cast<double>(count(square, top * (i + 0.5) / steps)) * top / steps;
  }
  CHECK(riesz_mean(square, 0, top) == static_cast<double>(count(square, top)));
  CHECK(riesz_mean(square, 1, top) == doctest::Approx(integral).epsilon(1e-4));
  CHECK_THROWS_AS((void)riesz_mean(square, 1, 1e9), InputError);
}

TEST_CASE("Berezin, Li and Yau: Riesz means of Dirichlet domains stay below Weyl's term; Kröger: Neumann above") {
  for (const double lambda : {100.0, 300.0, 1000.0, 3000.0}) {
    const HeatExpansion weyl = heat_expansion({2, 1, 0});
    const auto mean = [&](int from, double gamma) {
      return riesz_mean({.eigenvalues = test::lattice({pi, pi}, false, from, 500)}, gamma, lambda);
    };
    CHECK(mean(1, 1) < riesz_mean(weyl, 1, lambda));
    CHECK(mean(1, 2) < riesz_mean(weyl, 2, lambda));
    CHECK(mean(0, 1) > riesz_mean(weyl, 1, lambda));
  }
}

TEST_CASE("Riesz means follow the law with all terms ever more closely as their order grows") {
  const Spectrum square{.eigenvalues = test::lattice({pi, pi}, false, 0, 3000)};
  const HeatExpansion law = heat_expansion({2, 1, 4, Boundary::neumann}, 0.25);
  const auto worst = [&](double gamma) {
    double result = 0;
    for (int i = 0; i < 50; ++i) {
      const double lambda = 15000 + 300 * i;
      result = std::max(result, std::abs(riesz_mean(square, gamma, lambda) / riesz_mean(law, gamma, lambda) - 1));
    }
    return result;
  };
  CHECK(worst(1) < worst(0) / 5);
  CHECK(worst(2) < worst(1) / 5);
}

TEST_CASE("diffusion over short times sees the dimension") {
  for (const int d : {1, 2, 3}) {
    const Spectrum torus{.eigenvalues =
                             test::lattice(std::vector<double>(static_cast<std::size_t>(d), 1.0), true, 0, 20000)};
    const double t = 30 / torus.eigenvalues.back();
    CHECK(spectral_dimension(torus, t) == doctest::Approx(d).epsilon(1e-4));
    CHECK(spectral_dimension(torus, 50) < 1e-10); // and over long times, a point
  }
}

TEST_CASE("counting function, heat trace and two-term law are one expansion") {
  const Geometry drum{3, 2.5, 7, Boundary::dirichlet};
  const HeatExpansion law = heat_expansion(drum);
  for (const double lambda : {3.0, 700.0}) {
    CHECK(smooth_count(law, lambda) == doctest::Approx(weyl_count_two_term(drum, lambda)).epsilon(1e-13));
  }
  // t ∫_0^∞ N̄(λ) e^(-tλ) dλ = Z(t), by Simpson's rule in √λ.
  const double t = 0.3;
  double integral = 0;
  constexpr int steps = 4000;
  constexpr double h = 12.0 / steps;
  for (int i = 1; i < steps; ++i) {
    const double x = i * h;
    integral += (i % 2 == 0 ? 2 : 4) * h / 3 * t * smooth_count(law, x * x) * std::exp(-t * x * x) * 2 * x;
  }
  CHECK(integral == doctest::Approx(heat_trace(law, t)).epsilon(1e-9));
}

TEST_CASE("log det' is 2 log L on the circle and log 2L on the Dirichlet interval") {
  for (const double length : {1.0, 2 * pi, 0.3}) {
    const Spectrum circle{.eigenvalues = test::lattice({2 * pi / length}, true, 0, 200)};
    CHECK(log_determinant(circle, heat_expansion({1, length})).value ==
          doctest::Approx(2 * std::log(length)).epsilon(1e-10));
    const Spectrum interval{.eigenvalues = test::lattice({pi / length}, false, 1, 200)};
    CHECK(log_determinant(interval, heat_expansion({1, length, 2, Boundary::dirichlet})).value ==
          doctest::Approx(std::log(2 * length)).epsilon(1e-10));
  }
}

TEST_CASE("log det' of flat tori is log(b² η(ib/a)⁴), Kronecker's limit formula") {
  for (const auto& [a, b] : {std::pair{1.0, 1.0}, {1.0, 2.0}, {0.7, 1.9}}) {
    const double q = std::exp(-2 * pi * b / a);
    double eta = std::exp(-pi * b / (12 * a));
    for (int n = 1; n < 60; ++n) {
      eta *= 1 - std::pow(q, n);
    }
    const Spectrum torus{.eigenvalues = test::lattice({2 * pi / a, 2 * pi / b}, true, 0, 1500)};
    CHECK(log_determinant(torus, heat_expansion({2, a * b})).value ==
          doctest::Approx(std::log(b * b * std::pow(eta, 4))).epsilon(1e-9));
  }
}

TEST_CASE("log det' of the sphere is 1/2 - 4 ζ'(-1), within what the doubt says") {
  const Spectrum sphere{.eigenvalues = test::sphere(2, 1, 10000)};
  const double exact = 0.5 + 4 * 0.1654211437004509; // Weisberger 1987
  const HeatExpansion law{2, {1, 0, 1.0 / 3, 0, 1.0 / 15, 0, 4.0 / 315}};
  CHECK(log_determinant(sphere, law).value == doctest::Approx(exact).epsilon(1e-6));
  const ZetaValue rough = log_determinant(sphere, {2, {1, 0, 1.0 / 3}});
  CHECK(std::abs(rough.value - exact) < rough.doubt);
  CHECK(rough.doubt < 1e-3);
}

TEST_CASE("zeta functions have their known values, beyond convergence too") {
  const Spectrum circle{.eigenvalues = test::lattice({1}, true, 0, 300)};
  const HeatExpansion line = heat_expansion({1, 2 * pi});
  CHECK(spectral_zeta(circle, line, 1).value == doctest::Approx(pi * pi / 3).epsilon(1e-11)); // 2ζ(2)
  CHECK(spectral_zeta(circle, line, -0.5).value == doctest::Approx(-1.0 / 6).epsilon(1e-9));  // 2ζ(−1): Casimir
  const Spectrum sphere{.eigenvalues = test::sphere(2, 1, 10000)};
  const HeatExpansion law{2, {1, 0, 1.0 / 3, 0, 1.0 / 15, 0, 4.0 / 315}};
  CHECK(spectral_zeta(sphere, law, 2).value == doctest::Approx(1).epsilon(1e-9)); // Σ (1/l² − 1/(l+1)²)
  CHECK_THROWS_AS((void)spectral_zeta(circle, line, 0.5), InputError);
  CHECK_THROWS_AS((void)spectral_zeta({.eigenvalues = {0}}, line, 2), InputError);
}
