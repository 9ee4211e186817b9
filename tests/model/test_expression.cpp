// SPDX-License-Identifier: GPL-3.0-or-later
// The grammar of model spaces: what it reads, and where it points when it cannot.

#include <string>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/model/expression.hpp"
#include "weyl/model/model_space.hpp"

using namespace weyl;

namespace {

/// The column that the error of a text names, 0 if there is no error or no column.
int column_of_error(const std::string& text) {
  try {
    model_space(text);
    return 0;
  } catch (const InputError& e) {
    const std::string what = e.what();
    const auto at = what.find("column ");
    CHECK(what.find('\n') == std::string::npos);
    CHECK(what.starts_with(text + ": "));
    return at == std::string::npos ? 0 : std::stoi(what.substr(at + 7));
  }
}

} // namespace

TEST_CASE("an error points at the character that is wrong") {
  CHECK(column_of_error("sphree:2") == 1);
  CHECK(column_of_error("sphere") == 7);
  CHECK(column_of_error("sphere:") == 8);
  CHECK(column_of_error("sphere:x") == 8);
  CHECK(column_of_error("sphere:0") == 8);
  CHECK(column_of_error("sphere:2.5") == 9);
  CHECK(column_of_error("sphere:99999999999999999999") == 8);
  CHECK(column_of_error("sphere:2,3") == 10);
  CHECK(column_of_error("sphere:2 ") == 9);
  CHECK(column_of_error("sphere:2*") == 10);
  CHECK(column_of_error("sphere:2*torus") == 15);
  CHECK(column_of_error("sphere:2^x") == 10);
  CHECK(column_of_error("sphere:2^0") == 10);
  CHECK(column_of_error("sphere:2/X") == 10);
  CHECK(column_of_error("sphere:2/C0") == 10);
  CHECK(column_of_error("sphere:2/SO:1") == 13);
  CHECK(column_of_error("(sphere:2") == 10);
  CHECK(column_of_error("disk:-1") == 6);
  CHECK(column_of_error("disk:0") == 6);
  CHECK(column_of_error("disk:1;robin") == 8);
  CHECK(column_of_error("disk:1;dirichlet*circle:1") == 17);
  CHECK(column_of_error("rectangle:1") == 12);
  CHECK(column_of_error("annulus:2,1") == 11);
  CHECK(column_of_error("lattice:[[1,0],[0]]") == 16);
  CHECK(column_of_error("lattice:[[1,0],[2,0]]") == 1);
  CHECK(column_of_error("lattice:[1,0]") == 10);
  CHECK(column_of_error("lens:4,2") == 1);
  CHECK(column_of_error("sphere:3/Oh") == 10);
  CHECK(column_of_error("sphere:2/S3") == 10);
  CHECK(column_of_error("torus:1,2/S") == 11);
  CHECK(column_of_error("circle:1e999999") == 9);
  CHECK(column_of_error(std::string(1000, '(')) == 102);
}

TEST_CASE("names without a closed form belong to the grammar") {
  for (const char* text : {"lshape", "drum:gww1", "drum:gww2", "ngon:5", "polygon:some/file.txt", "ellipsoid:1,2,3",
                           "revolution-torus:2,1", "bolza", "bolza*circle:1"}) {
    CAPTURE(text);
    CHECK(names_a_model_space(text));
    CHECK_FALSE(has_closed_form(parse_space(text)));
  }
  CHECK(has_closed_form(parse_space("sphere:2*(disk:1;dirichlet)/some/group.json")));
  CHECK_FALSE(names_a_model_space("spheres.off"));
  CHECK_FALSE(names_a_model_space("cow"));
  CHECK_FALSE(names_a_model_space(""));
}

TEST_CASE("a quotient binds tighter than a product, a power tighter than a quotient") {
  const Expression tree = parse_space("circle:1*sphere:2^3/S;dirichlet");
  REQUIRE(tree.kind == Expression::Kind::product);
  CHECK(tree.boundary == Boundary::dirichlet);
  const Expression& quotient = tree.parts[1];
  REQUIRE(quotient.kind == Expression::Kind::quotient);
  CHECK(quotient.name == "S");
  CHECK(quotient.parts[0].exponent == 3);
  CHECK(quotient.column == 21);
}

TEST_CASE("numbers are read exactly") {
  const auto read = [](const std::string& text) {
    std::string_view rest = text;
    Number number;
    REQUIRE(read_number(rest, number));
    CHECK(rest.empty());
    return number;
  };
  CHECK(read("0.1").factor == Rational(1, 10));
  CHECK(read("1e3").factor == 1000);
  CHECK(read("2.50e-1").factor == Rational(1, 4));
  CHECK(read("2/3").factor == Rational(2, 3));
  CHECK(read("3pi/2").pi_power == 1);
  CHECK(read("sqrt(3)/2").square() == Value(Rational(3, 4)));
  CHECK(parse_lambda("5pi^2/4") == Value(0, Rational(5, 4)));
  CHECK(to_string(parse_lambda("1e25")) == "10000000000000000000000000");
  for (const char* wrong : {"", "x", "-1", "nan", "inf", "1e", "1e99999", "2pi", "sqrt(2)", "1/0", "1 ", "0x10"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(parse_lambda(wrong), InputError);
  }
}

TEST_CASE("numbers of the form a + b pi^2 are ordered without rounding") {
  // 22/7 squared and π² differ in the third digit; convergents of π² by less and less.
  CHECK(Value(0, 1) < Value(Rational(484, 49)));
  const Rational close("98696044010893586188344909998761511353137/10000000000000000000000000000000000000000");
  CHECK(Value(0, 1) < Value(close));
  CHECK(Value(close - Rational(1, BigInt("10000000000000000000000000000000000000000"))) < Value(0, 1));
  CHECK(Value(1, 1) == Value(1) + Value(0, 1));
  CHECK_FALSE(Value(close) == Value(0, 1));
}
