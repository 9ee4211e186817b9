// SPDX-License-Identifier: GPL-3.0-or-later
// Extrapolation: exact on its model, checked by the observed order, refused where that is another one.

#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/spectrum/richardson.hpp"

using namespace weyl;

namespace {

std::array<std::vector<double>, 3> three_levels(const Mesh& mesh, int order, std::int64_t count) {
  std::array<std::vector<double>, 3> levels;
  for (int level = 0; level < 3; ++level) {
    const Pencil pencil =
        lagrange_laplacian(refine(mesh, level), {.order = order, .boundary = Boundary::dirichlet}).pencil;
    const Eigen::VectorXd values = eigenpairs(pencil, {.count = count}).values;
    levels[static_cast<std::size_t>(level)].assign(values.begin(), values.end());
  }
  return levels;
}

} // namespace

TEST_CASE("extrapolation is exact on λ + c h^q, and its error estimate holds with a next term") {
  for (const double q : {2.0, 4.0, 8.0}) {
    for (const double next : {0.0, 0.1, -0.1}) {
      std::array<std::vector<double>, 3> levels;
      for (int level = 0; level < 3; ++level) {
        const double h = 0.5 * std::exp2(-level);
        levels[static_cast<std::size_t>(level)] = {7 + 0.3 * std::pow(h, q) + next * std::pow(h, q + 2)};
      }
      const Extrapolation limit = richardson(levels, q);
      CHECK(std::abs(limit.values[0] - 7) <= limit.errors[0]);
      CHECK(limit.errors[0] <= (next == 0 ? 1e-9 : 0.02));
    }
  }
}

TEST_CASE("eigenvalues of a square, extrapolated: ten times closer, within the estimated error") {
  const double pi2 = std::numbers::pi * std::numbers::pi;
  const std::vector<double> exact{2 * pi2, 5 * pi2, 5 * pi2, 8 * pi2, 10 * pi2, 10 * pi2};
  for (const int p : {1, 2}) {
    const auto levels = three_levels(make_rectangle(1, 1, p == 1 ? 0.08 : 0.2), p, 6);
    const Extrapolation limit = richardson(levels, 2 * p);
    for (std::size_t k = 0; k < exact.size(); ++k) {
      CHECK(std::abs(limit.values[k] - exact[k]) <= limit.errors[k]);
      CHECK(std::abs(limit.values[k] - exact[k]) <= 0.1 * std::abs(levels[2][k] - exact[k]));
    }
  }
}

TEST_CASE("at a re-entrant corner linear elements converge with order 4/3, and extrapolation is refused") {
  const Mesh lshape{.ambient_dimension = 2,
                    .vertex_count = 8,
                    .positions = {0, 0, 1, 0, 0, 1, 1, 1, 2, 0, 2, 1, 0, 2, 1, 2},
                    .cells = {0, 1, 2, 1, 3, 2, 1, 4, 3, 4, 5, 3, 2, 3, 6, 3, 7, 6}};
  CHECK_THROWS_AS(richardson(three_levels(refine(lshape, 3), 1, 1), 2), NumericalError);
}

TEST_CASE("levels of different lengths are refused; levels that agree are returned as they are") {
  CHECK_THROWS_AS(richardson({std::vector{1.0}, {1.0, 2.0}, {1.0}}, 2), InputError);
  const Extrapolation same = richardson({std::vector{3.0}, {3.0}, {3.0}}, 2);
  CHECK(same.values[0] == 3);
  CHECK(std::isnan(same.orders[0]));
}
