// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of docs/accuracy.md: errors of eigenvalues against closed forms, and the observed orders.
//
//   accuracy            lists the studies
//   accuracy NAME ...   runs them

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include <boost/math/special_functions/bessel.hpp>
#include <fmt/format.h>

#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/spaces.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/refine.hpp"

namespace {

using namespace weyl;
using std::numbers::pi;

std::vector<double> first(std::vector<double> values, std::size_t count) {
  std::ranges::sort(values);
  values.resize(count);
  return values;
}

std::vector<double> sphere(int d, std::size_t count) {
  std::vector<double> values;
  for (int k = 0; values.size() < count; ++k) {
    const int multiplicity = d == 2 ? 2 * k + 1 : (k + 1) * (k + 1);
    values.insert(values.end(), static_cast<std::size_t>(multiplicity), k * (k + d - 1.0));
  }
  return first(values, count);
}

/// Closed geodesics of length 1; also the regular tetrahedron's surface of edge 1: (4π²/3)(m² + mn + n²), (m, n)/±.
std::vector<double> lattice(bool tetrahedron, std::size_t count) {
  std::vector<double> values;
  for (int m = -60; m <= 60; ++m) {
    for (int n = -60; n <= 60; ++n) {
      if (tetrahedron && (m > 0 || (m == 0 && n >= 0))) {
        values.push_back(4 * pi * pi / 3 * (m * m + m * n + n * n));
      } else if (!tetrahedron) {
        values.push_back(4 * pi * pi * (m * m + n * n));
      }
    }
  }
  return first(values, count);
}

/// Squares of zeros of J_m, twice for m > 0; of J_{l+1/2}, 2l + 1 times.
std::vector<double> ball(int d, std::size_t count) {
  std::vector<double> values;
  for (int l = 0; l < 40; ++l) {
    for (int k = 1; k < 25; ++k) {
      const double zero = boost::math::cyl_bessel_j_zero(d == 2 ? l : l + 0.5, k);
      values.insert(values.end(), static_cast<std::size_t>(d == 3 ? 2 * l + 1 : l > 0 ? 2 : 1), zero * zero);
    }
  }
  return first(values, count);
}

/// Strohmaier & Uski, Comm. Math. Phys. 317 (2013).
std::vector<double> bolza() {
  std::vector<double> values{0};
  values.insert(values.end(), 3, 3.838887258842199518586622450435464597);
  values.insert(values.end(), 4, 5.353601341189050410918048311031446376);
  values.insert(values.end(), 2, 8.249554815200658121890106450682456568);
  values.insert(values.end(), 4, 14.726216787788832041289318442184835983);
  return values;
}

/// Multiplicities of L(p, q): (1/p) Σ_m [t^k] (1 − t²)/Π_j (1 − 2t cos(2πm q_j/p) + t²).
std::vector<double> lens(int p, int q, std::size_t count) {
  constexpr std::size_t degrees = 40;
  std::vector<double> multiplicity(degrees, 0.0);
  for (int m = 0; m < p; ++m) {
    std::vector<double> series(degrees, 0.0);
    series[0] = 1;
    series[2] = -1;
    for (const int power : {1, q}) {
      for (std::size_t k = 1; k < degrees; ++k) {
        series[k] += 2 * std::cos(2 * pi * m * power / p) * series[k - 1] - (k > 1 ? series[k - 2] : 0.0);
      }
    }
    for (std::size_t k = 0; k < degrees; ++k) {
      multiplicity[k] += series[k] / p;
    }
  }
  std::vector<double> values;
  for (std::size_t k = 0; k < degrees; ++k) {
    values.insert(values.end(), static_cast<std::size_t>(std::lround(multiplicity[k])),
                  static_cast<double>(k * (k + 2)));
  }
  return first(values, count);
}

/// Elements of one order, on meshes of halved sizes.
struct Run {
  int order;
  double size;
  int levels;
};

struct Study {
  std::string name;
  std::string expression; ///< empty: the regular tetrahedron's surface
  Boundary boundary;
  std::vector<double> exact;
  std::vector<Run> runs;
};

std::vector<Study> studies() {
  const auto n = Boundary::neumann;
  const auto d = Boundary::dirichlet;
  const auto surface = [](double size) {
    return std::vector<Run>{{1, size, 3}, {2, size, 3}, {3, size, 3}, {4, size, 3}};
  };
  const auto solid = [](double size) {
    return std::vector<Run>{{1, size, 2}, {2, size, 2}, {3, size, 2}, {4, size, 2}};
  };
  const auto high = [](double size) { return std::vector<Run>{{6, size, 1}, {8, size, 1}, {9, size, 1}}; };
  return {
      {"sphere", "sphere:2", n, sphere(2, 101), surface(0.2)},
      {"torus", "torus:1,1", n, lattice(false, 101), surface(1.0 / 14)},
      {"disk", "disk:1", d, ball(2, 100), surface(0.12)},
      {"tetrahedron", "", n, lattice(true, 101), surface(0.1)},
      {"bolza", "bolza", n, bolza(), surface(0.5)},
      {"ball", "ball:3,1", d, ball(3, 100), solid(0.8)},
      {"ball-high", "ball:3,1", d, ball(3, 100), high(0.8)},
      {"sphere3", "sphere:3", n, sphere(3, 101), solid(1.3)},
      {"sphere3-high", "sphere:3", n, sphere(3, 101), high(1.3)},
      {"lens51", "lens:5,1", n, lens(5, 1, 101), {{4, 0.8, 2}, {6, 0.8, 1}, {8, 0.8, 1}}},
      {"lens52", "lens:5,2", n, lens(5, 2, 101), {{4, 0.8, 2}, {6, 0.8, 1}, {8, 0.8, 1}}},
  };
}

void run(const Study& study) {
  fmt::print("\n### {}\n\n| order | size | unknowns | largest relative error | at λ | first level | observed order | "
             "seconds |\n"
             "|---|---|---|---|---|---|---|---|\n",
             study.name);
  for (const auto& [order, coarsest, levels] : study.runs) {
    double before = 0;
    for (int level = 0; level < levels; ++level) {
      const auto start = std::chrono::steady_clock::now();
      const RiemannianMesh space = study.expression.empty()
                                       ? RiemannianMesh{.mesh = refine(make_tetrahedron(1, coarsest), level)}
                                       : make_space(study.expression, {.size = coarsest, .halvings = level});
      const Pencil pencil = lagrange_laplacian(space, {.order = order, .boundary = study.boundary}).pencil;
      const auto count = static_cast<std::int64_t>(study.exact.size());
      // Residuals enter eigenvalues squared; that of the constant is rounding, and large on fine tetrahedra of order 4.
      const Eigen::VectorXd values = eigenpairs(pencil, {.count = count, .vectors = false, .tolerance = 1e-7}).values;
      double worst = 0;
      double at = 0;
      double lowest = 0;
      for (std::size_t k = 0; k < study.exact.size(); ++k) {
        const double exact = study.exact[k];
        const double error = exact > 0 ? std::abs(values[static_cast<Eigen::Index>(k)] / exact - 1) : 0;
        lowest = lowest == 0 ? error : lowest;
        if (error > worst) {
          worst = error;
          at = exact;
        }
      }
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      fmt::print("| {} | {:.4g} | {} | {:.1e} | {:.4g} | {:.1e} | {} | {:.2g} |\n", order, std::ldexp(coarsest, -level),
                 pencil.size(), worst, at, lowest, before > 0 ? fmt::format("{:.2f}", std::log2(before / worst)) : "",
                 seconds);
      std::fflush(stdout);
      before = worst;
    }
  }
}

} // namespace

int main(int argc, char** argv) {
  const std::vector<Study> all = studies();
  for (const Study& study : all) {
    if (argc < 2) {
      fmt::print("{}\n", study.name);
    }
    for (int i = 1; i < argc; ++i) {
      if (study.name == argv[i]) {
        run(study);
      }
    }
  }
}
