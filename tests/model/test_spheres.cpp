// SPDX-License-Identifier: GPL-3.0-or-later
// Spheres and their quotients against brute force, closed forms and each other.

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <Eigen/Geometry>
#include <doctest/doctest.h>

#include "brute_force.hpp"
#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/model/molien.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

Eigen::MatrixXd rotation(int n, int i, int j, double angle) {
  Eigen::MatrixXd g = Eigen::MatrixXd::Identity(n, n);
  g(i, i) = g(j, j) = std::cos(angle);
  g(j, i) = std::sin(angle);
  g(i, j) = -g(j, i);
  return g;
}

Eigen::MatrixXd permutation(const std::vector<int>& images) {
  const auto n = static_cast<Eigen::Index>(images.size());
  Eigen::MatrixXd g = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    g(images[static_cast<std::size_t>(i)], i) = 1;
  }
  return g;
}

Eigen::MatrixXd flip(int n, int axis) {
  Eigen::MatrixXd g = Eigen::MatrixXd::Identity(n, n);
  g(axis, axis) = -1;
  return g;
}

/// The multiplicity of degree k in a quotient of S^d, k ≤ top, from its levels.
std::vector<BigInt> degrees(const std::string& space, int d, int top) {
  std::vector<BigInt> result(static_cast<std::size_t>(top) + 1);
  for (const Level& level : model_space(space).levels({Value(Rational(top) * (top + d - 1))})) {
    const double half = 0.5 * (d - 1);
    result[static_cast<std::size_t>(std::lround(std::sqrt(level.value.approximate() + half * half) - half))] =
        level.multiplicity;
  }
  return result;
}

using std::numbers::pi;

/// Generators of the Schoenflies groups in three dimensions, the axis along z, a mirror through x or an axis along x.
std::vector<Eigen::MatrixXd> point_group_generators(const std::string& name) {
  const Eigen::MatrixXd inversion = -Eigen::MatrixXd::Identity(3, 3);
  const Eigen::MatrixXd threefold = permutation({1, 2, 0});
  const Eigen::MatrixXd twofold = rotation(3, 0, 1, pi);
  const Eigen::Vector3d vertex(0, 1, (1 + std::sqrt(5.0)) / 2); // of the icosahedron with a threefold axis (1, 1, 1)
  const Eigen::MatrixXd fivefold = Eigen::AngleAxisd(2 * pi / 5, vertex.normalized()).toRotationMatrix();
  if (name == "T") {
    return {threefold, twofold};
  }
  if (name == "Td") {
    return {threefold, twofold, permutation({1, 0, 2})};
  }
  if (name == "Th") {
    return {threefold, twofold, inversion};
  }
  if (name == "O") {
    return {threefold, rotation(3, 0, 1, pi / 2)};
  }
  if (name == "Oh") {
    return {threefold, rotation(3, 0, 1, pi / 2), inversion};
  }
  if (name == "I") {
    return {threefold, twofold, fivefold};
  }
  if (name == "Ih") {
    return {threefold, twofold, fivefold, inversion};
  }
  const int n = std::stoi(name.substr(1));
  const Eigen::MatrixXd turn = rotation(3, 0, 1, 2 * pi / n);
  const Eigen::MatrixXd axis = rotation(3, 1, 2, pi);
  const char suffix = name.back();
  if (name[0] == 'S') {
    return {turn * flip(3, 2)};
  }
  if (name[0] == 'C') {
    return suffix == 'v'   ? std::vector<Eigen::MatrixXd>{turn, flip(3, 0)}
           : suffix == 'h' ? std::vector<Eigen::MatrixXd>{turn, flip(3, 2)}
                           : std::vector<Eigen::MatrixXd>{turn};
  }
  if (suffix == 'h') {
    return {turn, axis, flip(3, 2)};
  }
  return suffix == 'd' ? std::vector<Eigen::MatrixXd>{rotation(3, 0, 1, pi / n) * flip(3, 2), flip(3, 0)}
                       : std::vector<Eigen::MatrixXd>{turn, axis};
}

} // namespace

TEST_CASE("a sphere has the eigenvalues k(k+d-1) with the multiplicities of harmonic polynomials") {
  CHECK(multiplicities("sphere:1", 9) == Multiplicities{{0, 1}, {1, 2}, {4, 2}, {9, 2}});
  CHECK(multiplicities("sphere:2", 12) == Multiplicities{{0, 1}, {2, 3}, {6, 5}, {12, 7}});
  CHECK(multiplicities("sphere:3", 15) == Multiplicities{{0, 1}, {3, 4}, {8, 9}, {15, 16}});
  CHECK(multiplicities("rp:2", 20) == Multiplicities{{0, 1}, {6, 5}, {20, 9}});
  CHECK(multiplicities("cp:1", 24) == Multiplicities{{0, 1}, {8, 3}, {24, 5}}); // the sphere of radius 1/2
  CHECK(multiplicities("cp:2", 32) == Multiplicities{{0, 1}, {12, 8}, {32, 27}});
}

TEST_CASE("a count far beyond enumeration is that of the closed form") {
  // N(λ_k) = C(k+d, d) + C(k+d−1, d) (theory of spherical harmonics); at λ_k, and just below.
  const BigInt k("123456789012345678901");
  for (const int d : {1, 2, 3, 10, 30}) {
    const ModelSpace sphere = model_space("sphere:" + std::to_string(d));
    const Value lambda{Rational(k * (k + d - 1))};
    const BigInt expected = binomial(k + d, d) + binomial(k + d - 1, d);
    CHECK(count(sphere, lambda) == expected);
    CHECK(count_below(sphere, lambda) == binomial(k - 1 + d, d) + binomial(k + d - 2, d));
  }
  const ModelSpace projective = model_space("sphere:30/antipodal");
  CHECK(count(projective, Value(Rational(k * (k + 29)))) ==
        binomial(k - 1 + 30, 30)); // even polynomials of degree k − 1
}

TEST_CASE("point groups have the invariants that their matrices have") {
  for (const char* name :
       {"C1",  "C2",  "C3",  "C5",  "C2v", "C3v", "C5v", "C1h", "C2h", "C3h", "C5h", "D2", "D3", "D5", "D2h", "D3h",
        "D5h", "D2d", "D3d", "D5d", "S2",  "S4",  "S6",  "S10", "T",   "Td",  "Th",  "O",  "Oh", "I",  "Ih"}) {
    CAPTURE(name);
    const FiniteGroup group = generate_group(point_group_generators(name), name);
    const ModelSpace space = model_space(std::string("sphere:2/") + name);
    CHECK(static_cast<double>(space.volume) == doctest::Approx(4 * pi / static_cast<double>(group.order)));
    CHECK(static_cast<double>(space.boundary_volume) ==
          doctest::Approx(4 * pi * static_cast<double>(group.reflections) / static_cast<double>(group.order)));
    CHECK(degrees(std::string("sphere:2/") + name, 2, 60) == invariant_harmonics(group, 61));
  }
}

TEST_CASE("permutation groups of the coordinates have the invariants that their matrices have") {
  for (const int n : {2, 3, 4, 5}) {
    CAPTURE(n);
    std::vector<int> cycle;
    std::vector<int> swap;
    std::vector<int> three;
    for (int i = 0; i < n; ++i) {
      cycle.push_back((i + 1) % n);
      swap.push_back(i < 2 ? 1 - i : i);
    }
    const std::string sphere = "sphere:" + std::to_string(n - 1) + "/";
    const auto check = [&](const std::string& name, const std::vector<Eigen::MatrixXd>& generators) {
      CAPTURE(name);
      const FiniteGroup group = generate_group(generators, name);
      CHECK(degrees(sphere + name, n - 1, 40) == invariant_harmonics(group, 41));
      const ModelSpace space = model_space(sphere + name);
      const ModelSpace whole = model_space("sphere:" + std::to_string(n - 1));
      CHECK(static_cast<double>(space.volume * static_cast<long double>(group.order)) ==
            doctest::Approx(static_cast<double>(whole.volume)));
      CHECK((space.boundary_volume > 0) == (group.reflections > 0));
    };
    check("S", {permutation(cycle), permutation(swap)});
    check("C", {permutation(cycle)});
    check("B", {permutation(cycle), permutation(swap), flip(n, 0)});
    check("antipodal", {-Eigen::MatrixXd::Identity(n, n)});
    std::vector<Eigen::MatrixXd> even{Eigen::MatrixXd::Identity(n, n)};
    for (int i = 2; i < n; ++i) {
      std::vector<int> images(static_cast<std::size_t>(n));
      for (int j = 0; j < n; ++j) {
        images[static_cast<std::size_t>(j)] = j == 0 ? 1 : j == 1 ? i : j == i ? 0 : j;
      }
      even.push_back(permutation(images));
    }
    check("A", even);
  }
}

TEST_CASE("the sum over the isotypic parts of a reflection is the sphere") {
  for (const int d : {2, 3, 7}) {
    const std::string name = "hemisphere:" + std::to_string(d);
    const ModelSpace even = model_space(name);
    const ModelSpace odd = model_space(name + ";dirichlet");
    const ModelSpace sphere = model_space("sphere:" + std::to_string(d));
    for (const int lambda : {0, 1, 2, 50, 1000, 123456}) {
      CHECK(count(even, Value(lambda)) + count(odd, Value(lambda)) == count(sphere, Value(lambda)));
    }
  }
  // S_n is the even part of A_n: what is odd under transpositions is the Dirichlet problem of the chamber.
  const ModelSpace chamber = model_space("sphere:4/S");
  const ModelSpace dirichlet = model_space("sphere:4/S;dirichlet");
  const ModelSpace doubled = model_space("sphere:4/A");
  for (const int lambda : {0, 10, 500, 3000}) {
    CHECK(count(chamber, Value(lambda)) + count(dirichlet, Value(lambda)) == count(doubled, Value(lambda)));
  }
}

TEST_CASE("the Poincare sphere begins with 168, thirteen times") {
  CHECK(multiplicities("sphere:3/2I", 440) == Multiplicities{{0, 1}, {168, 13}, {440, 21}});
  CHECK(static_cast<double>(model_space("sphere:3/2I").volume) == doctest::Approx(2 * pi * pi / 120));
  // 2T ⊂ 2O and 2T ⊂ 2I: fewer invariants in the larger group.
  for (const int lambda : {1000, 5000}) {
    CHECK(count(model_space("sphere:3/2T"), Value(lambda)) > count(model_space("sphere:3/2O"), Value(lambda)));
    CHECK(count(model_space("sphere:3/2O"), Value(lambda)) > count(model_space("sphere:3/2I"), Value(lambda)));
  }
}

TEST_CASE("rotations of k coordinates leave the polynomials in the others and r^2") {
  CHECK(multiplicities("sphere:3/SO:3", 24) == Multiplicities{{0, 1}, {3, 1}, {8, 1}, {15, 1}, {24, 1}});
  CHECK(multiplicities("sphere:3/SO:2", 15) == Multiplicities{{0, 1}, {3, 2}, {8, 3}, {15, 4}});
  const ModelSpace space = model_space("sphere:5/SO:5"); // N̄ = √λ + ½ − (d−1)/2: three terms of Weyl's law
  CHECK(space.dimension == 1);
  CHECK(static_cast<double>(space.volume) == doctest::Approx(pi));
  const double lambda = 1e8;
  CHECK(static_cast<double>(weyl_count_two_term(space, lambda)) == doctest::Approx(1e4 - 1.5));
  CHECK(std::abs(count(space, Value(100000000)).convert_to<double>() - (1e4 - 1.5)) < 1);
}

TEST_CASE("lens spaces count the invariants of their cyclic group") {
  CHECK(degrees("lens:5,2", 3, 8) == std::vector<BigInt>{1, 0, 1, 4, 5, 8, 9, 12, 17});
  CHECK(degrees("lens:1,1", 3, 20) == degrees("sphere:3", 3, 20));
  CHECK(degrees("lens:2,1,1", 5, 20) == degrees("rp:5", 5, 20));
  // L(p; q) depends on q only up to sign and inverse.
  CHECK(degrees("lens:7,2", 3, 60) == degrees("lens:7,4", 3, 60));
  CHECK(degrees("lens:7,2", 3, 60) == degrees("lens:7,-2", 3, 60));
  CHECK(degrees("lens:7,2", 3, 60) != degrees("lens:7,1", 3, 60));
  // Ikeda 1980: L(11; 1, 2, 3) and L(11; 1, 2, 4) are isospectral; the series over one denominator prove it for all k.
  const RationalSeries a = molien_series(cyclic_group(11, {1, 2, 3}));
  const RationalSeries b = molien_series(cyclic_group(11, {1, 2, 4}));
  CHECK(a.numerator == b.numerator);
  CHECK(a.exponents == b.exponents);
}

TEST_CASE("a Molien series predicts the degrees it was not made from") {
  const FiniteGroup group = generate_group(point_group_generators("I"), "I");
  CHECK(group.order == 60);
  CHECK(group.exponent == 30);
  CHECK(group.classes.size() == 5); // 1 + 15 + 20 + 12 + 12
  const RationalSeries series = molien_series(group);
  CHECK(coefficients(series, 400) == invariant_harmonics(group, 400));
  BigInt sum = 0;
  for (const BigInt& m : invariant_harmonics(group, 400)) {
    sum += m;
  }
  CHECK(partial_sum(series, 399) == sum);
}

TEST_CASE("a group from a file acts as its matrices do, or is refused with the reason") {
  const TempDir folder;
  const std::string good =
      folder.write("c5.json", R"({"generators": [[["0.30901699437494742410","-0.95105651629515357212",0],
    ["0.95105651629515357212","0.30901699437494742410",0],[0,0,1]]]})");
  CHECK(degrees("sphere:2/" + good, 2, 40) == degrees("sphere:2/C5", 2, 40));
  const auto refuses = [&](const std::string& name, const std::string& text, const std::string& reason) {
    const std::string path = folder.write(name, text);
    try {
      model_space("sphere:2/" + path);
      FAIL("accepted: " << text);
    } catch (const InputError& e) {
      CHECK(std::string(e.what()).find(reason) != std::string::npos);
      CHECK(std::string(e.what()).find(name) != std::string::npos);
    }
  };
  refuses("empty.json", "", "is no JSON document");
  refuses("none.json", "[]", "list of generators");
  refuses("ragged.json", "[[[1,0,0],[0,1],[0,0,1]]]", "one length");
  refuses("word.json", R"([[["x",0,0],[0,1,0],[0,0,1]]])", "not a number");
  refuses("long.json", "[[[2,0,0],[0,1,0],[0,0,1]]]", "not orthogonal");
  refuses("wide.json", "[[[1,0],[0,1]]]", "2 x 2");
  // An irrational turn: infinitely many elements.
  refuses("infinite.json", R"([[["0.6","-0.8",0],["0.8","0.6",0],[0,0,1]]])", "group");
}
