// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Ordering and symbolic analysis of a sparse symmetric matrix, shared by all factorizations with its pattern.

#include <cstdint>
#include <vector>

#include "weyl/core/pencil.hpp"

namespace weyl {

/// Fill-reducing ordering. AMD is fast to compute; nested dissection (METIS) leaves about a third less fill and pays
/// when many factorizations share the analysis.
enum class Ordering { automatic, amd, metis };

/// Supernodal structure of the factor L of P A Pᵀ = L D Lᵀ. A supernode is a run of columns of L with the same rows
/// below them; its block of L is dense, stored by columns.
struct Analysis {
  int size = 0;                          ///< n
  std::vector<int> permutation;          ///< row k of P A Pᵀ is row permutation[k] of A
  std::vector<int> inverse_permutation;  ///< inverse of `permutation`
  std::vector<int> first_column;         ///< supernode s has columns first_column[s] .. first_column[s+1)
  std::vector<std::int64_t> first_row;   ///< and rows rows[first_row[s] .. first_row[s+1]), its own columns first
  std::vector<int> rows;                 ///< ascending within a supernode
  std::vector<std::int64_t> first_value; ///< block of supernode s in the values of L
  std::vector<int> parent;     ///< supernode of the first row below; −1 for a root. Children precede parents
  std::vector<char> parity;    ///< of a supernode's distance from its root: 0 or 1
  std::int64_t stack_size = 0; ///< doubles needed for the pending update matrices at most
  double flops = 0;            ///< of one numeric factorization

  [[nodiscard]] int supernode_count() const {
    return static_cast<int>(parent.size());
  } ///< groups of columns with one pattern
  /// Entries of L, the zeros of relaxed supernodes included.
  [[nodiscard]] std::int64_t factor_size() const { return first_value.back(); }
  /// Bytes that one numeric factorization needs: factor and stack.
  [[nodiscard]] double bytes() const { return 8.0 * static_cast<double>(factor_size() + stack_size); }
};

/// Orders and analyses the pattern of a symmetric matrix (both triangles stored) with CHOLMOD (Chen, Davis, Hager &
/// Rajamanickam 2008). `automatic` takes METIS from `metis_from` unknowns on.
/// \throws NumericalError if CHOLMOD runs out of memory.
Analysis analyse(const SparseMatrix& matrix, Ordering ordering = Ordering::automatic);

} // namespace weyl
