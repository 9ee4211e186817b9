// SPDX-License-Identifier: GPL-3.0-or-later
// Model spaces: topology, volume and spectrum against what is known of them.

#include <cmath>
#include <complex>
#include <map>
#include <numbers>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/spaces.hpp"
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

Eigen::VectorXd lowest(const RiemannianMesh& space, int order, std::int64_t count,
                       Boundary boundary = Boundary::neumann) {
  return eigenpairs(lagrange_laplacian(space, {.order = order, .boundary = boundary}).pencil,
                    {.count = count, .vectors = false})
      .values;
}

struct Known {
  std::string expression;
  int dimension;
  int euler_characteristic;
  bool orientable;
  double volume;
  double boundary_volume;
};

const std::vector<Known> every_space{
    {"interval:2", 1, 1, true, 2, 2},
    {"circle:3", 1, 0, true, 3, 0},
    {"sphere:1", 1, 0, true, 2 * pi, 0},
    {"torus:1", 1, 0, true, 2 * pi, 0},
    {"ball:1,2", 1, 1, true, 4, 2},
    {"rectangle:1,3", 2, 1, true, 3, 8},
    {"equilateral:2", 2, 1, true, std::numbers::sqrt3, 6},
    {"disk:2", 2, 1, true, 4 * pi, 4 * pi},
    {"annulus:0.5,2", 2, 0, true, 3.75 * pi, 5 * pi},
    {"torus:1,2.5", 2, 0, true, 2.5, 0},
    {"torus:2", 2, 0, true, 4 * pi* pi, 0},
    {"lattice:[[1,0],[4.3,1]]", 2, 0, true, 1, 0},
    {"klein:1,2", 2, 0, false, 1, 0},
    {"mobius:2,1", 2, 0, false, 2, 4},
    {"sphere:2", 2, 2, true, 4 * pi, 0},
    {"hemisphere:2", 2, 1, true, 2 * pi, 2 * pi},
    {"rp:2", 2, 1, false, 2 * pi, 0},
    {"ellipsoid:2,2,2", 2, 2, true, 16 * pi, 0},
    {"revolution-torus:1,0.4", 2, 0, true, 1.6 * pi* pi, 0},
    {"bolza", 2, -2, true, 4 * pi, 0},
    {"box:1,2,1", 3, 1, true, 2, 10},
    {"ball:3,1", 3, 1, true, 4 * pi / 3, 4 * pi},
    {"torus:1,1,2", 3, 0, true, 2, 0},
    {"sphere:3", 3, 0, true, 2 * pi* pi, 0},
    {"hemisphere:3", 3, 1, true, pi* pi, 4 * pi},
    {"rp:3", 3, 0, true, pi* pi, 0},
    {"lens:2,1", 3, 0, true, pi* pi, 0},
    {"lens:5,2", 3, 0, true, 0.4 * pi* pi, 0},
    {"lens:7,3", 3, 0, true, 2 * pi* pi / 7, 0},
};

} // namespace

TEST_CASE("every space closes up: Euler characteristic, orientability, volume, boundary") {
  for (const Known& known : every_space) {
    CAPTURE(known.expression);
    const RiemannianMesh space = make_space(known.expression);
    const Topology t = topology(space.mesh);
    CHECK(space.mesh.dimension == known.dimension);
    CHECK(t.components == 1);
    CHECK(t.euler_characteristic == known.euler_characteristic);
    CHECK(t.nonmanifold_facets == 0);
    CHECK(t.orientable == known.orientable);
    CHECK((t.boundary_facets > 0) == (known.boundary_volume > 0));
    // Curved cells by quadrature of degree 8; the coarsest here are lens spaces, at 3 divisions.
    CHECK(volume(space) == doctest::Approx(known.volume).epsilon(1e-6));
    CHECK(boundary_volume(space) == doctest::Approx(known.boundary_volume).epsilon(1e-6));
    // What shares two vertices is one edge, also if lengths are not looked at.
    if (known.dimension > 1) {
      CHECK(number_edges(space.mesh).count == t.edges);
    }
  }
}

TEST_CASE("the size bounds the longest edge, and halving divides it by two") {
  for (const std::string expression : {"klein:1,2", "bolza", "lens:3,1"}) {
    CAPTURE(expression);
    const auto longest = [&](const Division& division) {
      return std::ranges::max(make_space(expression, division).mesh.edge_lengths);
    };
    CHECK(longest({.size = 0.3}) <= 0.3 * (1 + 1e-3)); // the metric is sampled
    CHECK(longest({.size = 0.3, .halvings = 1}) <= 0.56 * longest({.size = 0.3}));
  }
}

TEST_CASE("eigenvalues of order p converge with order 2p on exact metrics: sphere, flat torus, disk, Klein bottle") {
  struct Case {
    std::string expression;
    Boundary boundary;
    Eigen::Index k;
    double exact;
    double size;
  };
  const std::vector<Case> cases{
      {"sphere:2", Boundary::neumann, 4, 6, 0.8},
      {"torus:1,1", Boundary::neumann, 1, 4 * pi * pi, 0.5},
      {"disk:1", Boundary::dirichlet, 0, 5.783185962946784, 0.8},
      {"disk:1", Boundary::neumann, 1, 3.389957716671889, 0.8},
      {"klein:2,1", Boundary::neumann, 1, 4 * pi * pi, 0.5},
  };
  for (const Case& c : cases) {
    CAPTURE(c.expression);
    for (int p = 1; p <= 4; ++p) {
      CAPTURE(p);
      const auto error = [&](int halvings) {
        const RiemannianMesh space = make_space(c.expression, {.size = c.size, .halvings = halvings});
        return lowest(space, p, c.k + 1, c.boundary)[c.k] - c.exact;
      };
      const int first = p < 3 || c.expression == "disk:1" ? 1 : 0; // 0: rounding is not far off
      const double coarse = error(first);
      const double fine = error(first + 1);
      CHECK(fine > -1e-11 * c.exact); // from above
      CHECK(std::abs(std::log2(coarse / fine) - 2 * p) < 0.25 * p);
    }
  }
}

TEST_CASE("order 4 reaches nine digits: the multiplets of a sphere, with their multiplicities") {
  const Eigen::VectorXd values = lowest(round_sphere(2, {.size = 0.18}), 4, 16);
  for (int l = 0, k = 0; l < 4; ++l) {
    for (int m = 0; m <= 2 * l; ++m, ++k) {
      CHECK(std::abs(values[k] - l * (l + 1)) <= 1e-9 * std::max(1, l * (l + 1)));
    }
  }
}

TEST_CASE("the regular tetrahedron's surface: cone points of angle π, yet λ = (4π²/3)(m² + mn + n²) to ten digits") {
  // Eigenfunctions are even functions on a flat torus, smooth there.
  const RiemannianMesh space{.mesh = make_tetrahedron(1, 0.06)};
  const Eigen::VectorXd values = lowest(space, 4, 7);
  const double unit = 4 * pi * pi / 3;
  const std::vector<double> exact{0, 1, 1, 1, 3, 3, 3};
  for (std::size_t k = 1; k < exact.size(); ++k) {
    CHECK(values[static_cast<Eigen::Index>(k)] == doctest::Approx(exact[k] * unit).epsilon(1e-10));
  }
}

TEST_CASE("the Bolza surface: multiplicities 3, 4, 2, 4 and the values of Strohmaier and Uski (2013)") {
  const Eigen::VectorXd values = lowest(bolza_surface({.size = 0.25}), 4, 15);
  const std::vector<std::pair<double, int>> levels{
      {3.838887258842199, 3}, {5.353601341189050, 4}, {8.249554815200658, 2}, {14.726216787788832, 4}};
  Eigen::Index k = 1;
  for (const auto& [lambda, multiplicity] : levels) {
    for (int copy = 0; copy < multiplicity; ++copy, ++k) {
      CHECK(values[k] == doctest::Approx(lambda).epsilon(1e-8));
    }
  }
  CHECK(values[k] > 14.9); // the next level is 15.0489
}

TEST_CASE("lens spaces L(5,1) and L(5,2) have the multiplicities of the invariants, and differ") {
  // Multiplicity of k(k+2): (1/p) Σ_m [t^k] (1 − t²)/Π_j (1 − 2t cos(2πmq_j/p) + t²) (Ikeda & Yamamoto 1979).
  const auto multiplicities = [](int p, int q, int degree) {
    std::vector<double> result(static_cast<std::size_t>(degree) + 1, 0.0);
    for (int m = 0; m < p; ++m) {
      std::vector<double> series(result.size(), 0.0);
      series[0] = 1;
      if (degree >= 2) {
        series[2] = -1;
      }
      for (const int power : {1, q}) {
        const double c = 2 * std::cos(2 * pi * m * power / p);
        for (std::size_t k = 1; k < series.size(); ++k) {
          series[k] += c * series[k - 1] - (k >= 2 ? series[k - 2] : 0.0);
        }
      }
      for (std::size_t k = 0; k < series.size(); ++k) {
        result[k] += series[k] / p;
      }
    }
    return result;
  };
  for (const int q : {1, 2}) {
    CAPTURE(q);
    const std::vector<double> expected = multiplicities(5, q, 5);
    std::vector<double> levels;
    for (std::size_t k = 0; k < expected.size(); ++k) {
      for (int copy = 0; copy < static_cast<int>(std::lround(expected[k])); ++copy) {
        levels.push_back(static_cast<double>(k * (k + 2)));
      }
    }
    const Eigen::VectorXd values =
        lowest(lens_space(5, q, {.size = 0.75}), 3, static_cast<std::int64_t>(levels.size()));
    for (std::size_t k = 1; k < levels.size(); ++k) {
      CHECK(values[static_cast<Eigen::Index>(k)] == doctest::Approx(levels[k]).epsilon(0.01));
    }
  }
}

TEST_CASE("a lattice's own spectrum, whatever its basis; what cannot be meshed is refused with a reason") {
  // The same hexagonal lattice by a long basis.
  const double h = std::numbers::sqrt3 / 2;
  Eigen::Matrix2d skew;
  skew << 1, 7.5, 0, h;
  const Eigen::VectorXd values = lowest(flat_torus(skew, {.size = 0.1}), 4, 8);
  for (Eigen::Index k = 1; k <= 6; ++k) {
    CHECK(values[k] == doctest::Approx(16 * pi * pi / 3).epsilon(1e-8));
  }
  for (const std::string bad : {"sphere:4", "sphere:2.5", "lens:4,2", "lens:5", "lattice:[[1,0],[2,0]]", "lattice:[[1]",
                                "torus:", "torus:-1,1", "circle:-1", "klein:1,-1", "disk:nan", "disk:0", "bolza:1",
                                "nonsense", "annulus:2,1", "revolution-torus:1,2", "rectangle:1,1e9", "lens:1e9,1"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(make_space(bad), InputError);
  }
  CHECK_THROWS_AS(make_space("sphere:2", {.size = 1e-9}), InputError);
  CHECK(names_space("sphere:9"));
  CHECK(!names_space("mesh.off"));
}
