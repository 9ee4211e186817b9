// SPDX-License-Identifier: GPL-3.0-or-later
// Flat tori of any lattice, and their quotients by affine maps.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weyl/core/error.hpp"
#include "weyl/model/builders.hpp"
#include "weyl/model/json_entries.hpp"
#include "weyl/model/lattice_form.hpp"
#include "weyl/model/levels.hpp"

namespace weyl::model {

namespace {

namespace mp = boost::multiprecision;

/// x → A x + b on R^d/Z^d, A in GL_d(Z).
struct Affine {
  IntegerMatrix matrix;
  std::vector<Rational> translation; ///< in [0, 1)
  auto operator<=>(const Affine&) const = default;
  bool operator<(const Affine& other) const {
    return matrix != other.matrix ? matrix < other.matrix : translation < other.translation;
  }
};

Rational fraction(const Rational& q) {
  BigInt whole = mp::numerator(q) / mp::denominator(q);
  whole -= q < whole ? 1 : 0;
  return q - whole;
}

bool integer(const Rational& q) { return mp::denominator(q) == 1; }

/// x → f(g(x)).
Affine compose(const Affine& f, const Affine& g) {
  const std::size_t d = f.matrix.size();
  Affine result{IntegerMatrix(d, IntegerVector(d, 0)), f.translation};
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t k = 0; k < d; ++k) {
        result.matrix[i][j] += f.matrix[i][k] * g.matrix[k][j];
      }
      result.translation[i] += f.matrix[i][j] * g.translation[j];
    }
    result.translation[i] = fraction(result.translation[i]);
  }
  return result;
}

std::vector<Affine> generate(const std::vector<Affine>& generators, std::size_t d, const std::string& source) {
  constexpr std::size_t largest = 20000;
  Affine one{IntegerMatrix(d, IntegerVector(d, 0)), std::vector<Rational>(d, 0)};
  for (std::size_t i = 0; i < d; ++i) {
    one.matrix[i][i] = 1;
  }
  std::map<Affine, bool> known{{one, true}};
  std::vector<Affine> group{one};
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (const Affine& generator : generators) {
      Affine product = compose(group[i], generator);
      if (known.emplace(product, true).second) {
        group.push_back(std::move(product));
        if (group.size() > largest) {
          throw InputError(source, fmt::format("the group has more than {} elements", largest));
        }
      }
    }
  }
  return group;
}

Affine read_affine(const nlohmann::json& entry, std::size_t d, const std::string& path) {
  const auto rows = numbers(entry.is_object() && entry.contains("matrix") ? entry.at("matrix") : entry, path);
  Affine result{IntegerMatrix(d, IntegerVector(d, 0)), std::vector<Rational>(d, 0)};
  if (rows.size() != d || rows.front().size() != d) {
    throw InputError(
        path, fmt::format("a matrix is {} x {}, but the torus has dimension {}", rows.size(), rows.front().size(), d));
  }
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      const Number& number = rows[i][j];
      if (number.radicand != 1 || number.pi_power != 0 || !integer(number.factor)) {
        throw InputError(path, "a matrix maps a lattice to itself only with whole entries, in the lattice's basis");
      }
      result.matrix[i][j] = mp::numerator(number.factor);
    }
  }
  if (entry.is_object() && entry.contains("translation")) {
    const auto& translation = entry.at("translation");
    if (!translation.is_array() || translation.size() != d) {
      throw InputError(path, fmt::format("a translation is a list of {} numbers, in the lattice's basis", d));
    }
    for (std::size_t i = 0; i < d; ++i) {
      const Number value = number(translation[i], path);
      if (value.radicand != 1 || value.pi_power != 0) {
        throw InputError(path, "a translation is rational in the lattice's basis, such as \"1/2\"");
      }
      result.translation[i] = fraction(value.factor);
    }
  }
  return result;
}

/// Aᵀ G A = G, so that x → Ax is an isometry.
bool preserves(const RationalMatrix& gram, const IntegerMatrix& a, bool exact) {
  const std::size_t d = a.size();
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      Rational sum = 0;
      for (std::size_t k = 0; k < d; ++k) {
        for (std::size_t l = 0; l < d; ++l) {
          sum += a[k][i] * gram[k][l] * a[l][j];
        }
      }
      const auto off = Rational(sum - gram[i][j]).convert_to<double>();
      if (exact ? off != 0 : std::abs(off) > 1e-12 * gram[i][i].convert_to<double>()) {
        return false;
      }
    }
  }
  return true;
}

/// Volume of the points that a map fixes if they have codimension 1, else 0. Then 1 − A = v wᵀ with v primitive; x is
/// fixed if v (w·x) ≡ b mod Z^d, that is w·x ≡ t mod 1 with t v ≡ b: |w|* times the volume of the torus.
long double mirror(const Affine& g, const LatticeForm& lattice) {
  const std::size_t d = g.matrix.size();
  IntegerMatrix difference(d, IntegerVector(d));
  BigInt trace = 0;
  for (std::size_t i = 0; i < d; ++i) {
    trace += g.matrix[i][i];
    for (std::size_t j = 0; j < d; ++j) {
      difference[i][j] = (i == j ? 1 : 0) - g.matrix[i][j];
    }
  }
  if (trace != static_cast<std::int64_t>(d) - 2) {
    return 0;
  }
  std::size_t row = 0; // one with an entry
  while (std::ranges::all_of(difference[row], [](const BigInt& entry) { return entry == 0; })) {
    ++row;
  }
  const auto column = static_cast<std::size_t>(
      std::ranges::find_if(difference[row], [](const BigInt& entry) { return entry != 0; }) - difference[row].begin());
  IntegerVector v(d);
  BigInt common = 0;
  for (std::size_t i = 0; i < d; ++i) {
    v[i] = difference[i][column];
    common = mp::gcd(common, v[i]);
  }
  for (BigInt& entry : v) {
    entry /= common;
  }
  std::vector<Rational> w(d);
  for (std::size_t j = 0; j < d; ++j) {
    w[j] = Rational(difference[row][j], v[row]);
    for (std::size_t i = 0; i < d; ++i) {
      if (w[j] * v[i] != difference[i][j]) {
        return 0; // not of rank 1
      }
    }
  }
  const auto steps = mp::abs(v[row]).convert_to<std::int64_t>();
  for (std::int64_t z = 0; z < steps; ++z) {
    const Rational t = (g.translation[row] + z) / v[row];
    bool solves = true;
    for (std::size_t i = 0; i < d; ++i) {
      solves = solves && integer(t * v[i] - g.translation[i]);
    }
    if (solves) {
      Rational square = 0; // of |w|*, as λ = unit mᵀ A m = 4π² |m|*²
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
          square += lattice.dual[i][j] * w[i] * w[j];
        }
      }
      return lattice.volume * std::sqrt((lattice.unit * square).approximate()) / (2 * std::numbers::pi_v<long double>);
    }
  }
  return 0;
}

Value level_value(const LatticeForm& lattice, const BigInt& norm) {
  const Value value = lattice.unit * Rational(norm);
  return lattice.exact ? value : Value(0, 0, value.approximate());
}

std::vector<Level> collect(const LatticeForm& lattice, const std::map<BigInt, BigInt>& norms, const BigInt& divisor) {
  std::vector<Level> result;
  result.reserve(norms.size());
  for (const auto& [norm, multiplicity] : norms) {
    result.push_back({level_value(lattice, norm), multiplicity});
  }
  merge(result);
  for (Level& level : result) {
    level.multiplicity /= divisor;
  }
  std::erase_if(result, [](const Level& level) { return level.multiplicity == 0; });
  return result;
}

} // namespace

ModelSpace lattice(const std::vector<std::vector<Number>>& basis) {
  const auto form = std::make_shared<const LatticeForm>(lattice_form(basis));
  ModelSpace result{.dimension = static_cast<int>(basis.size()), .volume = form->volume};
  if (form->exact) {
    result.unit = form->unit;
  }
  result.count = [form](const Bound& bound) { return short_vector_count(*form, largest_multiple(bound, form->unit)); };
  result.levels = [form](const Bound& bound) {
    std::map<BigInt, BigInt> norms;
    short_vectors(*form, largest_multiple(bound, form->unit),
                  [&](const IntegerVector&, const BigInt& norm) { ++norms[norm]; });
    return collect(*form, norms, 1);
  };
  return result;
}

ModelSpace lattice_quotient(const std::vector<std::vector<Number>>& basis, const std::string& file) {
  const auto form = std::make_shared<const LatticeForm>(lattice_form(basis));
  const std::size_t d = basis.size();
  std::vector<Affine> generators_read;
  for (const auto& entry : generators(read_json(file), file)) {
    generators_read.push_back(read_affine(entry, d, file));
    if (!preserves(form->gram, generators_read.back().matrix, form->exact)) {
      throw InputError(file, fmt::format("generator {} is no isometry of the lattice", generators_read.size()));
    }
  }
  const auto group = std::make_shared<const std::vector<Affine>>(generate(generators_read, d, file));
  const auto order = static_cast<std::int64_t>(group->size());
  ModelSpace result{.dimension = static_cast<int>(d), .volume = form->volume / order};
  for (const Affine& g : *group) {
    result.boundary_volume += 2 * mirror(g, *form) / order;
  }
  result.walls = result.boundary_volume;
  if (form->exact) {
    result.unit = form->unit;
  }
  // e_m ∘ (A, b) = e^{2πi m·b} e_{Aᵀm}: an orbit of m has one invariant function if the stabilizer of m acts on e_m
  // by 1, else none; each of its members is counted as |stabilizer|/|G|.
  result.levels = [form, group, order](const Bound& bound) {
    const BigInt top = largest_multiple(bound, form->unit);
    const BigInt vectors = short_vector_count(*form, top);
    const auto size = static_cast<double>(form->form.size());
    check_work(vectors.convert_to<double>() * static_cast<double>(order) * size * size,
               "a list of the eigenvalues of this quotient");
    std::map<BigInt, BigInt> norms;
    short_vectors(*form, top, [&](const IntegerVector& m, const BigInt& norm) {
      std::int64_t stabilizer = 0;
      for (const Affine& g : *group) {
        bool fixed = true;
        for (std::size_t j = 0; fixed && j < m.size(); ++j) {
          BigInt image = 0;
          for (std::size_t i = 0; i < m.size(); ++i) {
            image += g.matrix[i][j] * m[i];
          }
          fixed = image == m[j];
        }
        Rational phase = 0;
        for (std::size_t i = 0; fixed && i < m.size(); ++i) {
          phase += m[i] * g.translation[i];
        }
        if (fixed && !integer(phase)) {
          return;
        }
        stabilizer += fixed ? 1 : 0;
      }
      norms[norm] += stabilizer;
    });
    return collect(*form, norms, order);
  };
  result.count = [levels = result.levels](const Bound& bound) { return total(levels(bound)); };
  return result;
}

} // namespace weyl::model
