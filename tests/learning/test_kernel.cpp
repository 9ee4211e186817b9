// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/kernel.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"

using namespace weyl;

TEST_CASE("a kernel is read by its family and its numbers") {
  const Kernel sobolev = read_kernel("sobolev:2,0.5");
  CHECK(sobolev.smoothness == 2);
  CHECK(sobolev.eigenvalue(12) == doctest::Approx(1.0 / 16));
  CHECK(read_kernel("heat:0.5").eigenvalue(2) == doctest::Approx(std::exp(-1.0)));
  CHECK(read_kernel("band:6").eigenvalue(6) == 1);
  CHECK(read_kernel("band:6").eigenvalue(6.1) == 0);
  CHECK(read_kernel(sobolev.name).eigenvalue(12) == sobolev.eigenvalue(12));
}

TEST_CASE("what is not a kernel is refused") {
  for (const char* text : {"", "sobolev", "sobolev:", "sobolev:0", "sobolev:2,", "sobolev:2,0.5,1", "sobolev:inf",
                           "heat:-1", "heat:nan", "band:-1", "band:1 ", "gauss:1"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(read_kernel(text), InputError);
  }
}
