// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Groups that act on a sample through the space around it.

#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace weyl {

/// A finite group of orthogonal matrices.
struct AmbientGroup {
  std::string name;                             ///< as it was asked for
  std::vector<Eigen::MatrixXd> elements = {};   ///< D × D, the identity first
  std::vector<Eigen::MatrixXd> generators = {}; ///< of which they are products

  [[nodiscard]] int order() const { return static_cast<int>(elements.size()); } ///< |G|
  /// All but the identity, as `NeighbourOptions` has it.
  [[nodiscard]] std::vector<Eigen::MatrixXd> others() const { return {elements.begin() + 1, elements.end()}; }
};

/// The group that matrices generate. \throws InputError(name, …) for a matrix that is not D × D or not orthogonal to
/// 1e-6, and beyond 5000 elements or 10^8 numbers in them. Cost: |G|² comparisons of matrices at most.
AmbientGroup ambient_group(std::vector<Eigen::MatrixXd> generators, int ambient, const std::string& name);

/// From a JSON document: {"matrices": [[[…]]]}, or {"permutations": [[…]]}, each of the numbers 0 to b−1, where b
/// divides D: blocks of D/b coordinates (one point of several, say) change places, block i going to where image[i]
/// says. \throws InputError as above, and for another document.
AmbientGroup parse_ambient_group(std::string_view content, int ambient, const std::string& source);

/// e_i → e_image(i), of blocks of `size` coordinates.
Eigen::MatrixXd block_permutation(const std::vector<int>& image, int size = 1);

} // namespace weyl
