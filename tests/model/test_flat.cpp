// SPDX-License-Identifier: GPL-3.0-or-later
// Flat spaces, products and powers against the enumeration of lattice points.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "brute_force.hpp"
#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/model/powers.hpp"

using namespace weyl;
using namespace weyl::test;

namespace {

using std::numbers::pi;

/// What the functions e_k, k ∈ Z^n, give that are told apart by `representative`; none where it is empty.
Multiplicities orbits(int n, std::int64_t top,
                      const std::function<std::vector<int>(const std::vector<int>&)>& representative) {
  Multiplicities result;
  std::set<std::vector<int>> seen;
  lattice_points(n, top, [&](const std::vector<int>& k, std::int64_t norm) {
    const std::vector<int> orbit = representative(k);
    result[norm] += !orbit.empty() && seen.insert(orbit).second ? 1 : 0;
  });
  std::erase_if(result, [](const auto& entry) { return entry.second == 0; });
  return result;
}

std::vector<int> sorted(std::vector<int> k) {
  std::ranges::sort(k);
  return k;
}

std::vector<int> least_shift(std::vector<int> k) {
  std::vector<int> least = k;
  for (std::size_t i = 0; i < k.size(); ++i) {
    std::ranges::rotate(k, k.begin() + 1);
    least = std::min(least, k);
  }
  return least;
}

std::vector<int> even_orbit(std::vector<int> k) { // the alternating group: sorted, with the sign if entries differ
  bool even = true;
  for (std::size_t i = 0; i < k.size(); ++i) {
    for (std::size_t j = i + 1; j < k.size(); ++j) {
      even = even != (k[i] > k[j]);
    }
  }
  std::vector<int> result = sorted(k);
  const bool distinct = std::ranges::adjacent_find(result) == result.end();
  result.push_back(distinct && !even ? 1 : 0);
  return result;
}

void check_counts_are_sums_of_levels(const std::string& name, double top) {
  CAPTURE(name);
  const ModelSpace space = model_space(name);
  const auto levels = space.levels({Value(Rational(top))});
  BigInt sum = 0;
  for (const Level& level : levels) {
    if (level.value.exact()) {
      CHECK(count_below(space, level.value) == sum);
    }
    sum += level.multiplicity;
    if (level.value.exact()) {
      CHECK(count(space, level.value) == sum);
    }
  }
  CHECK(count(space, Value(Rational(top))) == sum);
  CHECK(std::ranges::is_sorted(levels, {}, &Level::value));
}

} // namespace

TEST_CASE("the torus and its quotients have the orbits of lattice points") {
  for (const int n : {1, 2, 3, 4}) {
    const std::int64_t top = n < 4 ? 60 : 16;
    const std::string torus = "torus:" + std::to_string(n);
    CAPTURE(torus);
    CHECK(multiplicities(torus, top) == orbits(n, top, [](const std::vector<int>& k) { return k; }));
    CHECK(multiplicities(torus + "/S", top) == orbits(n, top, sorted));
    CHECK(multiplicities(torus + "/C", top) == orbits(n, top, least_shift));
    CHECK(multiplicities(torus + "/A", top) == orbits(n, top, even_orbit));
    CHECK(multiplicities(torus + "/B", top) == orbits(n, top, [](std::vector<int> k) {
            std::ranges::for_each(k, [](int& x) { x = std::abs(x); });
            return sorted(k);
          }));
    CHECK(multiplicities(torus + "/antipodal", top) == orbits(n, top, [](std::vector<int> k) {
            std::vector<int> minus = k;
            std::ranges::for_each(minus, [](int& x) { x = -x; });
            return std::max(k, minus);
          }));
  }
  // Odd under transpositions: sets of distinct entries.
  CHECK(multiplicities("torus:3/S;dirichlet", 60) == orbits(3, 60, [](const std::vector<int>& k) {
          std::vector<int> s = sorted(k);
          return std::ranges::adjacent_find(s) == s.end() ? s : std::vector<int>{};
        }));
}

TEST_CASE("counts are sums of levels, also at eigenvalues") {
  for (const char* name : {"circle:1",
                           "circle:2pi",
                           "interval:0.7",
                           "(interval:2;dirichlet)",
                           "rectangle:1,1.25",
                           "box:1,2,3",
                           "torus:5",
                           "torus:1,2",
                           "torus:1,2pi",
                           "klein:1,1",
                           "klein:1,0.3",
                           "mobius:1,2",
                           "(mobius:1,2;dirichlet)",
                           "equilateral:1",
                           "(equilateral:1;dirichlet)",
                           "lattice:[[1,0],[1/2,sqrt(3)/2]]",
                           "lattice:[[1,0],[0.3,1.1]]",
                           "lattice:[[1,0,0],[1/2,1/2,0],[0,1/2,1/2]]",
                           "sphere:2*circle:1",
                           "sphere:2*sphere:3",
                           "sphere:2^3/S",
                           "(sphere:2*circle:1)^2/S",
                           "sphere:2^3/C",
                           "sphere:2^3/A",
                           "interval:1^4/S",
                           "(interval:1;dirichlet)^3/S",
                           "torus:2/S",
                           "disk:1",
                           "annulus:0.5,1",
                           "sphere:2*disk:1",
                           "(disk:1)^2/S"}) {
    check_counts_are_sums_of_levels(name, 150);
  }
}

TEST_CASE("different ways to one space agree") {
  const auto same = [](const std::string& a, const std::string& b) {
    CAPTURE(a);
    CAPTURE(b);
    const ModelSpace x = model_space(a);
    const ModelSpace y = model_space(b);
    CHECK(x.dimension == y.dimension);
    CHECK(static_cast<double>(x.volume) == doctest::Approx(static_cast<double>(y.volume)));
    CHECK(static_cast<double>(x.walls) == doctest::Approx(static_cast<double>(y.walls)));
    for (const double lambda : {0.0, 3.0, 40.0, 77.7, 500.0}) {
      CHECK(count(x, Value(Rational(lambda))) == count(y, Value(Rational(lambda))));
    }
    const auto levels = x.levels({Value(300)});
    const auto others = y.levels({Value(300)});
    REQUIRE(levels.size() == others.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
      CHECK(coincide(levels[i].value, others[i].value));
      CHECK(levels[i].multiplicity == others[i].multiplicity);
    }
  };
  same("torus:1,2,3", "lattice:[[1,0,0],[0,2,0],[0,0,3]]");
  same("torus:3", "circle:2pi^3");
  same("torus:1,1,1/S", "circle:1^3/S");
  same("torus:2,2/antipodal", "lattice:[[2,0],[4,2]]/antipodal");
  same("lattice:[[1,0],[0,2]]", "lattice:[[1,0],[7,2]]");
  same("lattice:[[1,sqrt(2)],[0,3]]", "lattice:[[1,sqrt(2)],[0,-3]]");
  same("circle:2/antipodal", "interval:1");
  same("rectangle:1,2", "interval:1*interval:2");
  same("box:1,1,1", "interval:1^3");
  same("sphere:1", "circle:2pi");
  same("sphere:2/antipodal", "rp:2");
  same("sphere:2/S2", "rp:2");
  same("sphere:3/antipodal", "lens:2,1");
  same("hemisphere:2", "sphere:2/Cs");
  same("hemisphere:2;dirichlet", "sphere:2/Cs;dirichlet");
  same("ball:1,0.5", "interval:1");
  same("ball:2,0.5", "disk:0.5");
  same("interval:1^2/S;dirichlet", "(interval:1)^2/S;dirichlet");
}

TEST_CASE("the flat Klein bottle and the Moebius strip have the modes of their double covers") {
  // Functions on the torus a × b with f(x + a/2, −y) = f(x, y): n = 0 with m even; n ≥ 1 once for every m.
  const ModelSpace klein = model_space("klein:2pi,2pi");
  for (int lambda = 0; lambda <= 50; ++lambda) {
    int expected = 0;
    for (int m = -8; m <= 8; ++m) {
      for (int n = 0; n <= 8; ++n) {
        expected += m * m + n * n <= lambda && (n > 0 || m % 2 == 0) ? 1 : 0;
      }
    }
    CHECK(count(klein, Value(lambda)) == expected);
  }
  // The Neumann and the Dirichlet strip together are a Klein bottle: the strip's double.
  const ModelSpace neumann = model_space("mobius:1,0.5");
  const ModelSpace dirichlet = model_space("mobius:1,0.5;dirichlet");
  const ModelSpace doubled = model_space("klein:2,1");
  for (const int lambda : {0, 10, 50, 100, 1000, 10000}) {
    CHECK(count(neumann, Value(lambda)) + count(dirichlet, Value(lambda)) == count(doubled, Value(lambda)));
  }
}

TEST_CASE("a torus modulo affine maps: Klein bottle, pillow, a rotation, a glide without and with fixed points") {
  const TempDir folder;
  const auto same = [&](const std::string& name, const std::string& generators, const std::string& torus,
                        const std::string& other) {
    CAPTURE(other);
    const std::string text = torus + "/" + folder.write(name, generators);
    const ModelSpace x = model_space(text);
    const ModelSpace y = model_space(other);
    CHECK(static_cast<double>(x.volume) == doctest::Approx(static_cast<double>(y.volume)));
    CHECK(static_cast<double>(x.walls) == doctest::Approx(static_cast<double>(y.walls)));
    for (const int lambda : {0, 39, 40, 100, 400, 1000}) {
      CHECK(count(x, Value(lambda)) == count(y, Value(lambda)));
    }
  };
  same("klein.json", R"([{"matrix": [[1,0],[0,-1]], "translation": ["1/2", 0]}])", "torus:1,1.5", "klein:1,1.5");
  same("pillow.json", R"({"generators": [[[-1,0],[0,-1]]]})", "torus:1,2", "torus:1,2/antipodal");
  same("cylinder.json", R"([[[1,0],[0,-1]]])", "torus:1,2", "circle:1*interval:1");
  same("box.json", R"([[[1,0],[0,-1]],[[-1,0],[0,1]]])", "torus:2,4", "rectangle:1,2");
  same("swap.json", R"([[[0,1],[1,0]]])", "torus:1,1", "torus:1,1/S");
  same("mobius.json", R"([{"matrix": [[0,1],[1,0]], "translation": [0, 0]}])", "lattice:[[1,1/2],[1,-1/2]]",
       "mobius:1,0.5");
  same("shift.json", R"([{"matrix": [[1,0],[0,1]], "translation": ["1/3", 0]}])", "torus:3,1", "torus:1,1");
  const auto refuses = [&](const std::string& text) {
    CHECK_THROWS_AS(model_space("torus:1,2/" + folder.write("bad.json", text)), InputError);
  };
  refuses("[[[0,1],[1,0]]]");   // no isometry
  refuses("[[[0.5,0],[0,1]]]"); // not whole
  refuses("[[[1,0,0],[0,1,0],[0,0,1]]]");
  refuses(R"([{"matrix": [[1,0],[0,1]], "translation": [0]}])");
  refuses(R"([{"matrix": [[1,0],[0,1]], "translation": ["pi", 0]}])");
  refuses(R"([{"matrix": [[1,0],[0,1]], "translation": ["1/1000003", 0]}])"); // too large a group
}

TEST_CASE("a symmetric power counts multisets of modes, from a list of eigenvalues too") {
  const Spectrum modes{.eigenvalues = {0, 1.1, 1.1, 2.3, 3.7, 3.7, 3.7, 5.05, 6.0, 7.25},
                       .geometry = {.dimension = 2, .volume = 4.0}};
  const ModelSpace listed = listed_space(modes);
  CHECK(count(listed, Value(Rational(3.7))) == 7);
  CHECK_THROWS_AS(count(listed, Value(8)), NumericalError);
  // Through the library: the same list as factor of a power, against all multisets of three indices.
  int multisets = 0;
  const auto& x = modes.eigenvalues;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = i; j < x.size(); ++j) {
      for (std::size_t k = j; k < x.size(); ++k) {
        multisets += x[i] + x[j] + x[k] <= 7.2 ? 1 : 0;
      }
    }
  }
  CHECK(count(model::symmetric_power(listed, 3), Value(Rational(7.2))) == multisets);
  CHECK(model::symmetric_power(listed, 3).dimension == 6);
}

TEST_CASE("hundreds of factors are no obstacle") {
  // T^n/S_n for λ < n: at most λ entries are not 0, so that n no longer matters.
  const BigInt many = count(model_space("torus:300/S"), Value(40));
  CHECK(many == count(model_space("torus:40/S"), Value(40)));
  CHECK(count(model_space("torus:300/S"), Value(1)) == 3);
  const ModelSpace space = model_space("torus:300/S");
  CHECK(space.volume > 0); // (2π)^300/300! is below what a double holds
  CHECK(std::isfinite(static_cast<double>(std::log(space.volume))));
}

TEST_CASE("the ratio to Weyl's law tends to 1, with its second term faster") {
  struct Case {
    const char* name;
    double lambda;
    double tolerance; ///< of N over two terms: relative remainder O(λ^{−1/2}) or better
  };
  for (const Case& c : std::vector<Case>{{"sphere:2", 1e12, 1e-5},     {"sphere:5/S", 1e10, 1e-3},
                                         {"sphere:3/2I", 1e10, 1e-3},  {"sphere:2/Ih", 1e12, 1e-4},
                                         {"sphere:2/D5d", 1e12, 1e-4}, {"lens:7,3", 1e10, 1e-3},
                                         {"cp:3", 1e12, 1e-4},         {"torus:2", 1e8, 1e-5},
                                         {"klein:1,2", 1e8, 1e-5},     {"mobius:1,2", 1e8, 1e-5},
                                         {"rectangle:1,2", 1e8, 1e-5}, {"box:1,2,3", 1e5, 1e-3},
                                         {"equilateral:1", 1e8, 1e-5}, {"lattice:[[1,0],[1/2,sqrt(3)/2]]", 1e8, 1e-5},
                                         {"torus:3/S", 1e4, 2e-2},     {"sphere:2^2/S", 1e5, 2e-2},
                                         {"disk:1", 1e4, 1e-2},        {"annulus:0.5,1", 1e4, 1e-2},
                                         {"ball:3,1", 3e3, 3e-2},      {"cap:2,2", 3e3, 1e-2},
                                         {"cap:3,1", 3e3, 3e-2},       {"sphere:2*interval:1", 1e5, 1e-3}}) {
    for (const Boundary condition : {Boundary::neumann, Boundary::dirichlet}) {
      const std::string name = c.name;
      if (condition == Boundary::dirichlet && name == "sphere:2/D5d") {
        continue; // no closed form there
      }
      CAPTURE(name);
      const ModelSpace space = model_space(name, condition);
      const double n = count(space, Value(Rational(c.lambda))).convert_to<double>();
      CHECK(n / static_cast<double>(weyl_count_two_term(space, c.lambda)) == doctest::Approx(1).epsilon(c.tolerance));
    }
  }
}

TEST_CASE("what would take too long is refused with a bound") {
  const auto refused = [](const std::string& name, const char* lambda) {
    CAPTURE(name);
    CHECK_THROWS_AS(count(model_space(name), parse_lambda(lambda)), NumericalError);
  };
  refused("torus:10", "1e12");
  refused("torus:100/S", "1e8");
  refused("sphere:40/S", "1e20");
  refused("sphere:696/C", "3"); // numbers of thousands of digits
  refused("lattice:[[1,0,0],[0,1,0],[1/2,1/3,1/5]]", "1e15");
  refused("disk:1", "1e9");
  refused("annulus:0.5,1", "1e9");
  refused("circle:1", "1e200"); // no multiple of π², and too many digits to divide by it
  refused("(disk:1*circle:1)^50/S", "1e5");
}
