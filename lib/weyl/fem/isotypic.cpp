// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/isotypic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/lagrange.hpp"

namespace weyl {

namespace {

using Triplets = std::vector<Eigen::Triplet<double>>;

double sign(const Action& action, int g, int x) { return action.signs.empty() ? 1.0 : action.signs[g][x]; }

/// Orthonormal columns that span V^Stab: eigenvectors to 1 of the projection (1/|Stab|) Σ ±ρ(h).
Eigen::MatrixXd fixed_vectors(const Action& action, int x, const std::vector<int>& stabilizer,
                              const Representation& rho) {
  if (stabilizer.empty()) {
    return Eigen::MatrixXd::Identity(rho.dimension, rho.dimension);
  }
  Eigen::MatrixXd projection = Eigen::MatrixXd::Zero(rho.dimension, rho.dimension);
  for (const int h : stabilizer) {
    projection += sign(action, h, x) * rho.matrices[h];
  }
  projection /= static_cast<double>(stabilizer.size());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver((projection + projection.transpose()) / 2);
  const auto rank = static_cast<Eigen::Index>((solver.eigenvalues().array() > 0.5).count());
  return solver.eigenvectors().rightCols(rank);
}

/// The fixed vectors of every orbit, and where its unknowns begin in the block.
struct Frames {
  std::vector<Eigen::MatrixXd> vectors;
  std::vector<int> first;
};

Frames frames(const Action& action, const Orbits& orbits, const Representation& rho) {
  Frames result;
  result.first.push_back(0);
  for (std::size_t o = 0; o < orbits.representatives.size(); ++o) {
    result.vectors.push_back(fixed_vectors(action, orbits.representatives[o], orbits.stabilizers[o], rho));
    result.first.push_back(result.first.back() + static_cast<int>(result.vectors[o].cols()));
  }
  return result;
}

SparseMatrix block(const SparseMatrix& a, const Action& action, const Orbits& orbits, const Representation& rho,
                   const Frames& frames) {
  Triplets entries;
  for (std::size_t o = 0; o < orbits.representatives.size(); ++o) {
    const int x = orbits.representatives[o];
    for (SparseMatrix::InnerIterator entry(a, x); entry; ++entry) {
      const auto z = static_cast<int>(entry.row());
      const int p = orbits.orbit_of[z];
      const int g = orbits.carrier[z];
      const double scale = std::sqrt(static_cast<double>(orbits.sizes[o]) / orbits.sizes[p]) *
                           sign(action, g, orbits.representatives[p]) * entry.value();
      const Eigen::MatrixXd local = scale * frames.vectors[o].transpose() * rho.matrices[g] * frames.vectors[p];
      for (Eigen::Index i = 0; i < local.rows(); ++i) {
        for (Eigen::Index j = 0; j < local.cols(); ++j) {
          entries.emplace_back(frames.first[o] + static_cast<int>(i), frames.first[p] + static_cast<int>(j),
                               local(i, j));
        }
      }
    }
  }
  SparseMatrix result(frames.first.back(), frames.first.back());
  result.setFromTriplets(entries.begin(), entries.end());
  // Symmetric up to rounding and the tolerance of the symmetry; exactly symmetric from here on.
  const SparseMatrix transpose = result.transpose();
  return 0.5 * (result + transpose);
}

} // namespace

Action action_on_vertices(const Group& group, const std::vector<int>& vertex_of_dof) {
  Action action;
  const std::size_t vertices = group.permutations.at(0).size();
  std::vector<int> dof_of_vertex(vertices, -1);
  for (std::size_t dof = 0; dof < vertex_of_dof.size(); ++dof) {
    dof_of_vertex[vertex_of_dof[dof]] = static_cast<int>(dof);
  }
  for (const Permutation& g : group.permutations) {
    Permutation& images = action.images.emplace_back();
    images.reserve(vertex_of_dof.size());
    for (const int v : vertex_of_dof) {
      images.push_back(dof_of_vertex[g[v]]);
      if (images.back() < 0) {
        throw InputError(group.name,
                         fmt::format("vertex {} has an unknown, its image {} has none: the boundary condition "
                                     "is not symmetric",
                                     v, g[v]));
      }
    }
  }
  return action;
}

Action action_on_nodes(const Group& group, const Mesh& mesh, const LagrangeLaplacian& discrete) {
  const NodeNumbers& nodes = discrete.nodes;
  const LagrangeElement element(mesh.dimension, nodes.order);
  std::map<MultiIndex, int> place;
  for (int a = 0; a < element.size(); ++a) {
    place.emplace(element.indices()[a], a);
  }
  std::map<std::array<int, 4>, std::size_t> cells;
  const auto key = [](std::span<const int> vertices) {
    std::array<int, 4> sorted{-1, -1, -1, -1};
    std::ranges::copy(vertices, sorted.begin());
    std::ranges::sort(sorted);
    return sorted;
  };
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    if (!cells.emplace(key(mesh.cell(c)), c).second) {
      throw InputError(group.name, "two cells have the same vertices, so that its action on their nodes is not known");
    }
  }
  Action action;
  std::vector<int> image_of_node(static_cast<std::size_t>(nodes.count));
  for (const Permutation& g : group.permutations) {
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      const std::span<const int> cell = mesh.cell(c);
      std::vector<int> images;
      std::ranges::transform(cell, std::back_inserter(images), [&](int v) { return g[v]; });
      const std::size_t target = cells.at(key(images));
      for (int a = 0; a < element.size(); ++a) {
        MultiIndex index{};
        for (std::size_t i = 0; i < cell.size(); ++i) {
          const auto corner = std::ranges::find(mesh.cell(target), images[i]) - mesh.cell(target).begin();
          index[static_cast<std::size_t>(corner)] = element.indices()[a][i];
        }
        image_of_node[nodes.cell(c)[a]] = nodes.cell(target)[place.at(index)];
      }
    }
    Permutation& of_dofs = action.images.emplace_back();
    for (const int node : discrete.node_of_dof) {
      of_dofs.push_back(discrete.dof_of_node[image_of_node[node]]);
      if (of_dofs.back() < 0) {
        throw InputError(group.name,
                         "an unknown is mapped to a node without one: the boundary condition is not symmetric");
      }
    }
  }
  return action;
}

Orbits orbits(const Group& group, const Action& action) {
  const std::size_t n = action.images.at(0).size();
  Orbits result;
  result.orbit_of.assign(n, -1);
  result.carrier.assign(n, 0);
  for (std::size_t x = 0; x < n; ++x) {
    if (result.orbit_of[x] >= 0) {
      continue;
    }
    const auto orbit = static_cast<int>(result.representatives.size());
    std::vector<int> stabilizer;
    int size = 0;
    for (int g = 0; g < group.order(); ++g) {
      const int y = action.images[g][x];
      if (static_cast<std::size_t>(y) == x) {
        stabilizer.push_back(g);
      }
      if (result.orbit_of[y] < 0) {
        result.orbit_of[y] = orbit;
        result.carrier[y] = g;
        ++size;
      }
    }
    if (stabilizer.size() == 1) {
      stabilizer.clear();
    }
    result.representatives.push_back(static_cast<int>(x));
    result.sizes.push_back(size);
    result.stabilizers.push_back(std::move(stabilizer));
  }
  return result;
}

Pencil isotypic_block(const Pencil& pencil, const Action& action, const Orbits& orbits, const Representation& rho) {
  const Frames f = frames(action, orbits, rho);
  return {.stiffness = block(pencil.stiffness, action, orbits, rho, f),
          .mass = block(pencil.mass, action, orbits, rho, f),
          .dimension = pencil.dimension};
}

SparseMatrix isotypic_basis(const Action& action, const Orbits& orbits, const Representation& rho, int row) {
  const Frames f = frames(action, orbits, rho);
  Triplets entries;
  for (std::size_t z = 0; z < orbits.orbit_of.size(); ++z) {
    const int o = orbits.orbit_of[z];
    const int g = orbits.carrier[z];
    const double scale =
        std::sqrt(static_cast<double>(rho.dimension) / orbits.sizes[o]) * sign(action, g, orbits.representatives[o]);
    const Eigen::RowVectorXd values = scale * rho.matrices[g].row(row) * f.vectors[o];
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      entries.emplace_back(static_cast<int>(z), f.first[o] + static_cast<int>(i), values[i]);
    }
  }
  SparseMatrix basis(static_cast<Eigen::Index>(orbits.orbit_of.size()), f.first.back());
  basis.setFromTriplets(entries.begin(), entries.end());
  return basis;
}

} // namespace weyl
