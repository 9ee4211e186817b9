// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/model/model_space.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/levels.hpp"

namespace weyl {

namespace {

using namespace model;

/// From the tree to the space; `text` is for errors.
class Builder {
public:
  Builder(const std::string& text, const FileSpace& file) : text_(text), file_(file) {}

  ModelSpace build(const Expression& node, Boundary outer) {
    const Boundary condition = node.boundary.value_or(outer);
    try {
      ModelSpace result = space(node, condition);
      result.name = text_.substr(node.column - 1) + (condition == Boundary::dirichlet ? ";d" : "");
      return result;
    } catch (const Refused&) {
      throw;
    } catch (const InputError& e) {
      if (!node.file.empty()) {
        throw;
      }
      throw Refused(text_, fmt::format("column {}: {}", node.column, e.what()));
    }
  }

  [[nodiscard]] double known_up_to() const { return known_up_to_; }

private:
  /// An error whose column is already named.
  class Refused : public InputError {
    using InputError::InputError;
  };

  const std::string& text_;
  const FileSpace& file_;
  double known_up_to_ = std::numeric_limits<double>::infinity(); ///< by all files

  [[noreturn]] void refuse(const Expression& node, const std::string& reason) const {
    throw Refused(text_, fmt::format("column {}: {}", node.column, reason));
  }

  ModelSpace space(const Expression& node, Boundary condition) {
    switch (node.kind) {
    case Expression::Kind::atom:
      return atom(node, condition);
    case Expression::Kind::product: {
      std::vector<ModelSpace> factors;
      for (const Expression& part : node.parts) {
        factors.push_back(build(part, condition));
      }
      return product(factors);
    }
    case Expression::Kind::power:
      return product(std::vector<ModelSpace>(static_cast<std::size_t>(node.exponent), build(node.parts[0], condition)));
    case Expression::Kind::quotient:
      return quotient(node, condition);
    }
    refuse(node, "unknown kind of node");
  }

  static int whole(const Number& number) { return number.factor.convert_to<int>(); }

  ModelSpace atom(const Expression& node, Boundary condition) {
    const auto& x = node.numbers;
    const std::string& name = node.name;
    if (name == "sphere") {
      return sphere(whole(x[0]));
    }
    if (name == "rp") {
      return sphere_quotient(whole(x[0]), "antipodal", 0, condition);
    }
    if (name == "cp") {
      return complex_projective_space(whole(x[0]));
    }
    if (name == "lens") {
      return lens(node);
    }
    if (name == "torus") {
      return product(circles(node));
    }
    if (name == "lattice") {
      return lattice(node.rows);
    }
    if (name == "circle") {
      return circle(x[0]);
    }
    if (name == "klein") {
      return klein(x[0], x[1]);
    }
    if (name == "mobius") {
      return mobius(x[0], x[1], condition);
    }
    if (name == "interval" || name == "rectangle" || name == "box") {
      return product(intervals(x, condition));
    }
    if (name == "equilateral") {
      return equilateral(x[0], condition);
    }
    if (name == "hemisphere") {
      return hemisphere(whole(x[0]), condition);
    }
    if (name == "cap") {
      return cap(whole(x[0]), x[1].approximate(), condition);
    }
    if (name == "disk") {
      return ball(2, x[0].approximate(), condition);
    }
    if (name == "ball") {
      Number length = x[1];
      length.factor *= 2;
      return whole(x[0]) == 1 ? interval(length, condition) : ball(whole(x[0]), x[1].approximate(), condition);
    }
    if (name == "annulus") {
      return annulus(x[0].approximate(), x[1].approximate(), condition);
    }
    if (name == "file") {
      return listed(node, condition);
    }
    refuse(node, fmt::format("{} has no closed form: it must be meshed", name));
  }

  /// Eigenvalues are not negative: λ ≤ known_up_to of a product needs no more of a factor.
  ModelSpace listed(const Expression& node, Boundary condition) {
    if (!file_) {
      refuse(node, "eigenvalues of a file are not computed here; weyl-count and weyl-spectrum do");
    }
    ModelSpace result = file_(node.file, condition);
    known_up_to_ = std::min(known_up_to_, result.known_up_to);
    return result;
  }

  /// Factors of one name are one factor with an exponent.
  static std::string label(const Number& length, const std::string& kind) {
    return fmt::format("{} {} {} {}", kind, length.factor.str(), length.radicand.str(), length.pi_power);
  }

  static std::vector<ModelSpace> intervals(const std::vector<Number>& lengths, Boundary condition) {
    std::vector<ModelSpace> result;
    for (const Number& length : lengths) {
      result.push_back(interval(length, condition));
      result.back().name = label(length, "interval");
    }
    return result;
  }

  /// `torus:D` is a torus of lengths 2π; one number that is not whole is a length.
  static std::vector<Number> lengths(const Expression& torus) {
    const auto& x = torus.numbers;
    const bool dimension = x.size() == 1 && x[0].radicand == 1 && x[0].pi_power == 0 &&
                           boost::multiprecision::denominator(x[0].factor) == 1;
    return dimension ? std::vector<Number>(static_cast<std::size_t>(whole(x[0])), {.factor = 2, .pi_power = 1}) : x;
  }

  [[nodiscard]] std::vector<ModelSpace> circles(const Expression& torus) const {
    if (torus.numbers.size() == 1 && torus.numbers[0].factor > 1000) {
      refuse(torus, "torus:D takes D up to 1000");
    }
    std::vector<ModelSpace> result;
    for (const Number& length : lengths(torus)) {
      result.push_back(circle(length));
      result.back().name = label(length, "circle");
    }
    return result;
  }

  ModelSpace lens(const Expression& node) {
    const int p = whole(node.numbers[0]);
    std::vector<int> rotations{1};
    for (std::size_t i = 1; i < node.numbers.size(); ++i) {
      rotations.push_back(whole(node.numbers[i]));
      if (std::gcd(rotations.back(), p) != 1) {
        refuse(node, fmt::format("{} and {} have a common factor: the group does not act freely", rotations.back(), p));
      }
    }
    return sphere_quotient(2 * static_cast<int>(rotations.size()) - 1, cyclic_group(p, rotations));
  }

  ModelSpace quotient(const Expression& node, Boundary condition) {
    const Expression& base = node.parts[0];
    if (base.kind == Expression::Kind::atom && base.name == "sphere") {
      const int d = whole(base.numbers[0]);
      if (!node.file.empty()) {
        const FiniteGroup group = read_group(node.file);
        if (group.size != d + 1) {
          throw InputError(node.file, fmt::format("its matrices are {0} x {0}, but sphere:{1} has {2} coordinates",
                                                  group.size, d, d + 1));
        }
        if (condition == Boundary::dirichlet && group.reflections > 0) {
          refuse(node, "Dirichlet conditions on the mirrors of a group from a file are not offered");
        }
        return sphere_quotient(d, group);
      }
      return sphere_quotient(d, node.name, node.numbers.empty() ? 0 : whole(node.numbers[0]), condition);
    }
    const bool torus = base.kind == Expression::Kind::atom &&
                       (base.name == "torus" || base.name == "circle" || base.name == "lattice");
    if (torus && !node.file.empty()) {
      return lattice_quotient(basis(base), node.file);
    }
    if (torus && node.name == "antipodal") {
      return inversion(node, condition);
    }
    if (torus && base.name != "lattice") {
      return torus_quotient(node, condition);
    }
    if (base.kind == Expression::Kind::power) {
      return power_quotient(node, condition);
    }
    refuse(node, node.file.empty() ? fmt::format("{} does not act here: it acts on spheres, on tori and on powers such "
                                                 "as (A)^n, a point group on sphere:2",
                                                 node.name)
                                   : "a group from a file acts on spheres, tori and lattices");
  }

  static std::vector<std::vector<Number>> basis(const Expression& torus) {
    if (torus.name == "lattice") {
      return torus.rows;
    }
    const std::vector<Number> diagonal = torus.name == "circle" ? torus.numbers : lengths(torus);
    std::vector<std::vector<Number>> rows(diagonal.size(), std::vector<Number>(diagonal.size()));
    for (std::size_t i = 0; i < diagonal.size(); ++i) {
      rows[i][i] = diagonal[i];
    }
    return rows;
  }

  /// x → −x: e_k and e_{−k} are one, the constant alone.
  ModelSpace inversion(const Expression& node, Boundary condition) {
    const ModelSpace torus = atom(node.parts[0], condition);
    ModelSpace result = average({{1, torus}, {1, model::point()}}, 2);
    result.dimension = torus.dimension;
    result.volume = torus.volume / 2;
    result.unit = torus.unit;
    if (torus.dimension == 1) { // an interval
      if (condition == Boundary::dirichlet) {
        result = average({{1, torus}, {-1, model::point()}}, 2);
        result.unit = torus.unit;
      }
      result.volume = torus.volume / 2;
      result.boundary_volume = 2;
      result.walls = condition == Boundary::dirichlet ? -2 : 2;
    }
    return result;
  }

  ModelSpace torus_quotient(const Expression& node, Boundary condition) {
    const Expression& torus = node.parts[0];
    const std::vector<Number> all = torus.name == "circle" ? torus.numbers : lengths(torus);
    for (const Number& length : all) {
      if (length.square().approximate() != all[0].square().approximate()) {
        refuse(node, "permutes the coordinates, so that their lengths must be equal");
      }
    }
    ModelSpace base = circle(all[0]);
    base.name = label(all[0], "circle");
    return permuted(node, base, all[0], static_cast<int>(all.size()), condition);
  }

  ModelSpace power_quotient(const Expression& node, Boundary condition) {
    const Expression& power = node.parts[0];
    const Expression& factor = power.parts[0];
    const bool circle = factor.kind == Expression::Kind::atom && factor.name == "circle";
    if (node.name == "B" && !circle) {
      refuse(node, "B flips signs of the coordinates of a sphere, a torus or a power of a circle");
    }
    if (!node.file.empty()) {
      refuse(node, "a group from a file acts on spheres, tori and lattices");
    }
    return permuted(node, build(factor, power.boundary.value_or(condition)), circle ? factor.numbers[0] : Number{},
                    power.exponent, condition);
  }

  /// M^n modulo S, A, C or B; `length` is that of a circle M, for B. Dirichlet conditions also hold on walls x_i = x_j.
  ModelSpace permuted(const Expression& node, const ModelSpace& base, Number length, int n, Boundary condition) {
    const bool dirichlet = condition == Boundary::dirichlet;
    const bool walls = dirichlet && base.dimension == 1;
    if (node.name == "S") {
      return symmetric_power(base, n, walls);
    }
    if (node.name == "A") {
      return alternating_power(base, n);
    }
    if (node.name == "C") {
      return n == 2 ? symmetric_power(base, 2, walls) : cyclic_power(base, n);
    }
    if (node.name == "B") {
      length.factor /= 2; // the circle modulo x → −x
      return symmetric_power(interval(length, condition), n, walls);
    }
    refuse(node, fmt::format("{} does not act on a torus or a power: S, A, C, B, antipodal and files do", node.name));
  }
};

} // namespace

ModelSpace model_space(const std::string& text, Boundary condition, const FileSpace& file) {
  const Expression tree = parse_space(text);
  Builder builder(text, file);
  ModelSpace result = builder.build(tree, condition);
  result.name = text;
  result.known_up_to = builder.known_up_to();
  return result;
}

ModelSpace listed_space(const Spectrum& spectrum, double tolerance) {
  std::vector<Level> levels;
  for (const double value : spectrum.eigenvalues) {
    if (!levels.empty() && value - levels.back().value.approximate() <= tolerance * std::abs(value)) {
      ++levels.back().multiplicity;
    } else {
      levels.push_back({Value(0, 0, value), 1});
    }
  }
  const Geometry& shape = spectrum.geometry;
  ModelSpace result{.name = spectrum.origin,
                    .dimension = shape.dimension,
                    .volume = shape.volume,
                    .boundary_volume = shape.boundary_volume,
                    .walls = shape.boundary == Boundary::dirichlet ? -shape.boundary_volume : shape.boundary_volume};
  const double last = spectrum.eigenvalues.empty() ? 0 : spectrum.eigenvalues.back();
  result.known_up_to = last;
  result.levels = [levels, last](const Bound& bound) {
    if (bound.lambda.approximate() > last) {
      throw NumericalError(fmt::format("the eigenvalues are known up to {} only", last));
    }
    std::vector<Level> found;
    std::ranges::copy_if(levels, std::back_inserter(found),
                         [&](const Level& level) { return bound.admits(level.value); });
    return found;
  };
  result.count = [levels = result.levels](const Bound& bound) { return total(levels(bound)); };
  return result;
}

BigInt count(const ModelSpace& space, const Value& lambda) { return space.count({lambda, false}); }

BigInt count_below(const ModelSpace& space, const Value& lambda) { return space.count({lambda, true}); }

namespace {

/// volume · λ^{d/2}/((4π)^{d/2} Γ(1 + d/2)), without overflow.
long double weyl_term(long double volume, int d, long double lambda) {
  if (volume == 0 || d < 0 || lambda <= 0) {
    return 0;
  }
  const long double half = d / 2.0L;
  const long double size =
      std::log(std::abs(volume)) + half * std::log(lambda / (4 * std::acos(-1.0L))) - std::lgamma(1 + half);
  return std::copysign(std::exp(size), volume);
}

} // namespace

long double weyl_count(const ModelSpace& space, long double lambda) {
  return weyl_term(space.volume, space.dimension, lambda);
}

long double weyl_count_two_term(const ModelSpace& space, long double lambda) {
  return weyl_count(space, lambda) + weyl_term(space.walls, space.dimension - 1, lambda) / 4;
}

long double weyl_lambda_two_term(const ModelSpace& space, long double count) {
  long double low = 0;
  long double high = 1;
  while (weyl_count_two_term(space, high) < count) {
    high *= 2;
  }
  for (int step = 0; step < 200 && high - low > 1e-12L * high; ++step) {
    const long double middle = low > 0 ? std::sqrt(low * high) : high / 2;
    (weyl_count_two_term(space, middle) < count || middle < 1e-300L ? low : high) = middle;
  }
  return high;
}

LevelStream::LevelStream(ModelSpace space)
    : space_(std::move(space)),
      step_(space_.unit.value_or(Value(Rational(static_cast<double>(weyl_lambda_two_term(space_, 1)) / 1000)))) {}

void LevelStream::extend() {
  // The number of levels grows with λ like λ^{1/2} for a line and at most like λ^{d/2}.
  const int d = std::max(1, space_.dimension);
  for (const std::size_t known = levels_.size(); levels_.size() == known;) {
    const std::int64_t percent = std::clamp(200 / d, levels_.size() > 100 ? 10 : 50, 100);
    reach_ += reach_ * percent / 100 + 1;
    const Value reach = step_ * Rational(reach_);
    complete_ = reach.approximate() >= space_.known_up_to;
    levels_ = space_.levels({complete_ ? Value(Rational(space_.known_up_to)) : reach, false});
    if (complete_) {
      return;
    }
  }
}

bool LevelStream::more() {
  if (given_ == levels_.size() && !complete_) {
    extend();
  }
  return given_ < levels_.size();
}

Level LevelStream::next() {
  if (!more()) {
    throw NumericalError(fmt::format("the eigenvalues are known up to {:.6g} only", space_.known_up_to));
  }
  return levels_[given_++];
}

std::vector<Level> first_levels(const ModelSpace& space, std::int64_t count) {
  LevelStream stream(space);
  std::vector<Level> result;
  for (BigInt found = 0; found < count;) {
    result.push_back(stream.next());
    found += result.back().multiplicity;
  }
  return result;
}

namespace {

constexpr std::int64_t longest_list = 50000000;

Spectrum listed(const ModelSpace& space, const std::vector<Level>& levels, std::int64_t count) {
  Spectrum result{.eigenvalues = {}, .geometry = geometry(space), .origin = "exact: " + space.name};
  for (const Level& level : levels) {
    const std::int64_t room = count - static_cast<std::int64_t>(result.eigenvalues.size());
    const std::int64_t copies = level.multiplicity < room ? level.multiplicity.convert_to<std::int64_t>() : room;
    result.eigenvalues.insert(result.eigenvalues.end(), static_cast<std::size_t>(copies), level.value.approximate());
  }
  return result;
}

} // namespace

Spectrum spectrum(const ModelSpace& space, std::int64_t count) {
  check_work(static_cast<double>(count), "a list of eigenvalues", static_cast<double>(longest_list));
  return listed(space, first_levels(space, count), count);
}

Spectrum spectrum_up_to(const ModelSpace& space, const Value& lambda) {
  const BigInt count = weyl::count(space, lambda);
  check_work(count.convert_to<double>(), "a list of eigenvalues", static_cast<double>(longest_list));
  return listed(space, space.levels({lambda, false}), count.convert_to<std::int64_t>());
}

Geometry geometry(const ModelSpace& space) {
  return {.dimension = space.dimension,
          .volume = static_cast<double>(space.volume),
          .boundary_volume = static_cast<double>(std::abs(space.walls)),
          .boundary = space.walls < 0 ? Boundary::dirichlet : Boundary::neumann};
}

} // namespace weyl
