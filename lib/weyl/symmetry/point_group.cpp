// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/point_group.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

using Matrices = std::vector<Eigen::Matrix3d>;

Eigen::Matrix3d rotation(int n, const Eigen::Vector3d& axis) {
  return Eigen::AngleAxisd(2 * std::numbers::pi / n, axis.normalized()).toRotationMatrix();
}

Eigen::Matrix3d mirror(const Eigen::Vector3d& normal) {
  return Eigen::Matrix3d::Identity() - 2 * normal * normal.transpose() / normal.squaredNorm();
}

/// A symbol taken apart: letter, number, suffix; none if it is not of that form.
struct Symbol {
  char family = 0;
  int n = 0; ///< 0: no number
  std::string suffix = {};
};

std::optional<Symbol> parse(const std::string& text) {
  Symbol symbol;
  if (text.empty() || std::string("CDSTOI").find(text[0]) == std::string::npos) {
    return std::nullopt;
  }
  symbol.family = text[0];
  std::size_t at = 1;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && symbol.n < 10000) {
    symbol.n = 10 * symbol.n + (text[at++] - '0');
  }
  symbol.suffix = text.substr(at);
  return symbol;
}

/// Generators about z, with x as the second direction.
std::optional<Matrices> standard(const std::string& text) {
  const Eigen::Vector3d x(1, 0, 0);
  const Eigen::Vector3d y(0, 1, 0);
  const Eigen::Vector3d z(0, 0, 1);
  const Eigen::Matrix3d inversion = -Eigen::Matrix3d::Identity();
  const auto symbol = parse(text == "antipodal" ? "Ci" : text);
  if (!symbol) {
    return std::nullopt;
  }
  const auto& [family, n, suffix] = *symbol;
  if (n > 0 && n <= largest_group / 4) {
    const Eigen::Matrix3d turn = rotation(n, z);
    if (family == 'C') {
      if (suffix.empty()) {
        return Matrices{turn};
      }
      if (suffix == "v" || suffix == "h") {
        return Matrices{turn, mirror(suffix == "v" ? y : z)};
      }
    }
    if (family == 'D' && n > 1) {
      if (suffix.empty()) {
        return Matrices{turn, rotation(2, x)};
      }
      if (suffix == "h") {
        return Matrices{turn, rotation(2, x), mirror(z)};
      }
      if (suffix == "d") {
        return Matrices{rotation(2, x), mirror(z) * rotation(2 * n, z)};
      }
    }
    if (family == 'S' && n % 2 == 0 && suffix.empty()) {
      return Matrices{mirror(z) * turn};
    }
    return std::nullopt;
  }
  if (n > 0) {
    return std::nullopt;
  }
  const Eigen::Matrix3d threefold = rotation(3, {1, 1, 1});
  if (text[0] == 'C' || text == "antipodal") {
    return suffix == "s"   ? std::optional(Matrices{mirror(z)})
           : suffix == "i" ? std::optional(Matrices{inversion})
                           : std::nullopt;
  }
  if (family == 'T') {
    const Matrices t{rotation(2, z), threefold};
    return suffix.empty()  ? std::optional(t)
           : suffix == "d" ? std::optional(Matrices{t[0], t[1], mirror({1, -1, 0})})
           : suffix == "h" ? std::optional(Matrices{t[0], t[1], inversion})
                           : std::nullopt;
  }
  if (family == 'O' || family == 'I') {
    const Eigen::Matrix3d turn = family == 'O' ? rotation(4, z) : rotation(5, {0, 1, std::numbers::phi});
    return suffix.empty()  ? std::optional(Matrices{turn, threefold})
           : suffix == "h" ? std::optional(Matrices{turn, threefold, inversion})
                           : std::nullopt;
  }
  return std::nullopt;
}

} // namespace

bool is_point_group(const std::string& symbol) { return standard(symbol).has_value(); }

Matrices point_group(const std::string& symbol, const Eigen::Vector3d& axis, const Eigen::Vector3d& second) {
  const auto generators = standard(symbol);
  if (!generators) {
    throw InputError(symbol, "is no Schoenflies symbol (C5 C5v C5h D5 D5h D5d S6 T Td Th O Oh I Ih Cs Ci ...)");
  }
  const Eigen::Vector3d side = axis.cross(second);
  if (!(side.norm() > 1e-9 * axis.norm() * second.norm()) || !side.allFinite()) {
    throw InputError(symbol, "its axis and its second direction must not be parallel, nor zero");
  }
  Eigen::Matrix3d frame;
  frame.col(2) = axis.normalized();
  frame.col(1) = side.normalized();
  frame.col(0) = frame.col(1).cross(frame.col(2));
  Matrices turned;
  for (const Eigen::Matrix3d& g : *generators) {
    turned.push_back(frame * g * frame.transpose());
  }
  return turned;
}

Eigen::Vector3d across(const Eigen::Vector3d& axis, const Eigen::Vector3d& second) {
  const bool parallel = !(axis.cross(second).norm() > 1e-9 * axis.norm());
  return parallel ? Eigen::Vector3d(axis[1], axis[2], axis[0]) : second;
}

std::string schoenflies(const Group& group) {
  int rotations = 0;
  int n = 1; // largest order of a rotation
  int mirrors = 0;
  for (int g = 0; g < group.order(); ++g) {
    const Eigen::Matrix3d a = group.matrices[static_cast<std::size_t>(g)];
    if (a.determinant() > 0) {
      ++rotations;
      n = std::max(n, element_order(group, g));
    } else {
      mirrors += std::abs(a.trace() - 1) < 1e-3 && element_order(group, g) == 2;
    }
  }
  const bool proper = rotations == group.order();
  if (rotations == n) { // cyclic about one axis
    return proper         ? fmt::format("C{}", n)
           : n == 1       ? (mirrors == 1 ? "Cs" : "Ci")
           : mirrors == n ? fmt::format("C{}v", n)
           : mirrors == 1 ? fmt::format("C{}h", n)
                          : fmt::format("S{}", 2 * n);
  }
  if (rotations == 2 * n) {
    return fmt::format("D{}{}", n, proper ? "" : mirrors == n + 1 ? "h" : "d");
  }
  const std::string family = n == 3 ? "T" : n == 4 ? "O" : "I";
  return family + (proper ? "" : family == "T" && mirrors == 6 ? "d" : "h");
}

Group matrix_group(std::span<const Eigen::Matrix3d> generators, const std::string& place) {
  for (const Eigen::Matrix3d& a : generators) {
    if (!((a.transpose() * a - Eigen::Matrix3d::Identity()).norm() < 1e-9)) {
      throw InputError(place, "a generator is not an orthogonal 3 x 3 matrix");
    }
  }
  // The orbit of a point in general position has one point per element, on which the group acts regularly.
  const Eigen::Vector3d base(0.31, 0.57, 0.83);
  Matrices elements{Eigen::Matrix3d::Identity()};
  const auto element_at = [&](const Eigen::Vector3d& x) {
    const auto at = std::ranges::find_if(elements, [&](const auto& a) { return (a * base - x).norm() < 1e-7; });
    return static_cast<int>(at - elements.begin());
  };
  std::vector<Permutation> permutations(generators.size());
  for (std::size_t e = 0; e < elements.size(); ++e) {
    for (std::size_t s = 0; s < generators.size(); ++s) {
      const Eigen::Matrix3d product = generators[s] * elements[e];
      permutations[s].push_back(element_at(product * base));
      if (permutations[s].back() == static_cast<int>(elements.size())) {
        elements.push_back(product);
      }
    }
    if (elements.size() > largest_group) {
      throw InputError(place, fmt::format("its generators generate more than {} elements", largest_group));
    }
  }
  Group group = generate(permutations, elements.size(), place);
  for (const Permutation& g : group.permutations) {
    group.matrices.emplace_back(elements[g[0]]);
  }
  group.permutations.clear();
  group.name = schoenflies(group);
  return group;
}

std::string describe_element(const Group& group, int g) {
  const int order = element_order(group, g);
  if (group.matrices.empty() || group.matrices[g].rows() != 3) {
    return fmt::format("an element of order {}", order);
  }
  const Eigen::Matrix3d a = group.matrices[g];
  return a.determinant() > 0                            ? fmt::format("a rotation of order {}", order)
         : order == 2 && std::abs(a.trace() - 1) < 1e-3 ? "a mirror"
         : order == 2                                   ? "the inversion"
                                                        : fmt::format("a rotation-reflection of order {}", order);
}

} // namespace weyl
