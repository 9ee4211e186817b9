// SPDX-License-Identifier: GPL-3.0-or-later
// What a mesh resolves, against errors that are known.

#include <cmath>

#include <doctest/doctest.h>

#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/spectrum/resolution.hpp"
#include "weyl/spectrum/spectrum.hpp"

using namespace weyl;

namespace {

struct BothMasses {
  explicit BothMasses(const Mesh& mesh)
      : dimension(mesh.dimension), consistent(laplacian(mesh).pencil),
        lumped(laplacian(mesh, {.mass = Mass::lumped}).pencil) {}

  int dimension;
  Pencil consistent;
  Pencil lumped;

  [[nodiscard]] Resolution estimate(double start) const {
    const EigenvalueCounter high(consistent);
    const EigenvalueCounter low(lumped, high);
    return resolution(high, low, dimension, start, {.samples = 8});
  }
};

} // namespace

TEST_CASE("the estimated error of an eigenvalue is the true one within a factor of two") {
  // Exact spectra: l(l+1) on the sphere, 4π²(m² + n²) on the torus, π²(i² + j²) on the square.
  const struct {
    const char* name;
    Mesh mesh;
    double exact;      ///< an eigenvalue
    std::int64_t last; ///< index of the last of its multiplet
    double start;
  } cases[] = {{"sphere", make_sphere(1, 0.1), 110, 120, 80},
               {"flat torus", make_flat_torus(1, 1, 0.03), 4 * 9.8696044 * 5, 20, 200},
               {"square", make_rectangle(1, 1, 0.03), 9.8696044 * 25, 25, 250}};
  for (const auto& [name, mesh, exact, last, start] : cases) {
    CAPTURE(name);
    const BothMasses both(mesh);
    const Resolution estimate = both.estimate(start);
    const double value = eigenpairs(both.consistent, {.count = last + 1}).values[last];
    const double error = value / exact - 1;
    CHECK(estimate.error(exact) > 0.5 * error);
    CHECK(estimate.error(exact) < 2 * error);
  }
}

TEST_CASE("what is called resolved is, though eigenvalues come in multiplets that few counts can miss") {
  for (const double h : {0.2, 0.15, 0.1, 0.07, 0.05}) {
    CAPTURE(h);
    const Mesh mesh = make_sphere(1, h);
    const BothMasses both(mesh);
    const EigenvalueCounter high(both.consistent);
    const EigenvalueCounter low(both.lumped, high);
    const double start = 0.05 * static_cast<double>(both.consistent.size());
    const Resolution found = resolution(high, low, 2, start, {.samples = 1, .least_slope = mass_slope(mesh)});
    // The last multiplet l(l+1) below: at most the tolerance and what the flat cells add, O(h²), too high.
    const auto l = static_cast<std::int64_t>((std::sqrt(1 + 4 * found.resolved_up_to()) - 1) / 2);
    const double top =
        eigenpairs(both.consistent, {.count = (l + 1) * (l + 1), .vectors = false}).values[(l + 1) * (l + 1) - 1];
    CHECK(top / static_cast<double>(l * (l + 1)) - 1 < 1.5 * found.tolerance);
  }
}

TEST_CASE("halving the mesh size quarters the error and quadruples what is resolved") {
  const Resolution coarse = BothMasses(make_sphere(1, 0.1)).estimate(100);
  const Resolution fine = BothMasses(make_sphere(1, 0.05)).estimate(400);
  CHECK(coarse.slope / fine.slope == doctest::Approx(4).epsilon(0.25)); // counts have a resolution of their own
  CHECK(fine.resolved_up_to() == doctest::Approx(fine.tolerance / fine.slope));
}

TEST_CASE("a start that is off by a factor of ten changes little") {
  const BothMasses both(make_torus(1, 0.4, 0.08));
  const double reference = both.estimate(100).slope;
  CHECK(both.estimate(20).slope == doctest::Approx(reference).epsilon(0.35));
  CHECK(both.estimate(300).slope == doctest::Approx(reference).epsilon(0.35));
}

TEST_CASE("N(λ) of a list counts λ itself, with multiplicity") {
  const Spectrum spectrum{.eigenvalues = {0, 2, 2, 2, 6}};
  CHECK(count(spectrum, -1) == 0);
  CHECK(count(spectrum, 0) == 1);
  CHECK(count(spectrum, 1.99) == 1);
  CHECK(count(spectrum, 2) == 4);
  CHECK(count(spectrum, 1e9) == 5);
}
