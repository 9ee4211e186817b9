// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/mulliken.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/symmetry/point_group.hpp"

namespace weyl::symmetry {

namespace {

bool is_minus_one(const Eigen::MatrixXd& a) {
  return (a + Eigen::MatrixXd::Identity(a.rows(), a.cols())).cwiseAbs().maxCoeff() < 1e-3;
}

/// The elements that Mulliken's letters and accents ask about.
struct Landmarks {
  std::vector<int> principal; ///< rotations (of Dnd and S2n with n even: rotation-reflections) of the largest order
  int inversion = -1;         ///< tells g from u
  int horizontal = -1;        ///< mirror across the axis, where there is no inversion: tells ′ from ″
  bool cubic = false;         ///< no B
};

Landmarks landmarks(const Group& group) {
  Landmarks marks;
  if (group.matrices.empty() || group.matrices[0].rows() != 3) {
    return marks;
  }
  const std::vector<int> orders = element_orders(group);
  const std::string symbol = schoenflies(group);
  marks.cubic = std::string("TOI").find(symbol[0]) != std::string::npos;
  int largest = 0;
  int sharpest = 0; // of rotation-reflections
  for (int g = 0; g < group.order(); ++g) {
    int& best = group.matrices[g].determinant() > 0 ? largest : sharpest;
    best = std::max(best, orders[g]);
    marks.inversion = is_minus_one(group.matrices[g]) ? g : marks.inversion;
  }
  const bool staggered = marks.inversion < 0 && (symbol.back() == 'd' || symbol[0] == 'S') && !marks.cubic;
  for (int g = 0; g < group.order(); ++g) {
    if (orders[g] == (staggered ? sharpest : largest) && (group.matrices[g].determinant() < 0) == staggered) {
      marks.principal.push_back(g);
    }
  }
  if (marks.inversion < 0 && (symbol.back() == 'h' || symbol == "Cs")) {
    for (int g = 1; g < group.order(); ++g) {
      const bool central =
          std::ranges::all_of(group.generators, [&](int s) { return group.times(s, g) == group.times(g, s); });
      marks.horizontal = central && group.matrices[g].determinant() < 0 && orders[g] == 2 ? g : marks.horizontal;
    }
  }
  return marks;
}

std::string letter(int dimension, bool odd) {
  static const std::string letters = "AETGH";
  return dimension > 5 ? fmt::format("V{}", dimension)
         : odd         ? "B"
                       : std::string(1, letters[static_cast<std::size_t>(dimension) - 1]);
}

} // namespace

void name_representations(const Group& group, std::vector<Representation>& representations) {
  const Landmarks marks = landmarks(group);
  // Characters in a fixed order: on the principal elements, then class by class, high orders first.
  std::vector<int> sequence = marks.principal;
  const std::vector<int> orders = element_orders(group);
  std::vector<std::vector<int>> classes = conjugacy_classes(group);
  std::ranges::stable_sort(classes, std::greater<>(), [&](const std::vector<int>& c) { return orders[c[0]]; });
  for (const auto& members : classes) {
    sequence.push_back(members[0]);
  }
  struct Label {
    std::string letter;
    std::string accent;
  };
  const auto label = [&](const Representation& rho) {
    const bool odd = rho.dimension == 1 && !marks.cubic &&
                     std::ranges::any_of(marks.principal, [&](int g) { return rho.character[g] < 0; }) &&
                     std::ranges::any_of(marks.principal, [&](int g) { return g != 0; });
    const auto sign = [&](int g, const char* even, const char* uneven) {
      return g < 0 ? "" : rho.character[g] > 0 ? even : uneven;
    };
    return Label{letter(rho.dimension, odd),
                 std::string(sign(marks.inversion, "g", "u")) + sign(marks.horizontal, "'", "''")};
  };
  const auto rank = [&](const Representation& rho) {
    std::vector<std::int64_t> key;
    key.reserve(sequence.size());
    for (const int g : sequence) {
      key.push_back(-std::llround(1e6 * rho.character[g]));
    }
    const bool trivial = std::ranges::all_of(rho.character, [](double chi) { return chi > 0.5; }) && rho.dimension == 1;
    const auto [letter, accent] = label(rho);
    return std::tuple(!trivial, rho.dimension, letter, accent, key);
  };
  std::ranges::sort(representations, {}, rank);
  std::map<std::string, int> total;
  for (const Representation& rho : representations) {
    ++total[label(rho).letter + label(rho).accent];
  }
  std::map<std::string, int> number;
  for (Representation& rho : representations) {
    const auto [letter, accent] = label(rho);
    const char* dot = rho.dimension > 5 ? "." : "";
    rho.name = total[letter + accent] > 1 ? fmt::format("{}{}{}{}", letter, dot, ++number[letter + accent], accent)
                                          : letter + accent;
  }
}

} // namespace weyl::symmetry
