// SPDX-License-Identifier: GPL-3.0-or-later
// Linear elements against exact spectra: right multiplicities, and errors that fall like h².

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include <boost/math/special_functions/bessel.hpp>
#include <doctest/doctest.h>

#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

struct Case {
  std::string name;
  std::function<Mesh(double)> mesh; ///< by longest edge
  double size;                      ///< of the coarser of two meshes, the other has half
  Boundary boundary;
  std::vector<double> exact; ///< ascending, the last multiplet complete
};

/// The `count` smallest of f(i, j) over 0 ≤ i, j < 20, or from 1 on.
template <class Function>
std::vector<double> smallest(std::size_t count, int from, int to, Function f) {
  std::vector<double> values;
  for (int i = from; i < to; ++i) {
    for (int j = from; j < to; ++j) {
      for (const double value : f(i, j)) {
        values.push_back(value);
      }
    }
  }
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

std::vector<double> sphere(int degree) {
  std::vector<double> values;
  for (int l = 0; l <= degree; ++l) {
    values.insert(values.end(), static_cast<std::size_t>(2 * l + 1), l * (l + 1.0));
  }
  return values;
}

/// Squares of the zeros of J_m, each twice for m ≥ 1.
std::vector<double> disk_dirichlet(std::size_t count) {
  std::vector<double> values;
  for (int m = 0; m < 12; ++m) {
    for (int k = 1; k < 8; ++k) {
      const double zero = boost::math::cyl_bessel_j_zero(static_cast<double>(m), k);
      values.insert(values.end(), m == 0 ? 1 : 2, zero * zero);
    }
  }
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

/// Squares of the zeros of J'_m (Abramowitz & Stegun, table 9.5).
std::vector<double> disk_neumann() {
  std::vector<double> values{0};
  for (const double zero : {1.8411837813406593, 3.0542369282271403}) {
    values.insert(values.end(), 2, zero * zero);
  }
  values.push_back(std::pow(3.8317059702075123, 2));
  values.insert(values.end(), 2, std::pow(4.2011889412105285, 2));
  return values;
}

/// Squares of the zeros of the spherical Bessel functions j_l, 2l+1 times each.
std::vector<double> ball_dirichlet(std::size_t count) {
  std::vector<double> values;
  for (int l = 0; l < 8; ++l) {
    for (int k = 1; k < 4; ++k) {
      const double zero = boost::math::cyl_bessel_j_zero(l + 0.5, k);
      values.insert(values.end(), static_cast<std::size_t>(2 * l + 1), zero * zero);
    }
  }
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

/// λ = (4π²/3a²)(p² + pq + q²) over pairs of integers modulo sign: the tetrahedron is a flat torus modulo ±1.
std::vector<double> tetrahedron(double a) {
  std::vector<double> values = smallest(26, -9, 10, [&](int p, int q) -> std::vector<double> {
    const bool half = p > 0 || (p == 0 && q >= 0);
    return half ? std::vector{4 * pi * pi / (3 * a * a) * (p * p + p * q + q * q)} : std::vector<double>{};
  });
  values.resize(10);
  return values;
}

std::vector<Case> cases() {
  const auto interval = [](int from) {
    std::vector<double> values;
    for (int k = from; k < from + 6; ++k) {
      values.push_back(k * k * pi * pi / 4);
    }
    return values;
  };
  const auto rectangle = [](int from, std::size_t count) {
    return smallest(count, from, 20, [](int i, int j) { return std::vector{pi * pi * (i * i + j * j / 2.25)}; });
  };
  const auto flat_torus = smallest(21, -9, 10, [](int i, int j) { return std::vector{4 * pi * pi * (i * i + j * j)}; });
  // (x + a/2, −y): e^{2πi(mx/a + ny/b)} + (−1)^m e^{2πi(mx/a − ny/b)}
  const auto klein = smallest(12, 0, 20, [](int m, int n) {
    const double value = 4 * pi * pi * (m * m + n * n / 2.0);
    const std::size_t copies = n == 0 ? (m == 0 ? 1 : (m % 2 == 0 ? 2 : 0)) : (m == 0 ? 1 : 2);
    return std::vector<double>(copies, value);
  });
  const auto box = [](int from, std::size_t count) {
    std::vector<double> values;
    for (int i = from; i < 9; ++i) {
      for (int j = from; j < 9; ++j) {
        for (int k = from; k < 9; ++k) {
          values.push_back(pi * pi * (i * i + j * j + k * k));
        }
      }
    }
    std::ranges::sort(values);
    values.resize(count);
    return values;
  };
  const auto n = Boundary::neumann;
  const auto d = Boundary::dirichlet;
  return {
      {"interval N", [](double h) { return make_interval(2, h); }, 0.05, n, interval(0)},
      {"interval D", [](double h) { return make_interval(2, h); }, 0.05, d, interval(1)},
      {"circle", [](double h) { return make_circle(2 * pi, h); }, 0.2, n, {0, 1, 1, 4, 4, 9, 9}},
      {"rectangle N", [](double h) { return make_rectangle(1, 1.5, h); }, 0.06, n, rectangle(0, 10)},
      {"rectangle D", [](double h) { return make_rectangle(1, 1.5, h); }, 0.06, d, rectangle(1, 8)},
      {"flat torus", [](double h) { return make_flat_torus(1, 1, h); }, 0.06, n, flat_torus},
      {"Klein bottle", [](double h) { return make_klein(1, std::sqrt(2.0), h); }, 0.06, n, klein},
      {"disk N", [](double h) { return make_disk(1, h); }, 0.08, n, disk_neumann()},
      {"disk D", [](double h) { return make_disk(1, h); }, 0.08, d, disk_dirichlet(10)},
      {"sphere", [](double h) { return make_sphere(1, h); }, 0.16, n, sphere(4)},
      {"tetrahedron surface", [](double h) { return make_tetrahedron(1, h); }, 0.06, n, tetrahedron(1)},
      {"cube N", [](double h) { return make_box(1, 1, 1, h); }, 0.16, n, box(0, 8)},
      {"cube D", [](double h) { return make_box(1, 1, 1, h); }, 0.22, d, box(1, 7)},
      {"ball D", [](double h) { return make_ball(1, h); }, 0.3, d, ball_dirichlet(10)},
  };
}

} // namespace

TEST_CASE("P1 eigenvalues converge to the exact ones with order 2, whatever the mass matrix") {
  for (const Case& c : cases()) {
    for (const Mass mass : {Mass::consistent, Mass::lumped}) {
      CAPTURE(c.name);
      CAPTURE(static_cast<int>(mass));
      const auto count = static_cast<std::int64_t>(c.exact.size());
      const auto spectrum = [&](double size) {
        return eigenpairs(laplacian(c.mesh(size), {.mass = mass, .boundary = c.boundary}).pencil, {.count = count})
            .values;
      };
      const Eigen::VectorXd coarse = spectrum(c.size);
      const Eigen::VectorXd fine = spectrum(c.size / 2);
      const Eigen::Map<const Eigen::VectorXd> exact(c.exact.data(), count);
      const double coarse_error = (coarse - exact).norm();
      const double fine_error = (fine - exact).norm();
      // Errors are Ch² + O(h⁴); on these meshes the second term changes the observed order by less than 0.3.
      const double order = std::log2(coarse_error / fine_error);
      CHECK(order > 1.7);
      CHECK(order < 2.3);
      // Multiplicity: the nearest exact value of each is the one in its place.
      for (Eigen::Index k = 0; k < count; ++k) {
        const double own = std::abs(fine[k] - exact[k]);
        CHECK(own <= (exact.array() - fine[k]).abs().minCoeff() + 1e-9);
      }
    }
  }
}

TEST_CASE("consistent mass gives upper bounds on flat domains: conforming elements, min-max") {
  for (const Case& c : cases()) {
    const bool contained = c.name.find("disk") == std::string::npos && c.name.find("ball") == std::string::npos &&
                           c.name.find("sphere") == std::string::npos && c.name != "circle";
    const bool inside_dirichlet =
        c.boundary == Boundary::dirichlet; // polygon inside the disk, polyhedron inside the ball
    if (contained || inside_dirichlet) {
      CAPTURE(c.name);
      const auto count = static_cast<std::int64_t>(c.exact.size());
      const Eigen::VectorXd values =
          eigenpairs(laplacian(c.mesh(c.size), {.boundary = c.boundary}).pencil, {.count = count}).values;
      for (Eigen::Index k = 0; k < count; ++k) {
        CHECK(values[k] >= c.exact[static_cast<std::size_t>(k)] * (1 - 1e-10) - 1e-9);
      }
    }
  }
}
