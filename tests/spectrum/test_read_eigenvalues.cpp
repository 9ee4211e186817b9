// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of eigenvalues from other programs.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/spectrum/read_eigenvalues.hpp"

using namespace weyl;

namespace {

std::vector<double> parse(const std::string& text) { return parse_eigenvalues(text, "list"); }

std::string error_of(const std::string& text) {
  try {
    (void)parse(text);
  } catch (const InputError& e) {
    return e.what();
  }
  return "none";
}

bool starts(const std::string& text, const std::string& beginning) { return text.rfind(beginning, 0) == 0; }

} // namespace

TEST_CASE("the same list in every dialect is the same list") {
  const std::vector<double> list{0, 2, 2, 6.5};
  const char* dialects[] = {
      "0\n2\n2\n6.5\n",
      "0\r\n2\r\n2\r\n6.5",
      "\xEF\xBB\xBF# by hand\n\n0\n2 # twice\n2\n\n6.5e0\n",
      "k,lambda,residual\n0,0,1e-12\n1,2,1e-12\n2,2,1e-12\n3,6.5,1e-12\n",
      "Mode;Eigenvalue\n1;0\n2;2\n3;2\n4;6.5\n",
      "n\tEIGENVALUES\n1\t0\n2\t2\n3\t+2\n4\t6.5\n",
      "index lambda_n\n1 0\n2   2\n3 2\n4 6.5\n",
      "lambda\n0\n2\n2\n6.5\n",
      "[0, 2, 2.0, 6.5]",
      "{\"tool\": \"weyl-spectrum\", \"eigenvalues\": [0, 2, 2, 6.5], \"first\": 0}",
      " Creator: lapy\n Degree: 1\n NumEW: 4\n\nEigenvalues:\n{ 0.0 ; 2 ; 2 ;\n 6.5 }\n\nEigenvectors:\nsizes: 9 "
      "1\n{(1)}\n",
      "Eigenvalues: {0;2;2;6.5}",
  };
  for (const char* text : dialects) {
    CAPTURE(text);
    CHECK(parse(text) == list);
  }
}

TEST_CASE("what is wrong is told with its line") {
  CHECK(starts(error_of("0\n2\nx\n"), "list:3: 'x' is no number"));
  CHECK(starts(error_of("0\nnan\n"), "list:2: "));
  CHECK(starts(error_of("0\n\ninf\n"), "list:3: "));
  CHECK(starts(error_of("0\n1e999\n"), "list:2: "));
  CHECK(starts(error_of("0\n3\n2\n"), "list:3: 2 comes after 3"));
  CHECK(starts(error_of("-1\n3\n"), "list:1: -1 is negative"));
  CHECK(starts(error_of("a,b\n1,2\n"), "list:1: 'a' is no number"));
  CHECK(starts(error_of("1,2\n2,3\n"), "list:1: several columns"));
  CHECK(starts(error_of("k,lambda\n0,0\n1\n"), "list:3: has 1 columns"));
  CHECK(starts(error_of("[1,\n2,\n"), "list:3: is no JSON"));
  CHECK(starts(error_of("{\"values\": [1]}"), "list: has no key"));
  CHECK(starts(error_of("[1, \"2\"]"), "list: entry 1"));
  CHECK(starts(error_of("{\"eigenvalues\": [5, 6], \"first\": 3}"), "list: does not begin"));
  CHECK(starts(error_of("Eigenvalues:\n{ 0 ; 1"), "list: ends inside"));
  for (const char* empty : {"", "\n\n", "# nothing\n", "lambda\n", "[]"}) {
    CHECK(starts(error_of(empty), "list: has no eigenvalues"));
  }
}

TEST_CASE("rounding puts no list out of order") {
  CHECK(parse("-1e-13\n2.0000000001\n2\n") == std::vector<double>{-1e-13, 2, 2.0000000001});
}

TEST_CASE("names of lists are told from names of meshes") {
  for (const char* name : {"a.csv", "b.TXT", "c/d.ev", "e.json", "f.dat", "g.tsv"}) {
    CHECK(names_eigenvalues(name));
  }
  for (const char* name : {"a.off", "-", "csv", "sphere.msh"}) {
    CHECK_FALSE(names_eigenvalues(name));
  }
}
