// SPDX-License-Identifier: GPL-3.0-or-later
// Disks, balls, annuli and caps of spheres: published zeros, and zeros counted by another library's Bessel functions.

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/model/model_space.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

void begins_with(const std::string& space, const std::vector<std::pair<double, int>>& expected) {
  CAPTURE(space);
  LevelStream stream(model_space(space));
  for (const auto& [lambda, multiplicity] : expected) {
    const Level level = stream.next();
    CHECK(level.value.approximate() == doctest::Approx(lambda).epsilon(1e-9));
    CHECK(level.multiplicity == multiplicity);
  }
}

double square(double x) { return x * x; }

/// Changes of sign of f on (0, top], looked at every `step`.
template <class Function>
int sign_changes(const Function& f, double top, double step) {
  int changes = 0;
  double last = f(1e-9);
  for (double x = step; x < top; x += step) {
    changes += (f(x) < 0) != (last < 0) ? 1 : 0;
    last = f(x);
  }
  return changes + ((f(top) < 0) != (last < 0) ? 1 : 0);
}

} // namespace

TEST_CASE("disks and balls have the published zeros") {
  begins_with("disk:1;dirichlet", {{5.783185962946784, 1},
                                   {14.681970642123893, 2},
                                   {square(5.135622301840683), 2},
                                   {square(5.520078110286311), 1},
                                   {square(6.380161895923984), 2}});
  begins_with("disk:1", {{0, 1}, {3.389957716671889, 2}, {square(3.054236928227140), 2}, {14.681970642123893, 1}});
  begins_with("disk:2;dirichlet", {{5.783185962946784 / 4, 1}, {14.681970642123893 / 4, 2}});
  begins_with("ball:3,1;dirichlet",
              {{pi * pi, 1}, {square(4.493409457909064), 3}, {square(5.763459196894550), 5}, {4 * pi * pi, 1}});
  begins_with("ball:3,1",
              {{0, 1}, {square(2.081575977818101), 3}, {square(3.342093657365695), 5}, {square(4.493409457909064), 1}});
  begins_with("ball:4,1;dirichlet", {{14.681970642123893, 1}, {square(5.135622301840683), 4}});
}

TEST_CASE("annuli have the published zeros of cross products") {
  // Abramowitz & Stegun, table 9.7, for the ratio 2 of the radii: J_0(x)Y_0(2x) − J_0(2x)Y_0(x) = 0 at 3.1230, 6.2734,
  // 9.4182; five digits are given.
  LevelStream stream(model_space("annulus:1,2;dirichlet"));
  std::vector<double> simple;
  while (simple.size() < 3) {
    const Level level = stream.next();
    if (level.multiplicity == 1) {
      simple.push_back(std::sqrt(level.value.approximate()));
    }
  }
  CHECK(simple[0] == doctest::Approx(3.1230).epsilon(2e-5));
  CHECK(simple[1] == doctest::Approx(6.2734).epsilon(2e-5));
  CHECK(simple[2] == doctest::Approx(9.4182).epsilon(2e-5));
  // A hole that shrinks to a point changes Neumann eigenvalues by O(r²).
  const double disk = first_levels(model_space("disk:1"), 3).back().value.approximate();
  const double annulus = first_levels(model_space("annulus:0.001,1"), 3).back().value.approximate();
  CHECK(std::abs(annulus - disk) < 1e-5 * disk);
}

TEST_CASE("no zero is missing from a disk") {
  // Zeros of J_m are more than 3 apart for m ≥ 0 (Sturm's comparison), those of J_m' more than 2 from 1 on.
  const double k = 60.3;
  int dirichlet = 0;
  int neumann = 1;
  for (int m = 0; m < k; ++m) {
    const int copies = m == 0 ? 1 : 2;
    dirichlet += copies * sign_changes([&](double x) { return std::cyl_bessel_j(m, x); }, k, 0.25);
    neumann += copies * sign_changes(
                            [&](double x) {
                              return m == 0 ? -std::cyl_bessel_j(1, x)
                                            : std::cyl_bessel_j(m - 1, x) - m / x * std::cyl_bessel_j(m, x);
                            },
                            k, 0.25);
  }
  CHECK(count(model_space("disk:1;dirichlet"), Value(Rational(k * k))) == dirichlet);
  CHECK(count(model_space("disk:1"), Value(Rational(k * k))) == neumann);
}

TEST_CASE("the two terms of Weyl's law and the constant of curvature count a disk on average") {
  // N̄(λ) = λ/4 ∓ √λ/2 + K_0, K_0 = (1/12π)∮κ = 1/6 (Stewartson & Waechter 1971), for the mean over λ.
  for (const std::string condition : {"dirichlet", "neumann"}) {
    const ModelSpace disk = model_space("disk:1;" + condition);
    double sum = 0;
    int samples = 0;
    for (double lambda = 1000; lambda < 3000; lambda += 20, ++samples) {
      sum += count(disk, Value(Rational(lambda))).convert_to<double>() -
             static_cast<double>(weyl_count_two_term(disk, lambda));
    }
    // The remainder scatters by about λ^{1/4} ≈ 7; a hundred samples, not independent, bring its mean below 3.
    CHECK(std::abs(sum / samples - 1.0 / 6) < 3);
  }
}

TEST_CASE("the modes of an annulus add up: Dirichlet below Neumann, level by level") {
  const auto neumann = spectrum(model_space("annulus:0.3,1"), 200).eigenvalues;
  const auto dirichlet = spectrum(model_space("annulus:0.3,1;dirichlet"), 200).eigenvalues;
  for (std::size_t i = 0; i + 1 < neumann.size(); ++i) {
    CHECK(neumann[i + 1] <= dirichlet[i]); // Friedlander 1991: μ_{k+1} ≤ λ_k
  }
}

TEST_CASE("a cap of half the sphere is the hemisphere, and on S^3 its radial modes are sin((k + 1)θ)/sin θ") {
  for (const int d : {2, 3, 4, 7}) {
    for (const char* const condition : {"", ";dirichlet"}) {
      const std::string of = std::to_string(d);
      CAPTURE(of + condition);
      LevelStream half(model_space("cap:" + of + ",pi/2" + condition));
      LevelStream hemisphere(model_space("hemisphere:" + of + condition));
      for (int i = 0; i < 12;) {
        // Roots of several l make one level of the hemisphere.
        const Level exact = hemisphere.next();
        for (BigInt left = exact.multiplicity; left > 0; ++i) {
          const Level level = half.next();
          CHECK(level.value.approximate() == doctest::Approx(exact.value.approximate()).epsilon(1e-12));
          left -= level.multiplicity;
        }
      }
    }
  }
  for (const double angle : {0.5, 2.5, 3.1}) {
    CAPTURE(angle);
    LevelStream stream(model_space("cap:3," + std::to_string(angle) + ";dirichlet"));
    int j = 1;
    while (j < 6) {
      const Level level = stream.next();
      const double radial = square(j * pi / angle) - 1;
      CHECK(level.value.approximate() < radial * (1 + 1e-12));
      j += std::abs(level.value.approximate() - radial) < 1e-11 * radial ? 1 : 0;
    }
  }
}

TEST_CASE("a small cap is nearly the disk, and a cap that misses a point nearly the sphere") {
  // Scaled to radius 1 the metric of the cap differs from the flat one by O(θ²): eigenvalues by less than θ²/2 of them.
  for (const char* const condition : {"", ";dirichlet"}) {
    LevelStream small(model_space(std::string("cap:2,0.001") + condition));
    LevelStream disk(model_space(std::string("disk:0.001") + condition));
    for (int i = 0; i < 20; ++i) {
      const Level a = small.next();
      const Level b = disk.next();
      CHECK(a.value.approximate() == doctest::Approx(b.value.approximate()).epsilon(1e-6));
      CHECK(a.multiplicity == b.multiplicity);
    }
  }
  // A hole of radius ε moves eigenvalues of Neumann's problem by O(ε²).
  const ModelSpace holed = model_space("cap:2,3.13");
  const ModelSpace sphere = model_space("sphere:2");
  for (const double lambda : {1.0, 5.0, 50.0, 1000.0}) {
    CHECK(count(holed, Value(0, 0, lambda)) == count(sphere, Value(0, 0, lambda)));
  }
  CHECK_THROWS_AS(model_space("cap:2,pi"), InputError);
  CHECK_THROWS_AS(model_space("cap:1,1"), InputError);
}
