// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/certified_forms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "weyl/core/error.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl {

namespace {

constexpr double u = std::numeric_limits<double>::epsilon() / 2;

/// Sums of non-negative numbers in the radii lose less than this.
constexpr double slack = 1 + 1e-6;

/// Numbers the marked entries of a list in order, −1 for the others.
std::vector<int> numbered(const std::vector<char>& marked) {
  std::vector<int> number(marked.size(), -1);
  int next = 0;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != 0) {
      number[i] = next++;
    }
  }
  return number;
}

/// The unknown of every corner of every cell for linear elements.
std::vector<int> vertex_dofs(const Mesh& mesh, Boundary boundary) {
  std::vector<char> marked(static_cast<std::size_t>(mesh.vertex_count), 0);
  for (const int v : mesh.cells) {
    marked[static_cast<std::size_t>(v)] = 1;
  }
  if (boundary == Boundary::dirichlet) {
    const std::vector<char> eliminated = topology(mesh).on_boundary;
    for (std::size_t v = 0; v < marked.size(); ++v) {
      marked[v] = marked[v] != 0 && eliminated[v] == 0;
    }
  }
  const std::vector<int> dof = numbered(marked);
  std::vector<int> result(mesh.cells.size());
  std::ranges::transform(mesh.cells, result.begin(), [&](int v) { return dof[static_cast<std::size_t>(v)]; });
  return result;
}

/// The unknown of the facet opposite every corner of every cell.
std::vector<int> facet_dofs(const Mesh& mesh, Boundary boundary) {
  const Facets all = facets(mesh);
  std::vector<char> marked(all.count(), 1);
  if (boundary == Boundary::dirichlet) {
    for (std::size_t f = 0; f < all.count(); ++f) {
      marked[f] = all.valence(f) > 1;
    }
  }
  const std::vector<int> dof = numbered(marked);
  std::vector<int> result(mesh.cells.size());
  for (std::size_t f = 0; f < all.count(); ++f) {
    for (std::size_t side = all.first_side[f]; side < all.first_side[f + 1]; ++side) {
      result[all.sides[side]] = dof[f];
    }
  }
  return result;
}

} // namespace

CertifiedForms::CertifiedForms(const Mesh& mesh, const CertifiedFormsOptions& options)
    : dimension_(mesh.dimension), cells_(enclose_cells(mesh, options.refine, options.threads)) {
  const Mesh fine = options.refine > 0 ? refine(mesh, options.refine) : mesh; // for the gluing alone
  vertices_ = layout(vertex_dofs(fine, options.boundary));
  facets_ = layout(facet_dofs(fine, options.boundary));
  if (facets_.cells.empty()) {
    throw InputError("the mesh", "every facet lies on the Dirichlet boundary, no unknown is left; refine the mesh");
  }
  const double largest = std::ranges::max(cells_, {}, &CellEnclosure::constant).constant;
  highest_ = 0.99 / largest;
}

CertifiedForms::Layout CertifiedForms::layout(std::vector<int> dof) const {
  const auto corners = static_cast<std::size_t>(dimension_) + 1;
  Layout result{.dof = std::move(dof), .slot = {}, .cells = {}, .pattern = {}};
  const int n = result.dof.empty() ? 0 : 1 + std::ranges::max(result.dof);
  result.cells.assign(static_cast<std::size_t>(n), 0);
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(result.dof.size() * corners);
  const auto for_pairs = [&](const auto& body) {
    for (std::size_t first = 0; first < result.dof.size(); first += corners) {
      for (std::size_t i = 0; i < corners; ++i) {
        for (std::size_t j = 0; j < corners; ++j) {
          body(result.dof[first + i], result.dof[first + j]);
        }
      }
    }
  };
  for_pairs([&](int i, int j) {
    if (i >= 0 && j >= 0) {
      entries.emplace_back(i, j, 1.0);
    }
  });
  result.pattern.resize(n, n);
  result.pattern.setFromTriplets(entries.begin(), entries.end());
  for (const int i : result.dof) {
    if (i >= 0) {
      ++result.cells[static_cast<std::size_t>(i)];
    }
  }
  result.slot.reserve(result.dof.size() * corners);
  const int* outer = result.pattern.outerIndexPtr();
  const int* inner = result.pattern.innerIndexPtr();
  for_pairs([&](int i, int j) {
    result.slot.push_back(
        i < 0 || j < 0 ? -1 : static_cast<int>(std::lower_bound(inner + outer[j], inner + outer[j + 1], i) - inner));
  });
  return result;
}

/// Σ_T stiffness·K_T − weight(T)·|T|·(diagonal or off_diagonal). weight(T) returns a factor and its relative error.
template <class Weight>
EnclosedMatrix CertifiedForms::assemble(const Layout& layout, double stiffness, double diagonal, double off_diagonal,
                                        const Weight& weight) const {
  const auto corners = static_cast<std::size_t>(dimension_) + 1;
  EnclosedMatrix a{layout.pattern, Eigen::VectorXd::Zero(layout.pattern.rows())};
  double* values = a.matrix.valuePtr();
  std::fill_n(values, a.matrix.nonZeros(), 0.0);
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const CellEnclosure& cell = cells_[c];
    const auto weighted = weight(cell);
    const double factor = weighted.first;
    const double error = weighted.second;
    const int* dof = layout.dof.data() + c * corners;
    const int* slot = layout.slot.data() + c * corners * corners;
    // Adds to the entry (i, j); a sum of m numbers in floating point is off by (m − 1)u of their absolute values.
    const auto add = [&](std::size_t i, std::size_t j, double value, double radius) {
      if (slot[i * corners + j] >= 0) {
        values[slot[i * corners + j]] += value;
        const double terms = 2.0 * static_cast<double>(corners) * layout.cells[static_cast<std::size_t>(dof[i])];
        a.radius[dof[i]] += radius + 2 * terms * u * std::abs(value);
      }
    };
    const auto mass = [&](double coefficient) { // and its radius
      const double scale = factor * std::abs(coefficient);
      return std::pair(factor * coefficient * cell.volume,
                       scale * (cell.volume_radius + (error + 8 * u) * cell.volume));
    };
    const auto [on, on_radius] = mass(diagonal);
    const auto [off, off_radius] = mass(off_diagonal);
    for (std::size_t j = 0; j < corners; ++j) {
      add(j, j, -on, on_radius);
      for (std::size_t i = 0; i < j; ++i) {
        const std::size_t e = i + j * (j - 1) / 2;
        const double k = stiffness * cell.stiffness[e];
        const double k_radius = stiffness * cell.stiffness_radius[e] + 2 * u * std::abs(k);
        const double radius = k_radius + off_radius + 2 * u * (std::abs(k) + std::abs(off));
        add(i, j, k - off, radius);
        add(j, i, k - off, radius);
        add(i, i, -k, k_radius); // constants have no energy: K_ii = −Σ_j K_ij in every cell
        add(j, j, -k, k_radius);
      }
    }
  }
  a.radius *= slack;
  return a;
}

EnclosedMatrix CertifiedForms::conforming(double lambda) const {
  const double off_diagonal = 1.0 / ((dimension_ + 1) * (dimension_ + 2));
  return assemble(vertices_, 1, 2 * off_diagonal, off_diagonal,
                  [&](const CellEnclosure&) { return std::pair(lambda, 0.0); });
}

EnclosedMatrix CertifiedForms::nonconforming(double lambda) const {
  if (!(lambda >= 0 && lambda <= highest_)) {
    throw InputError("lambda", "has no upper bound on this mesh: refine it");
  }
  // ∫ψ_iψ_j / |T| of ψ_i = 1 − d·φ_i, whose mean is 1 on the facet opposite corner i and 0 on the others.
  constexpr std::array<double, 4> on{0, 1.0 / 3, 1.0 / 3, 0.4};
  constexpr std::array<double, 4> off{0, 1.0 / 6, 0, -0.05};
  const auto d = static_cast<std::size_t>(dimension_);
  return assemble(facets_, dimension_ * dimension_, on[d], off[d], [&](const CellEnclosure& cell) {
    const double left = 1 - lambda * cell.constant;
    return std::pair(lambda / left, 8 * u / left);
  });
}

} // namespace weyl
