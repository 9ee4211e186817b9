// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/revolution_spaces.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

using std::numbers::pi;
using Numbers = std::vector<double>;

/// A space and the number of its coordinates that turn.
struct Turned {
  int coordinates = 2;
  Revolution space = {};
};

struct RevolutionKind {
  std::string_view name;
  std::string_view parameters;
  std::size_t count;
  Turned (*make)(const Numbers&);
};

double sine(double s) { return std::sin(s); }
double same(double s) { return s; }

/// A dimension D as a parameter.
int dimension(double d) {
  if (!(d == std::round(d) && d >= 2 && d <= 100)) {
    throw InputError("SO:k", fmt::format("rotations act on spaces of dimension 2 to 100, not {}", d));
  }
  return static_cast<int>(d);
}

const std::vector<RevolutionKind>& revolution_kinds() {
  static const std::vector<RevolutionKind> table{
      {"sphere", "D", 1,
       [](const Numbers& p) -> Turned {
         const int d = dimension(p[0]);
         return {d, {.length = pi, .radius = sine, .pole_at_start = true, .pole_at_end = true, .fibre = d - 1}};
       }},
      {"hemisphere", "D", 1,
       [](const Numbers& p) -> Turned {
         const int d = dimension(p[0]);
         return {d, {.length = pi / 2, .radius = sine, .pole_at_start = true, .fibre = d - 1}};
       }},
      {"ball", "D,R", 2,
       [](const Numbers& p) -> Turned {
         const int d = dimension(p[0]);
         return {d, {.length = p[1], .radius = same, .pole_at_start = true, .fibre = d - 1}};
       }},
      {"disk", "R", 1,
       [](const Numbers& p) -> Turned {
         return {2, {.length = p[0], .radius = same, .pole_at_start = true}};
       }},
      {"annulus", "r,R", 2,
       [](const Numbers& p) -> Turned {
         return {2, {.length = p[1] - p[0], .radius = [inner = p[0]](double s) { return inner + s; }}};
       }},
      {"ellipsoid", "a,a,c", 3,
       [](const Numbers& p) -> Turned {
         if (p[0] != p[1]) {
           throw InputError("ellipsoid", "no rotations of x and y act on it: the first two semi-axes must be equal");
         }
         return {2,
                 {.length = pi,
                  .radius = [a = p[0]](double s) { return a * std::sin(s); },
                  .speed = [a = p[0], c = p[2]](double s) { return std::hypot(a * std::cos(s), c * std::sin(s)); },
                  .pole_at_start = true,
                  .pole_at_end = true}};
       }},
      {"revolution-torus", "R,r", 2,
       [](const Numbers& p) -> Turned {
         return {2,
                 {.length = 2 * pi * p[1],
                  .radius = [major = p[0], minor = p[1]](double s) { return major + minor * std::cos(s / minor); },
                  .closed = true}};
       }},
  };
  return table;
}

} // namespace

std::optional<Revolution> revolution_space(const std::string& expression, int k) {
  const std::size_t colon = expression.find(':');
  const auto kind =
      std::ranges::find(revolution_kinds(), std::string_view(expression).substr(0, colon), &RevolutionKind::name);
  if (kind == revolution_kinds().end()) {
    return std::nullopt;
  }
  const std::string rest = colon == std::string::npos ? "" : expression.substr(colon + 1);
  const auto json = nlohmann::json::parse("[" + rest + "]", nullptr, false);
  const bool good = json.is_array() && json.size() == kind->count && std::ranges::all_of(json, [](const auto& x) {
                      return x.is_number() && x.template get<double>() > 0;
                    });
  if (!good) {
    throw InputError(expression, fmt::format("expected {}:{}, positive numbers", kind->name, kind->parameters));
  }
  const auto numbers = json.get<Numbers>();
  if ((kind->name == "annulus" && numbers[0] >= numbers[1]) ||
      (kind->name == "revolution-torus" && numbers[0] <= numbers[1])) {
    throw InputError(expression, fmt::format("expected {}:{} with r < R", kind->name, kind->parameters));
  }
  Turned turned = kind->make(numbers);
  return turned.coordinates == k ? std::optional(std::move(turned.space)) : std::nullopt;
}

std::optional<int> rotations(const std::string& group) {
  if (!group.starts_with("SO:")) {
    return std::nullopt;
  }
  const auto json = nlohmann::json::parse(group.substr(3), nullptr, false);
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() < 2 || json.get<std::uint64_t>() > 100) {
    throw InputError(group, "expected SO:k with k from 2 to 100, the rotations of k coordinates");
  }
  return json.get<int>();
}

} // namespace weyl
