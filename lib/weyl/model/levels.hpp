// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces made of spaces (internal): products, powers, symmetric powers, averages.

#include <cstdint>
#include <string>
#include <vector>

#include "weyl/model/model_space.hpp"
#include "weyl/model/powers.hpp"

namespace weyl::model {

/// Sorts, and joins what coincides.
void merge(std::vector<Level>& levels);

/// Σ of the multiplicities.
BigInt total(const std::vector<Level>& levels);

/// \throws NumericalError "… would take … steps or more" where the work is above `limit`.
void check_work(double work, const std::string& what, double limit = largest_work);

/// A point: the eigenvalue 0, once.
ModelSpace point();

/// Multiplicities of the levels up to n·unit by their integer.
struct Grid {
  std::vector<std::int64_t> positions; ///< ascending
  std::vector<BigInt> multiplicities;
};

/// The levels of a space with a unit, as integers. `unit` may be a part of the space's own.
Grid grid(const std::vector<Level>& levels, const Value& unit);

/// Levels n·unit of the nonzero entries.
std::vector<Level> levels_of(const std::vector<BigInt>& table, std::int64_t first, const Value& unit);

/// (Σ_i w_i N_i(λ/e_i))/divisor, an integer by its meaning. Volumes are the caller's.
struct Term {
  BigInt weight;
  ModelSpace space;
  int stretch = 1; ///< e: eigenvalues are multiplied by it
};
ModelSpace average(std::vector<Term> terms, const BigInt& divisor);

/// Euler's φ.
std::int64_t totient(std::int64_t n);

} // namespace weyl::model
