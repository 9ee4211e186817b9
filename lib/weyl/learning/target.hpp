// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The function that is to be learned, by its power at each eigenvalue.

#include <string>
#include <vector>

#include "weyl/learning/kernel.hpp"
#include "weyl/learning/modes.hpp"

namespace weyl {

/// Squared coefficients of a target f = Σ_k f_k φ_k, φ_k orthonormal for the uniform probability measure, summed over
/// the eigenfunctions of one eigenvalue.
struct TargetLevel {
  double lambda = 0;    ///< eigenvalue of the Laplacian, 1/length²
  double power = 0;     ///< Σ f_k² over the invariant eigenfunctions
  double violation = 0; ///< Σ f_k² over the others: the part that is not invariant
  double sharing = 1;   ///< invariant eigenfunctions that are known to share `power` evenly; 1: nothing is known
};

/// A target: levels in ascending order, each eigenvalue once.
using Target = std::vector<TargetLevel>;

/// Σ f_k² of the invariant part, and of the part that is not invariant.
double invariant_power(const Target& target);
/// Σ f_k² of what is not invariant.
double violation(const Target& target);

/// A random function of a Matérn type: every invariant eigenfunction has the power f_k² ∝ (1 + λ_k)^(−α), the constant
/// one included, 1 in total. It is in H^t for t < α − d/2, d = dim M/G. Levels beyond the known modes are those of a
/// Gauss rule for Weyl's law. \throws InputError unless α > d/2, without which the power is infinite.
Target power_target(const Modes& quotient, double alpha);

/// An α whose target is in the kernel's space on M, and smoother by ½. For a kernel of infinite smoothness as for s =
/// d/2 + 2.
double default_alpha(const Kernel& kernel, int manifold_dimension, int quotient_dimension);

/// A θ ≤ 1 such that the norm Σ f_k² μ_k^(−θ) of a power target is finite (`SourceClass`).
double source_exponent(const Kernel& kernel, int quotient_dimension, double alpha);

/// A table with a line of names, columns between commas: `lambda`, `power`, and `violation` if there is one; lines in
/// any order, the same λ in several lines adds up. Blank lines and what follows a # do not count.
/// \throws InputError with the line for a column that is missing, for what is no finite number, or is negative.
Target parse_target(const std::string& content, const std::string& source);

} // namespace weyl
