// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Invariant harmonics of a finite group of orthogonal matrices, in exact arithmetic.
///
/// Molien's series with harmonic polynomials (P_k = H_k ⊕ r² P_{k−2}):
///     Σ_k dim(H_k^G) t^k = (1/|G|) Σ_g (1 − t²)/det(1 − t g).
/// An element of finite order is known exactly by its eigenvalues e^{2πi a/L}, L the exponent of the group: whole
/// numbers a. The map ζ_L → (an element of order L of F_p), p ≡ 1 mod L prime, sends the sum, which is |G| times a
/// whole number, to what F_p can compute; the Chinese remainder theorem puts the primes together. Nothing is rounded.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/model/series.hpp"

namespace weyl {

/// A finite subgroup of O(n), as far as its invariants need it.
struct FiniteGroup {
  int size = 0;                                          ///< n
  std::int64_t order = 1;                                ///< |G|
  std::int64_t exponent = 1;                             ///< L: every element's order divides it
  std::map<std::vector<int>, std::int64_t> classes = {}; ///< sorted a (mod L) of the n eigenvalues → number of elements
  std::int64_t reflections = 0;                          ///< elements with one eigenvalue −1 and n − 1 of 1
};

/// Counts `elements` more with these eigenvalues e^{2πi a/L}, 0 ≤ a < L, towards `classes` and `reflections`.
void add_elements(FiniteGroup& group, std::vector<int> angles, std::int64_t elements);

/// The group that orthogonal matrices generate. Products are recognized by a distance below 10⁻⁶; matrices that come
/// closer than 10⁻⁴ without that are refused, since the group would not be finite, or too large.
/// Cost: |G| · generators · n³.
/// \throws InputError unless the matrices are square, of one size, orthogonal to 10⁻⁸, and the group has at most
/// `largest_order` elements.
FiniteGroup generate_group(const std::vector<Eigen::MatrixXd>& generators, const std::string& source,
                           std::int64_t largest_order = 20000);

/// From a JSON file: a list of matrices, or an object with the key `generators`. Entries are numbers or text such as
/// "sqrt(5)/4".
FiniteGroup read_group(const std::string& path);

/// Z_p acting on C^m = R^{2m} by z_j → e^{2πi q_j/p} z_j. Free on the sphere if all q_j are prime to p.
FiniteGroup cyclic_group(int p, const std::vector<int>& rotations);

/// Binary polyhedral groups 2T, 2O, 2I of unit quaternions, acting on R^4 by multiplication from the left.
FiniteGroup binary_polyhedral_group(const std::string& name);

/// dim H_k^G for k < size. Cost: classes · size · n for each prime (one prime for 60 bits of the result).
std::vector<BigInt> invariant_harmonics(const FiniteGroup& group, std::size_t size);

/// The whole series over (1 − t^L)^(n−1)·(1 − t^L): enough for k of any size.
/// \throws NumericalError where n·L is too large.
RationalSeries molien_series(const FiniteGroup& group);

} // namespace weyl
