// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces whose spectra are known exactly.

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "weyl/model/expression.hpp"
#include "weyl/model/value.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// A distinct eigenvalue.
struct Level {
  Value value;         ///< λ, 1/length²
  BigInt multiplicity; ///< dimension of the eigenspace
};

/// A space, its size, and its spectrum as two functions. Volumes are long double: that of T^300/S_300 is below what a
/// double holds.
struct ModelSpace {
  std::string name = {};           ///< as it was asked for
  int dimension = 1;               ///< of the manifold
  long double volume = 0;          ///< length^d; of a quotient, that of the orbit space
  long double boundary_volume = 0; ///< length^(d−1); end points for d = 1
  /// Weyl's second term is ¼ C_{d−1} · walls · λ^{(d−1)/2}: + the Neumann part, − the Dirichlet part, and (2 − m) times
  /// a part where orbits of a Lie group lose the dimension m − 1.
  long double walls = 0;
  /// Eigenvalues that were computed are known up to here, and so is what is made of them; infinite where all are exact.
  double known_up_to = std::numeric_limits<double>::infinity();
  std::optional<Value> unit = {}; ///< all eigenvalues are integer multiples of it, if there is one
  /// N(λ) = #{k : λ_k ≤ λ} as an exact integer, or #{k : λ_k < λ}.
  /// \throws NumericalError that names the largest λ, or the number of steps, where it would take too long.
  std::function<BigInt(const Bound&)> count = {};
  /// All distinct eigenvalues up to λ, ascending. \throws NumericalError where they would be too many.
  std::function<std::vector<Level>(const Bound&)> levels = {};
};

/// From a file, under a boundary condition, to its eigenvalues as a space (`listed_space`).
using FileSpace = std::function<ModelSpace(const std::string& path, Boundary condition)>;

/// The space of an expression without atoms that must be meshed.
/// \param condition  on boundaries for which the expression asks for none
/// \param file       for `file:PATH`; without it that atom is refused
/// \throws InputError that names the column of what is wrong.
ModelSpace model_space(const std::string& text, Boundary condition = Boundary::neumann, const FileSpace& file = {});

/// A space whose spectrum is given as a list, for products and powers of it: complete up to its last eigenvalue, up to
/// which it can be counted. Eigenvalues within `tolerance` of each other, relative, are one level.
ModelSpace listed_space(const Spectrum& spectrum, double tolerance = 1e-9);

/// N(λ).
BigInt count(const ModelSpace& space, const Value& lambda);
/// #{k : λ_k < λ}.
BigInt count_below(const ModelSpace& space, const Value& lambda);

/// Weyl's law of one and of two terms, where doubles of the volume would overflow.
long double weyl_count(const ModelSpace& space, long double lambda);
/// Weyl's law with the boundary's term.
long double weyl_count_two_term(const ModelSpace& space, long double lambda);
/// The λ at which the law of two terms reaches `count` for the last time. Cost: a bisection.
long double weyl_lambda_two_term(const ModelSpace& space, long double count);

/// Distinct eigenvalues in ascending order, as many as are asked for; nothing is computed far beyond.
class LevelStream {
public:
  /// From λ_0 on.
  explicit LevelStream(ModelSpace space);
  /// Whether there is a next level, or all that is known has been given.
  bool more();
  /// The next level. \throws NumericalError where nothing more is known.
  Level next();

private:
  void extend();

  ModelSpace space_;
  Value step_;       ///< the space's unit, or a small part of Weyl's first λ
  BigInt reach_ = 1; ///< levels are known up to reach · step
  std::vector<Level> levels_ = {};
  std::size_t given_ = 0;
  bool complete_ = false; ///< all that is known is in `levels_`
};

/// The smallest levels that hold at least `count` eigenvalues.
std::vector<Level> first_levels(const ModelSpace& space, std::int64_t count);

/// The `count` smallest eigenvalues as doubles. \throws NumericalError above 50 million.
Spectrum spectrum(const ModelSpace& space, std::int64_t count);

/// All eigenvalues up to λ. \throws NumericalError if they are more than 50 million.
Spectrum spectrum_up_to(const ModelSpace& space, const Value& lambda);

/// d, |M|, and the boundary with the sign of Weyl's second term.
Geometry geometry(const ModelSpace& space);

namespace model {
/// Steps that N(λ) or a list of eigenvalues may take before it is refused.
inline constexpr double largest_work = 4e8;
/// Levels, or entries of a table, that are held at a time.
inline constexpr double largest_table = 1e7;
} // namespace model

} // namespace weyl
