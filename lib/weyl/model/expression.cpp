// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/expression.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr int unlimited = std::numeric_limits<int>::max();
constexpr int largest_dimension = 1000;
constexpr int largest_order = 20000; ///< of the group of a lens space

/// What an atom takes after its colon: first whole numbers, then lengths.
struct Atom {
  const char* name;
  int integers;      ///< leading whole numbers; all for lens and ngon
  int least;         ///< numbers at least
  int most;          ///< numbers at most
  const char* usage; ///< shown in errors
  bool closed_form = true;
};

constexpr std::array atoms{
    Atom{"sphere", 1, 1, 1, "sphere:D"},
    Atom{"rp", 1, 1, 1, "rp:D"},
    Atom{"cp", 1, 1, 1, "cp:N"},
    Atom{"lens", unlimited, 2, 50, "lens:p,q"},
    Atom{"torus", 0, 1, largest_dimension, "torus:D or torus:a,b,..."},
    Atom{"lattice", 0, 0, 0, "lattice:[[..],[..]]"},
    Atom{"klein", 0, 2, 2, "klein:a,b"},
    Atom{"mobius", 0, 2, 2, "mobius:a,b"},
    Atom{"interval", 0, 1, 1, "interval:L"},
    Atom{"circle", 0, 1, 1, "circle:L"},
    Atom{"rectangle", 0, 2, 2, "rectangle:a,b"},
    Atom{"box", 0, 3, 3, "box:a,b,c"},
    Atom{"disk", 0, 1, 1, "disk:R"},
    Atom{"annulus", 0, 2, 2, "annulus:r,R"},
    Atom{"ball", 1, 2, 2, "ball:D,R"},
    Atom{"equilateral", 0, 1, 1, "equilateral:a"},
    Atom{"hemisphere", 1, 1, 1, "hemisphere:D"},
    Atom{"cap", 1, 2, 2, "cap:D,angle"},
    Atom{"file", 0, 0, 0, "file:PATH"},
    Atom{"lshape", 0, 0, 0, "lshape", false},
    Atom{"drum", 0, 0, 0, "drum:gww1 or drum:gww2", false},
    Atom{"ngon", 1, 1, 1, "ngon:N", false},
    Atom{"polygon", 0, 0, 0, "polygon:FILE", false},
    Atom{"ellipsoid", 0, 3, 3, "ellipsoid:a,b,c", false},
    Atom{"revolution-torus", 0, 2, 2, "revolution-torus:R,r", false},
    Atom{"bolza", 0, 0, 0, "bolza", false},
};

const Atom* find_atom(std::string_view name) {
  const auto* found = std::ranges::find_if(atoms, [&](const Atom& atom) { return name == atom.name; });
  return found == atoms.end() ? nullptr : found;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }

/// The longest beginning of `text` of the form name or name-name.
std::string_view leading_name(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (letter(text[end]) || (end > 0 && text[end] == '-'))) {
    ++end;
  }
  return text.substr(0, end);
}

/// Reads from left to right; every function leaves the position behind what it has read.
class Parser {
public:
  explicit Parser(const std::string& text) : text_(text), rest_(text_) {}

  Expression whole() {
    Expression result = space();
    if (!rest_.empty()) {
      fail(result.boundary ? "the end (put a condition for one factor in parentheses with it)"
                           : "one of * ^ / ; or the end");
    }
    return result;
  }

private:
  const std::string& text_;
  std::string_view rest_;
  int depth_ = 0;

  [[nodiscard]] std::size_t column() const { return text_.size() - rest_.size() + 1; }

  [[noreturn]] void fail(const std::string& expected) const { fail_at(column(), expected); }

  [[noreturn]] void fail_at(std::size_t column, const std::string& expected) const {
    const std::string found = column > text_.size() ? "it ends here" : fmt::format("found '{}'", text_[column - 1]);
    refuse(text_, column, fmt::format("expected {}, but {}", expected, found));
  }

  bool take(std::string_view token) {
    const bool found = rest_.starts_with(token);
    rest_.remove_prefix(found ? token.size() : 0);
    return found;
  }

  void need(std::string_view token) {
    if (!take(token)) {
      fail(fmt::format("'{}'", token));
    }
  }

  Expression space() {
    Expression result = product();
    if (take(";")) {
      if (take("neumann")) {
        result.boundary = Boundary::neumann;
      } else if (take("dirichlet")) {
        result.boundary = Boundary::dirichlet;
      } else {
        fail("neumann or dirichlet");
      }
    }
    return result;
  }

  Expression product() {
    Expression first = quotient();
    if (!rest_.starts_with('*')) {
      return first;
    }
    Expression result{.kind = Expression::Kind::product, .column = first.column};
    result.parts.push_back(std::move(first));
    while (take("*")) {
      result.parts.push_back(quotient());
    }
    return result;
  }

  Expression quotient() {
    Expression result = power();
    while (take("/")) {
      Expression outer{.kind = Expression::Kind::quotient, .column = column()};
      group(outer);
      outer.parts.push_back(std::move(result));
      result = std::move(outer);
    }
    return result;
  }

  Expression power() {
    Expression base = atom();
    if (!take("^")) {
      return base;
    }
    Expression result{.kind = Expression::Kind::power, .column = base.column};
    result.exponent = whole_number("the exponent", 1, 10000);
    result.parts.push_back(std::move(base));
    return result;
  }

  Expression atom() {
    if (take("(")) {
      if (++depth_ > 100) {
        fail("fewer than 100 parentheses");
      }
      Expression result = space();
      need(")");
      --depth_;
      return result;
    }
    const std::string_view name = leading_name(rest_);
    const Atom* known = find_atom(name);
    if (known == nullptr) {
      fail("the name of a space (sphere, rp, cp, lens, torus, lattice, klein, mobius, interval, circle, rectangle, "
           "box, disk, annulus, ball, equilateral, hemisphere, cap, file)");
    }
    Expression result{.name = known->name, .column = column()};
    rest_.remove_prefix(name.size());
    arguments(*known, result);
    return result;
  }

  void arguments(const Atom& atom, Expression& result) {
    if (result.name == "lattice") {
      need(":");
      lattice(result);
    } else if (result.name == "drum") {
      need(":");
      result.file = take("gww1") ? "gww1" : take("gww2") ? "gww2" : "";
      if (result.file.empty()) {
        fail("gww1 or gww2");
      }
    } else if (result.name == "polygon") {
      need(":");
      result.file = rest_;
      if (rest_.empty()) {
        fail("the name of a file");
      }
      rest_ = {};
    } else if (result.name == "file") {
      need(":");
      result.file = rest_.substr(0, rest_.find_first_of("*^;()"));
      if (result.file.empty()) {
        fail("the name of a file");
      }
      rest_.remove_prefix(result.file.size());
    } else if (atom.most > 0) {
      if (!take(":")) {
        fail(fmt::format("':' ({})", atom.usage));
      }
      numbers(atom, result);
    }
  }

  void numbers(const Atom& atom, Expression& result) {
    do {
      const auto i = static_cast<int>(result.numbers.size());
      if (i == atom.most) {
        fail(fmt::format("no more numbers ({})", atom.usage));
      }
      if (result.name == "lens") {
        result.numbers.push_back(
            {.factor = whole_number(i == 0 ? "p" : "q", i == 0 ? 1 : -largest_order, largest_order)});
      } else if (i < atom.integers) {
        const bool sides = result.name == "ngon";
        result.numbers.push_back({.factor = whole_number(sides ? "the number of sides" : "the dimension", sides ? 3 : 1,
                                                         sides ? 1000000 : largest_dimension)});
      } else {
        result.numbers.push_back(length());
      }
    } while (take(","));
    if (static_cast<int>(result.numbers.size()) < atom.least) {
      fail(fmt::format("',' and another number ({})", atom.usage));
    }
    const auto size = result.numbers.size();
    if (result.name == "annulus" && result.numbers[size - 2].approximate() >= result.numbers[size - 1].approximate()) {
      fail_at(column() - 1, "an outer radius above the inner one");
    }
  }

  Number number(const std::string& what) {
    std::string_view after = rest_;
    Number result;
    if (!read_number(after, result)) {
      rest_ = after;
      fail(what);
    }
    rest_ = after;
    return result;
  }

  Number length() {
    const std::size_t begin = column();
    Number result = number("a length such as 1.5, 2pi or sqrt(3)/2");
    if (result.factor <= 0 || result.pi_power > 1 || !(result.approximate() < 1e100 && result.approximate() > 1e-100)) {
      fail_at(begin, "a positive length, not above 1e100 or below 1e-100");
    }
    return result;
  }

  int whole_number(const std::string& what, int least, int most) {
    const std::size_t begin = column();
    const std::string expected = fmt::format("{}, a whole number from {} to {}", what, least, most);
    std::string_view after = rest_;
    const bool negative = least < 0 && after.starts_with('-');
    after.remove_prefix(negative ? 1 : 0);
    long value = 0;
    bool any = false;
    for (; !after.empty() && digit(after[0]); after.remove_prefix(1)) {
      value = std::min(10 * value + (after[0] - '0'), 1L << 40);
      any = true;
    }
    value = negative ? -value : value;
    if (!any || value < least || value > most) {
      fail_at(begin, expected);
    }
    rest_ = after;
    if (!rest_.empty() && (rest_[0] == '.' || letter(rest_[0]))) {
      fail(expected);
    }
    return static_cast<int>(value);
  }

  void lattice(Expression& result) {
    need("[");
    do {
      const std::size_t begin = column();
      need("[");
      result.rows.emplace_back();
      do {
        result.rows.back().push_back(number("a number such as 1, -0.5 or sqrt(3)/2"));
      } while (take(","));
      need("]");
      if (result.rows.back().size() != result.rows.front().size()) {
        fail_at(begin, fmt::format("a vector of {} numbers, as the first one", result.rows.front().size()));
      }
    } while (take(","));
    need("]");
    if (result.rows.size() > 30) {
      fail("at most 30 vectors");
    }
  }

  void group(Expression& result) {
    const std::size_t end = std::min(rest_.find_first_of("*^/;()"), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    if (word.starts_with("SO:")) {
      rest_.remove_prefix(3);
      result.name = "SO";
      result.numbers.push_back({.factor = whole_number("k of SO:k", 2, largest_dimension + 1)});
    } else if (group_name(word)) {
      result.name = word;
      rest_.remove_prefix(end);
    } else if (const std::size_t suffix = rest_.find(".json"); suffix != std::string_view::npos) {
      result.file = rest_.substr(0, suffix + 5);
      result.name = result.file;
      rest_.remove_prefix(suffix + 5);
    } else {
      fail("a group: antipodal, a point group such as C5, D3h, Td or Ih, one of S A C B, SO:k, 2T 2O 2I, or a file "
           "ending in .json");
    }
  }

  /// Is the word a Schoenflies symbol or another name? C alone is the cyclic shifts, S alone the permutations.
  static bool group_name(std::string_view word) {
    static constexpr std::array fixed{"antipodal", "S", "A",  "C",  "B",  "T",  "Td", "Th", "O",
                                      "Oh",        "I", "Ih", "Ci", "Cs", "2T", "2O", "2I"};
    if (std::ranges::find(fixed, word) != fixed.end()) {
      return true;
    }
    if (word.size() < 2 || (word[0] != 'C' && word[0] != 'D' && word[0] != 'S') || word[1] == '0') {
      return false;
    }
    std::size_t i = 1;
    while (i < word.size() && digit(word[i])) {
      ++i;
    }
    const std::string_view suffix = word.substr(i);
    return i > 1 && i < 9 &&
           (suffix.empty() || (word[0] == 'C' && (suffix == "v" || suffix == "h")) ||
            (word[0] == 'D' && (suffix == "h" || suffix == "d")));
  }
};

} // namespace

void refuse(const std::string& text, std::size_t column, const std::string& reason) {
  throw InputError(text, fmt::format("column {}: {}", column, reason));
}

Expression parse_space(const std::string& text) { return Parser(text).whole(); }

bool names_a_model_space(const std::string& text) {
  const std::string_view rest = std::string_view(text).substr(std::min(text.find_first_not_of('('), text.size()));
  return find_atom(leading_name(rest)) != nullptr;
}

bool has_files(const Expression& space) { return space.name == "file" || std::ranges::any_of(space.parts, has_files); }

bool has_closed_form(const Expression& space) {
  return space.kind == Expression::Kind::atom ? find_atom(space.name)->closed_form
                                              : std::ranges::all_of(space.parts, has_closed_form);
}

} // namespace weyl
