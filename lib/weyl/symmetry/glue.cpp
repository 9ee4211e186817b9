// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <Eigen/LU>

#include "weyl/symmetry/walls.hpp"

namespace weyl::symmetry {

namespace {

using Vector = Eigen::Vector3d;
using Matrix = Eigen::Matrix3d;

/// Sets of glued vertices: x_v ≈ h_v x_root.
class Classes {
public:
  Classes(int vertices, const Group& group) : group_(group), parent_(vertices), to_parent_(vertices, 0) {
    for (int v = 0; v < vertices; ++v) {
      parent_[v] = v;
    }
  }

  /// The root and h_v.
  std::pair<int, int> find(int v) {
    if (parent_[v] == v) {
      return {v, 0};
    }
    const auto [root, h] = find(parent_[v]);
    parent_[v] = root;
    to_parent_[v] = group_.times(to_parent_[v], h);
    return {root, to_parent_[v]};
  }

  /// The element that x_v ≈ g x_w asks to fix the root, 0 if it only says where another root lies.
  int glue(const Glued& pair) {
    const auto [root, h] = find(pair.v);
    const auto [other, k] = find(pair.w);
    const int element = group_.times(group_.inverse[h], group_.times(pair.g, k)); // x_root ≈ element·x_other
    if (root == other) {
      return element;
    }
    parent_[root] = other;
    to_parent_[root] = element;
    return 0;
  }

private:
  const Group& group_;
  std::vector<int> parent_;
  std::vector<int> to_parent_;
};

} // namespace

Copies glue_copies(const Mesh& piece, const Group& group, const std::vector<Glued>& glued) {
  const int order = group.order();
  Classes classes(piece.vertex_count, group);
  for (const Glued& pair : glued) {
    classes.glue(pair);
  }
  std::map<int, std::vector<int>> stabilizers; // of roots; none: only the identity
  for (const Glued& pair : glued) {
    if (const int element = classes.glue(pair); element != 0) {
      stabilizers[classes.find(pair.v).first].push_back(element);
    }
  }
  for (auto& [root, elements] : stabilizers) {
    elements = closure(group, elements);
  }
  std::vector<Vector> place(static_cast<std::size_t>(piece.vertex_count), Vector::Zero());
  std::vector<int> size(place.size(), 0);
  for (int v = 0; v < piece.vertex_count; ++v) {
    const auto [root, h] = classes.find(v);
    place[root] += group.matrices[group.inverse[h]] * Eigen::Map<const Vector>(piece.position(v).data());
    ++size[root];
  }
  Mesh result{.dimension = 2, .ambient_dimension = 3};
  std::map<int, std::vector<int>> numbers;  // of the images of a root, per element
  std::vector<std::pair<int, int>> sources; // root and element, per number
  for (int root = 0; root < piece.vertex_count; ++root) {
    if (size[root] == 0) {
      continue;
    }
    const auto found = stabilizers.find(root);
    const std::vector<int> stabilizer = found == stabilizers.end() ? std::vector{0} : found->second;
    Matrix projection = Matrix::Zero();
    for (const int s : stabilizer) {
      projection += group.matrices[s] / static_cast<double>(stabilizer.size());
    }
    place[root] = projection * place[root] / size[root];
    std::vector<int>& number = numbers[root];
    number.assign(static_cast<std::size_t>(order), -1);
    for (int g = 0; g < order; ++g) {
      if (number[g] < 0) {
        for (const int s : stabilizer) {
          number[group.times(g, s)] = result.vertex_count;
        }
        const Vector x = group.matrices[g] * place[root];
        result.positions.insert(result.positions.end(), x.begin(), x.end());
        sources.emplace_back(root, g);
        ++result.vertex_count;
      }
    }
  }
  for (int g = 0; g < order; ++g) {
    const bool turned = group.matrices[g].determinant() < 0;
    for (std::size_t c = 0; c < piece.cell_count(); ++c) {
      std::array<int, 3> corners{};
      std::ranges::transform(piece.cell(c), corners.begin(), [&](int v) {
        const auto [root, h] = classes.find(v);
        return numbers[root][group.times(g, h)];
      });
      if (turned) {
        std::swap(corners[1], corners[2]);
      }
      result.cells.insert(result.cells.end(), corners.begin(), corners.end());
    }
  }
  std::vector<Permutation> permutations(static_cast<std::size_t>(order));
  for (int g = 0; g < order; ++g) {
    for (const auto& [root, h] : sources) {
      permutations[g].push_back(numbers[root][group.times(g, h)]);
    }
  }
  return {std::move(result), std::move(permutations)};
}

} // namespace weyl::symmetry
