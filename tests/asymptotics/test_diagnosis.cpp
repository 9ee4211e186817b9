// SPDX-License-Identifier: GPL-3.0-or-later
// What a list says of itself: lists that are right, cut, doubled, polluted.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <Eigen/Eigenvalues>
#include <doctest/doctest.h>

#include "asymptotics/exact_spaces.hpp"
#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"

using namespace weyl;

namespace {

using std::numbers::pi;

/// The finding about a subject, or one without a subject.
Finding find(const Diagnosis& diagnosis, const std::string& subject) {
  for (const Finding& finding : diagnosis.findings) {
    if (finding.subject == subject) {
      return finding;
    }
  }
  return {};
}

bool finds(const Diagnosis& diagnosis, const std::string& subject) { return !find(diagnosis, subject).subject.empty(); }

bool alarmed(const Diagnosis& diagnosis) { return std::ranges::any_of(diagnosis.findings, &Finding::alarm); }

std::vector<double> without(std::vector<double> values, std::size_t k) {
  values.erase(values.begin() + static_cast<std::ptrdiff_t>(k));
  return values;
}

std::vector<double> doubled(std::vector<double> values, std::size_t k) {
  values.insert(values.begin() + static_cast<std::ptrdiff_t>(k), values[k]);
  return values;
}

std::vector<std::pair<std::string, std::vector<double>>> surfaces() {
  return {{"rectangle D", test::lattice({pi, pi / 1.37}, false, 1, 600)},
          {"rectangle N", test::lattice({pi, pi / 1.37}, false, 0, 600)},
          {"torus", test::lattice({2 * pi, 2 * pi / 1.2}, true, 0, 600)},
          {"disk D", test::disk(Boundary::dirichlet, 600)},
          {"disk N", test::disk(Boundary::neumann, 600)},
          {"equilateral D", test::equilateral(Boundary::dirichlet, 600)}};
}

} // namespace

TEST_CASE("lists that are right raise no alarm") {
  for (const auto& [name, values] : surfaces()) {
    CAPTURE(name);
    const Diagnosis diagnosis = diagnose({.eigenvalues = values});
    for (const Finding& finding : diagnosis.findings) {
      CAPTURE(finding.sentence);
      CHECK_FALSE(finding.alarm);
    }
  }
}

TEST_CASE("the boundary condition is heard") {
  for (const auto& [name, values] : surfaces()) {
    CAPTURE(name);
    const Diagnosis diagnosis = diagnose({.eigenvalues = values});
    const std::string word = name.ends_with(" D") ? "Dirichlet" : name.ends_with(" N") ? "Neumann" : "No boundary";
    CHECK(find(diagnosis, "boundary").sentence.starts_with(word));
    CHECK(find(diagnosis, "boundary").confidence > 0.9);
  }
}

TEST_CASE("an eigenvalue that is missing or there twice is found, and where") {
  for (const auto& [name, values] : surfaces()) {
    for (const std::size_t k : {200, 400}) {
      CAPTURE(name);
      CAPTURE(k);
      const Diagnosis shorter = diagnose({.eigenvalues = without(values, k)});
      const auto missing = level_defect({.eigenvalues = without(values, k)}, shorter.heat.expansion);
      REQUIRE(missing);
      CHECK(missing->jump < -0.6);
      CHECK(missing->low < values[k]);
      CHECK(missing->high > values[k]);
      CHECK(finds(shorter, "missing"));
      const Diagnosis longer = diagnose({.eigenvalues = doubled(values, k)});
      CHECK(finds(longer, "doubled"));
      CHECK_FALSE(finds(longer, "missing"));
    }
  }
}

TEST_CASE("0 that is missing from a Neumann list, or there in a Dirichlet list, is told") {
  const auto neumann = test::lattice({pi, pi / 1.37}, false, 0, 500);
  const Diagnosis beheaded = diagnose({.eigenvalues = without(neumann, 0)});
  REQUIRE(finds(beheaded, "kernel"));
  CHECK(find(beheaded, "kernel").alarm);
  std::vector<double> dirichlet{0};
  std::ranges::copy(test::lattice({pi, pi / 1.37}, false, 1, 500), std::back_inserter(dirichlet));
  const Diagnosis crowned = diagnose({.eigenvalues = dirichlet});
  REQUIRE(finds(crowned, "kernel"));
  CHECK(find(crowned, "kernel").alarm);
}

TEST_CASE("two components have 0 twice, which is no alarm") {
  const auto one = test::lattice({2 * pi, 2 * pi}, true, 0, 400);
  std::vector<double> both;
  for (const double value : one) {
    both.insert(both.end(), 2, value);
  }
  const Diagnosis diagnosis = diagnose({.eigenvalues = both});
  REQUIRE(finds(diagnosis, "kernel"));
  CHECK_FALSE(find(diagnosis, "kernel").alarm);
  CHECK(diagnosis.heat.volume.value == doctest::Approx(2).epsilon(1e-4));
}

TEST_CASE("a wrong dimension and a wrong volume are contradicted, right ones are not") {
  const Spectrum disk{.eigenvalues = test::disk(Boundary::dirichlet, 500)};
  const Diagnosis wrong = diagnose(disk, {.dimension = 3});
  REQUIRE(finds(wrong, "dimension"));
  CHECK(find(wrong, "dimension").confidence > 0.95);
  CHECK(finds(diagnose(disk, {.volume = 3.0}), "volume"));
  CHECK_FALSE(alarmed(diagnose(disk, {.dimension = 2, .volume = pi})));
}

TEST_CASE("linear elements that are not resolved at the upper end are told, and the volume is right all the same") {
  struct Case {
    const char* name;
    Mesh mesh;
    Mass mass;
  };
  for (const auto& [name, mesh, mass] : {Case{"sphere, consistent", make_sphere(1, 0.12), Mass::consistent},
                                         Case{"sphere, lumped", make_sphere(1, 0.12), Mass::lumped},
                                         Case{"flat torus", make_flat_torus(1, 1, 0.04), Mass::consistent}}) {
    CAPTURE(name);
    const Pencil pencil = laplacian(mesh, {.mass = mass}).pencil;
    const Eigenpairs pairs = eigenpairs(pencil, {.count = pencil.size() / 5, .vectors = false});
    const Spectrum spectrum{.eigenvalues = {pairs.values.begin(), pairs.values.end()}};
    const Diagnosis diagnosis = diagnose(spectrum);
    REQUIRE(finds(diagnosis, "tail"));
    CHECK(find(diagnosis, "tail").alarm);
    CHECK((diagnosis.heat.error_slope.value > 0) == (mass == Mass::consistent));
    CHECK(diagnosis.heat.volume.value == doctest::Approx(mesh.vertex_count > 0 ? volume(mesh) : 0).epsilon(0.01));
  }
}

TEST_CASE("independent levels have Poisson spacings: a rectangle of generic sides") {
  // 2000 spacings: the standard error of ⟨r⟩ is 0.006, and five of them make 0.03.
  const double irrational = pi / std::sqrt(std::numbers::e);
  const Spectrum rectangle{.eigenvalues = test::lattice({pi, irrational}, false, 1, 3000)};
  const LevelSpacing spacing = level_spacing(rectangle, fit_heat(rectangle, 2).expansion, 500);
  CHECK(spacing.ratio == doctest::Approx(poisson_ratio).epsilon(0.08));
  CHECK(spacing.poisson_distance < 0.06);
  CHECK(spacing.goe_distance > 3 * spacing.poisson_distance);
}

TEST_CASE("matrices of the Gaussian orthogonal ensemble have GOE spacings") {
  // Six matrices, the middle third of each spectrum, where the density is constant within 6 %. 468 ratios: standard
  // error 0.012, and four of them make 0.05 (probability 6e-5); the seed is fixed.
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  double ratio = 0;
  double goe = 0;
  double poisson = 0;
  constexpr int matrices = 6;
  constexpr int size = 240;
  for (int i = 0; i < matrices; ++i) {
    const Eigen::MatrixXd a = Eigen::MatrixXd::NullaryExpr(size, size, [&] { return normal(random); });
    const Eigen::VectorXd all = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(a + a.transpose(), false).eigenvalues();
    std::vector<double> middle;
    for (Eigen::Index k = size / 3; k < 2 * size / 3; ++k) {
      middle.push_back(all(k) - all(size / 3 - 1));
    }
    const LevelSpacing spacing = level_spacing({.eigenvalues = middle}, {2, {1}}); // constant density: N ∝ λ
    ratio += spacing.ratio / matrices;
    goe += spacing.goe_distance / matrices;
    poisson += spacing.poisson_distance / matrices;
  }
  CHECK(std::abs(ratio - goe_ratio) < 0.05);
  CHECK(goe < 0.5 * poisson);
}

TEST_CASE("the remainder grows like λ^(1/2) on the sphere and like λ^(1/4) on a torus and a rectangle") {
  const auto exponent = [](const Spectrum& spectrum) {
    return remainder_exponent(spectrum, fit_heat(spectrum, 2).expansion);
  };
  const Estimate sphere = exponent({.eigenvalues = test::sphere(2, 1, 10000)});
  CHECK(sphere.value == doctest::Approx(0.5).epsilon(0.06));
  for (const auto& values :
       {test::lattice({2 * pi, 2 * pi / 1.27}, true, 0, 10000), test::lattice({pi, pi / 1.27}, false, 0, 10000)}) {
    const Estimate generic = exponent({.eigenvalues = values});
    CHECK(generic.value == doctest::Approx(0.25).epsilon(0.3));
    CHECK(generic.high < sphere.low);
  }
}
