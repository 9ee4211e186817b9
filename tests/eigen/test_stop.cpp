// SPDX-License-Identifier: GPL-3.0-or-later
// Long computations end when they are asked to.

#include <stop_token>
#include <vector>

#include <doctest/doctest.h>

#include "eigen/pencils.hpp"
#include "weyl/core/stop.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/eigenpairs.hpp"

using namespace weyl;
using namespace weyl::test;

TEST_CASE("a stop between two slices ends eigenpairs") {
  const Pencil pencil = grid(40);
  std::stop_source stop;
  int slices = 0;
  const EigenOptions options{.count = 200,
                             .threads = 1,
                             .slice = 50,
                             .progress =
                                 [&](const EigenProgress&) {
                                   ++slices;
                                   stop.request_stop();
                                 },
                             .stop = stop.get_token()};
  CHECK_THROWS_AS(eigenpairs(pencil, options), Stopped);
  CHECK(slices == 1);
}

TEST_CASE("a stop between two counts ends them, on any number of threads") {
  const Pencil pencil = grid(20);
  for (const int threads : {1, 2}) {
    std::stop_source stop;
    const std::vector<double> lambdas{0.1, 0.2, 0.3};
    const EigenvalueCounter counter(pencil, {.threads = threads, .stop = stop.get_token()});
    CHECK(counter.at(0.5).count > 0);
    stop.request_stop();
    CHECK_THROWS_AS(static_cast<void>(counter.at(0.5)), Stopped);
    CHECK_THROWS_AS(static_cast<void>(counter.at(lambdas)), Stopped);
  }
}
