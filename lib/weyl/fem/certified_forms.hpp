// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The forms that bracket a counting function: linear elements, which are conforming, and Crouzeix–Raviart
/// elements, which are not.

#include <cstdint>
#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/core/enclosed_matrix.hpp"
#include "weyl/fem/cell_enclosure.hpp"
#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// What is certified.
struct CertifiedFormsOptions {
  Boundary boundary = Boundary::neumann; ///< on facets of exactly one cell
  int refine = 0;                        ///< how often every cell is divided; done without rounding
  int threads = 0;                       ///< 0: one per hardware thread
};

/// Two forms at λ whose negative eigenvalues bracket N(λ) = #{k : λ_k ≤ λ} of the space that a mesh is: its cells as
/// flat simplices with exactly the given coordinates or edge lengths, glued along facets. The space may have cone
/// points of any angle, corners, edges of many cells, and need not be orientable (docs/certified.md has the proof).
///
/// Matrices are enclosed: they come with a bound on their own rounding errors.
class CertifiedForms {
public:
  /// \throws InputError for cells without volume, if no unknown is left, or as `refine` does.
  explicit CertifiedForms(const Mesh& mesh, const CertifiedFormsOptions& options = {});

  /// K − λM of linear elements: #{eigenvalues < 0} ≤ N(λ), by min-max.
  [[nodiscard]] EnclosedMatrix conforming(double lambda) const;

  /// K − λM̃_λ of Crouzeix–Raviart elements (1973; unknowns are means over facets) with the mass
  /// M̃_λ = Σ_T M_T / (1 − λC_T²): N(λ) ≤ #{eigenvalues ≤ 0}. Needs 0 ≤ λ ≤ `highest`.
  [[nodiscard]] EnclosedMatrix nonconforming(double lambda) const;

  /// The λ up to which there is an upper bound: 0.99 / max C_T².
  [[nodiscard]] double highest() const { return highest_; }

private:
  /// Where the local matrices of the cells go.
  struct Layout {
    std::vector<int> dof;   ///< cells × corners; −1: eliminated
    std::vector<int> slot;  ///< cells × corners²: place of the entry among the values; −1: none
    std::vector<int> cells; ///< per unknown, that have it
    SparseMatrix pattern;
  };

  [[nodiscard]] Layout layout(std::vector<int> dof) const;
  template <class Weight>
  [[nodiscard]] EnclosedMatrix assemble(const Layout& layout, double stiffness, double diagonal, double off_diagonal,
                                        const Weight& weight) const;

  int dimension_;
  double highest_ = 0;
  std::vector<CellEnclosure> cells_;
  Layout vertices_;
  Layout facets_;
};

} // namespace weyl
