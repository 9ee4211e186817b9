// SPDX-License-Identifier: GPL-3.0-or-later
// Spaces by name: the table behind `make_space`.

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "weyl/core/error.hpp"
#include "weyl/fem/spaces.hpp"

namespace weyl {

namespace {

using Numbers = std::vector<double>;

struct Kind {
  std::string_view name;
  std::string_view parameters; ///< as in "p,q"; empty: none
  std::string_view description;
  std::size_t least;
  std::size_t most;
  std::function<RiemannianMesh(const Numbers&, const Division&)> make;
};

/// A parameter that counts something.
int whole(double value) {
  if (!(std::abs(value) <= 1e6 && value == std::round(value))) {
    throw InputError("the expression", fmt::format("a whole number is expected, not {}", value));
  }
  return static_cast<int>(value);
}

/// (R/2πZ)^D of one number, the lengths of the sides otherwise.
RiemannianMesh torus(const Numbers& p, const Division& division) {
  if (p.size() > 1) {
    return flat_torus(Eigen::Map<const Eigen::VectorXd>(p.data(), static_cast<Eigen::Index>(p.size())).asDiagonal(),
                      division);
  }
  const int dimension = whole(p[0]);
  if (dimension < 1 || dimension > 3) {
    throw InputError("torus", fmt::format("meshes are there in dimension 1 to 3, not {}", dimension));
  }
  return flat_torus(2 * std::numbers::pi * Eigen::MatrixXd::Identity(dimension, dimension), division);
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> table{
      {"interval", "L", "the segment [0, L]", 1, 1, [](const Numbers& p, const Division& h) { return flat_box(p, h); }},
      {"circle", "L", "a circle of length L", 1, 1,
       [](const Numbers& p, const Division& h) { return flat_torus(Eigen::MatrixXd::Constant(1, 1, p[0]), h); }},
      {"rectangle", "a,b", "[0, a] x [0, b]", 2, 2, [](const Numbers& p, const Division& h) { return flat_box(p, h); }},
      {"box", "a,b,c", "[0, a] x [0, b] x [0, c]", 3, 3,
       [](const Numbers& p, const Division& h) { return flat_box(p, h); }},
      {"equilateral", "a", "the equilateral triangle of side a", 1, 1,
       [](const Numbers& p, const Division& h) { return equilateral_triangle(p[0], h); }},
      {"disk", "R", "the disk of radius R", 1, 1,
       [](const Numbers& p, const Division& h) { return flat_ball(2, p[0], h); }},
      {"annulus", "r,R", "the ring between the radii r < R", 2, 2,
       [](const Numbers& p, const Division& h) { return flat_annulus(p[0], p[1], h); }},
      {"ball", "D,R", "the ball of dimension D = 1, 2, 3 and radius R", 2, 2,
       [](const Numbers& p, const Division& h) { return flat_ball(whole(p[0]), p[1], h); }},
      {"torus", "D or torus:a,b,...", "(R/2piZ)^D, or the flat torus of these sides", 1, 3, torus},
      {"klein", "a,b", "the flat Klein bottle (x,y) ~ (x+a/2,-y) ~ (x,y+b)", 2, 2,
       [](const Numbers& p, const Division& h) { return klein_bottle(p[0], p[1], h); }},
      {"mobius", "l,w", "the flat Moebius strip of core length l and width w", 2, 2,
       [](const Numbers& p, const Division& h) { return mobius_strip(p[0], p[1], h); }},
      {"sphere", "D", "the unit sphere of dimension D = 1, 2, 3", 1, 1,
       [](const Numbers& p, const Division& h) { return round_sphere(whole(p[0]), h); }},
      {"hemisphere", "D", "half of it, D = 2, 3", 1, 1,
       [](const Numbers& p, const Division& h) { return round_hemisphere(whole(p[0]), h); }},
      {"rp", "D", "the sphere modulo its antipodal map, D = 2, 3", 1, 1,
       [](const Numbers& p, const Division& h) { return projective_space(whole(p[0]), h); }},
      {"lens", "p,q", "the unit 3-sphere modulo the rotation by (1, q)/p turns", 2, 2,
       [](const Numbers& p, const Division& h) { return lens_space(whole(p[0]), whole(p[1]), h); }},
      {"ellipsoid", "a,b,c", "the ellipsoid with semi-axes a, b, c", 3, 3,
       [](const Numbers& p, const Division& h) { return ellipsoid(p[0], p[1], p[2], h); }},
      {"revolution-torus", "R,r", "a tube of radius r around a circle of radius R", 2, 2,
       [](const Numbers& p, const Division& h) { return revolution_torus(p[0], p[1], h); }},
      {"bolza", "", "the Bolza surface: genus 2, curvature -1, the regular octagon glued", 0, 0,
       [](const Numbers&, const Division& h) { return bolza_surface(h); }},
  };
  return table;
}

std::string usage(const Kind& kind) {
  return kind.parameters.empty() ? std::string(kind.name) : fmt::format("{}:{}", kind.name, kind.parameters);
}

const Kind* find(std::string_view name) {
  const auto found = std::ranges::find(kinds(), name, &Kind::name);
  return found == kinds().end() ? nullptr : &*found;
}

/// `[[…],[…]]`: the vectors of a lattice, each of the same length.
Eigen::MatrixXd lattice_basis(const std::string& expression, std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  std::vector<Numbers> rows;
  try {
    rows = json.get<std::vector<Numbers>>();
  } catch (const nlohmann::json::exception&) {
    rows.clear();
  }
  if (rows.empty() || rows.size() > 3 || rows[0].empty() || rows[0].size() > 8 ||
      std::ranges::any_of(rows, [&](const Numbers& row) { return row.size() != rows[0].size(); })) {
    throw InputError(expression, "expected lattice:[[a,b],[c,d]], one to three vectors of the same length");
  }
  Eigen::MatrixXd basis(static_cast<Eigen::Index>(rows[0].size()), static_cast<Eigen::Index>(rows.size()));
  for (std::size_t k = 0; k < rows.size(); ++k) {
    basis.col(static_cast<Eigen::Index>(k)) = Eigen::Map<const Eigen::VectorXd>(rows[k].data(), basis.rows());
  }
  return basis;
}

} // namespace

std::vector<SpaceKind> space_kinds() {
  std::vector<SpaceKind> list;
  for (const Kind& kind : kinds()) {
    list.push_back({std::string(kind.name), usage(kind), std::string(kind.description)});
  }
  list.push_back({"lattice", "lattice:[[..],[..]]", "R^d modulo the lattice of these vectors"});
  return list;
}

bool names_space(const std::string& expression) {
  const std::string_view name = std::string_view(expression).substr(0, expression.find(':'));
  return find(name) != nullptr || name == "lattice";
}

RiemannianMesh make_space(const std::string& expression, const Division& division) {
  const std::string_view text = expression;
  const auto colon = text.find(':');
  const std::string_view rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (text.substr(0, colon) == "lattice") {
    return flat_torus(lattice_basis(expression, rest), division);
  }
  const Kind* kind = find(text.substr(0, colon));
  if (kind == nullptr) {
    std::vector<std::string> known;
    for (const SpaceKind& one : space_kinds()) {
      known.push_back(one.name);
    }
    throw InputError(expression, fmt::format("unknown space, expected one of {}", fmt::join(known, ", ")));
  }
  Numbers parameters;
  const auto json = nlohmann::json::parse(fmt::format("[{}]", rest), nullptr, false);
  const bool numbers = json.is_array() && std::ranges::all_of(json, [](const auto& item) { return item.is_number(); });
  if (numbers) {
    parameters = json.get<Numbers>();
  }
  if (!numbers || parameters.size() < kind->least || parameters.size() > kind->most) {
    throw InputError(expression, fmt::format("expected {}", usage(*kind)));
  }
  return kind->make(parameters, division);
}

} // namespace weyl
