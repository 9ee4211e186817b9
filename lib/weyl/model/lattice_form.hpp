// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The quadratic form of a lattice's dual, in integers (internal).

#include <functional>
#include <vector>

#include "weyl/model/value.hpp"

namespace weyl::model {

using IntegerVector = std::vector<BigInt>;
using IntegerMatrix = std::vector<IntegerVector>;
using RationalMatrix = std::vector<std::vector<Rational>>;

/// λ = unit · mᵀ A m for m ∈ Z^d, A an integer matrix; reduced by m = U m' so that few vectors are visited in vain.
struct LatticeForm {
  IntegerMatrix dual;     ///< A of the given basis
  IntegerMatrix form;     ///< Uᵀ A U, of the reduced basis
  IntegerMatrix basis;    ///< U: column j is the j-th reduced vector in the given basis
  RationalMatrix gram;    ///< of the lattice itself, without the power of π
  Value unit;             ///< 4π²/s, or 4/s if lengths are multiples of π
  bool exact = true;      ///< false: the Gram matrix is irrational and A is rounded to 60 bits
  long double volume = 0; ///< of the torus
};

/// \param basis  rows
/// \throws InputError (source: lattice) for dependent vectors or rows of another length than their number.
LatticeForm lattice_form(const std::vector<std::vector<Number>>& basis);

/// Number of m with mᵀ A m ≤ n: Fincke & Pohst 1985 for all coordinates but the first, which is an interval.
BigInt short_vector_count(const LatticeForm& lattice, const BigInt& n);

/// Visits all of them, in the given basis, with mᵀ A m.
void short_vectors(const LatticeForm& lattice, const BigInt& n,
                   const std::function<void(const IntegerVector& m, const BigInt& norm)>& visit);

} // namespace weyl::model
