// SPDX-License-Identifier: GPL-3.0-or-later
// What can be heard: dimension, volume, boundary and Euler characteristic from eigenvalues alone.

#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "asymptotics/exact_spaces.hpp"
#include "weyl/asymptotics/heat_fit.hpp"
#include "weyl/core/error.hpp"

using namespace weyl;

namespace {

bool inside(const Estimate& estimate, double truth) { return estimate.low <= truth && truth <= estimate.high; }

test::ExactSpace cut(test::ExactSpace space, std::size_t count) {
  space.spectrum.eigenvalues.resize(count);
  return space;
}

} // namespace

TEST_CASE("95 % intervals hold on closed and bounded spaces of dimension 2 to 4") {
  // 24 spaces at two lengths, 48 fits each of volume and boundary, 32 of c_2. If each interval held with probability
  // 0.95 and independently, 9 failures of 48 (or 8 of 32) would have a probability below 0.001.
  int volume = 0;
  int boundary = 0;
  int constant = 0;
  int dimension = 0;
  int wrong_integer = 0;
  for (const auto& whole : test::judging_spaces(500)) {
    for (const std::size_t n : {150, 500}) {
      const auto space = cut(whole, n);
      const int d = space.spectrum.geometry.dimension;
      const HeatFit fit = fit_heat(space.spectrum, d);
      volume += !inside(fit.volume, space.spectrum.geometry.volume);
      boundary += !inside(fit.boundary, space.boundary);
      constant += d == 2 && !inside(fit.constant, space.constant);
      const DimensionFit found = estimate_dimension(space.spectrum);
      dimension += !inside(found.dimension, d);
      wrong_integer += d <= 2 && found.nearest != d;
    }
  }
  CHECK(volume <= 8);
  CHECK(boundary <= 8);
  CHECK(constant <= 7);
  CHECK(dimension <= 8);
  CHECK(wrong_integer == 0);
}

TEST_CASE("area, perimeter and Euler characteristic of a disk are heard from 1000 eigenvalues") {
  for (const Boundary boundary : {Boundary::neumann, Boundary::dirichlet}) {
    const HeatFit fit = fit_heat({.eigenvalues = test::disk(boundary, 1000)}, 2);
    const double sign = boundary == Boundary::neumann ? 1 : -1;
    CHECK(fit.edge == Edge::bounded);
    CHECK(fit.volume.value == doctest::Approx(std::numbers::pi).epsilon(1e-4));
    CHECK(fit.boundary.value == doctest::Approx(sign * 2 * std::numbers::pi).epsilon(1e-2));
    CHECK(std::lround(euler_characteristic(fit).value) == 1);
  }
}

TEST_CASE("a closed surface is told from one with a boundary, and its Euler characteristic is heard") {
  const HeatFit sphere = fit_heat({.eigenvalues = test::sphere(2, 1, 400)}, 2);
  CHECK(sphere.edge == Edge::closed);
  CHECK(euler_characteristic(sphere).value == doctest::Approx(2).epsilon(0.01));
  const HeatFit plane = fit_heat({.eigenvalues = test::sphere(2, 2, 400)}, 2);
  CHECK(plane.edge == Edge::closed);
  CHECK(euler_characteristic(plane).value == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("a boundary that is half Dirichlet and half Neumann is heard as the difference") {
  // One side of the unit square Dirichlet, three Neumann: π²((m + ½)² + n²).
  const double pi = std::numbers::pi;
  const auto rows = test::lattice({pi / 2}, false, 1, 200);
  std::vector<double> odd;
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    odd.push_back(rows[i]);
  }
  const HeatFit fit = fit_heat({.eigenvalues = test::product(odd, test::lattice({pi}, false, 0, 200), 800)}, 2);
  CHECK(fit.volume.value == doctest::Approx(1).epsilon(1e-6));
  CHECK(fit.boundary.value == doctest::Approx(2).epsilon(1e-4));
}

TEST_CASE("lengths scale: a space twice as large is heard as that") {
  std::vector<double> values = test::disk(Boundary::dirichlet, 300);
  const HeatFit small = fit_heat({.eigenvalues = values}, 2);
  for (double& lambda : values) {
    lambda /= 4;
  }
  const HeatFit large = fit_heat({.eigenvalues = values}, 2);
  CHECK(large.volume.value == doctest::Approx(4 * small.volume.value).epsilon(1e-9));
  CHECK(large.boundary.value == doctest::Approx(2 * small.boundary.value).epsilon(1e-7));
  CHECK(large.constant.value == doctest::Approx(small.constant.value).epsilon(1e-6));
}

TEST_CASE("what lies beyond the trusted range changes nothing") {
  auto values = test::lattice({std::numbers::pi, std::numbers::pi}, false, 0, 600);
  const double limit = (values[399] + values[400]) / 2;
  const HeatFit clean = fit_heat({.eigenvalues = values, .trusted_up_to = limit}, 2);
  for (std::size_t i = 400; i < values.size(); ++i) {
    values[i] *= 3;
  }
  const HeatFit dirty = fit_heat({.eigenvalues = values, .trusted_up_to = limit}, 2);
  CHECK(clean.used == 400);
  CHECK(clean.volume.value == dirty.volume.value);
  CHECK(clean.constant.value == dirty.constant.value);
}

TEST_CASE("short lists are refused") {
  const Spectrum shorter{.eigenvalues = test::lattice({1, 1}, true, 0, 19)};
  CHECK_THROWS_AS((void)fit_heat(shorter, 2), InputError);
  CHECK_THROWS_AS((void)estimate_dimension(shorter), InputError);
  CHECK_THROWS_AS((void)fit_heat({.eigenvalues = std::vector<double>(50, 0.0)}, 2), InputError);
}
