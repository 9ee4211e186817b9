// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The irreducible representations of a finite group over the real numbers.

#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/symmetry/group.hpp"

namespace weyl {

/// What commutes with an irreducible representation: real numbers, complex numbers or quaternions; the value is their
/// real dimension t = ⟨χ, χ⟩.
enum class RepresentationType { real = 1, complex = 2, quaternionic = 4 };

/// A real irreducible representation by orthogonal matrices.
struct Representation {
  std::string name = {}; ///< A1, E, T1g, …: letter by dimension (A or B, E, T, G, H, V6, V7, …)
  int dimension = 1;     ///< d, over the real numbers
  RepresentationType type = RepresentationType::real; ///< what commutes with it
  std::vector<Eigen::MatrixXd> matrices = {};         ///< per element, d × d, ρ(gh) = ρ(g)ρ(h)
  std::vector<double> character = {};                 ///< per element, the trace

  /// d/t: how many eigenvalues of the whole each eigenvalue of the representation's block stands for.
  [[nodiscard]] int weight() const { return dimension / static_cast<int>(type); }
};

/// All of them, up to equivalence, the trivial one first, then by dimension. A random symmetric element of the algebra
/// that commutes with the regular representation has one eigenspace for each irreducible part of it (Dixon, Math. Comp.
/// 24, 1970, in its real form), because it is a Hermitian matrix of distinct eigenvalues over R, C or H on each
/// isotypic component. Checked: ρ(gh) = ρ(g)ρ(h) to 1e-12, ⟨χ, χ⟩ = t, orthogonality of characters, and Σ d²/t = |G|.
///
/// Names are Mulliken's where `group.matrices` are 3 × 3, up to the choice that he leaves to conventions (which of
/// several classes of mirrors or twofold axes comes first).
/// \throws InputError beyond `largest_represented` elements; NumericalError if no seed passes the checks.
/// Cost: O(|G|³).
std::vector<Representation> irreducible_representations(const Group& group, unsigned seed = 1);

/// The largest order of a group whose representations are computed.
inline constexpr int largest_represented = 1500;

/// Multiplicity of the trivial representation in the restriction to a subgroup: dim V^H = (1/|H|) Σ_{h∈H} χ(h).
int invariant_dimension(const Representation& representation, const std::vector<int>& members);

/// The representation of dimension 1 in which every element is 1: functions of its type are the invariant ones.
/// Without a name. Cost: O(|G|).
Representation trivial_representation(const Group& group);

} // namespace weyl
