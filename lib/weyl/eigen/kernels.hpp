// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The inner loops of factorization, solves and orthogonalization, compiled for several instruction sets and
/// chosen when the program runs. Debian's BLAS libraries know processors by their model and fall back to SSE3 or AVX2
/// on those newer than themselves (docs/performance.md has the measurements); these go by what the processor can do.
///
/// "Row-major" means: `width` vectors side by side, the values of one unknown next to each other. The width is 8 or 16.

namespace weyl {

/// One supernode's block of L in P A Pᵀ = L D Lᵀ, and its place in the vectors.
struct SupernodeBlock {
  const double* values; ///< rows × columns, column-major; unit lower triangle in the first `columns` rows
  const int* row;       ///< global indices of its rows, ascending, its own columns first
  int rows;
  int columns;
};

struct Kernels {
  const char* name;

  /// L D Lᵀ of the first `columns` columns of a rows × columns block in place (column-major, leading dimension rows):
  /// L below the diagonal, D in `d`.
  void (*factor_columns)(double* block, int rows, int columns, double* d);

  /// Lower triangle of U = −L₂ D L₂ᵀ; U is order × order, L₂ order × columns with leading dimension ld. Above the
  /// diagonal of U anything may be left.
  void (*outer)(double* u, int order, const double* l2, int ld, int columns, const double* d);

  /// max |x_i|, and 0 for none; NaN is passed over.
  double (*largest)(const double* x, int count);

  /// x ← L⁻¹ x for the columns of one supernode; x is the whole row-major block.
  void (*solve_lower)(const SupernodeBlock& node, double* x, int width);

  /// x ← L⁻ᵀ D⁻¹ x for the columns of one supernode; d are its pivots.
  void (*solve_upper)(const SupernodeBlock& node, const double* d, double* x, int width);

  /// y = A x for `rows` rows of a sparse matrix from row `first` on, x and y row-major.
  void (*multiply)(const int* row_start, const int* column, const double* value, int first, int rows, const double* x,
                   double* y, int width);

  /// C += Qᵀ W: Q rows × q_width, W rows × w_width, C q_width × w_width, all row-major. `next` is where the next call
  /// will find its Q: it is fetched meanwhile.
  void (*add_gram)(const double* q, int q_width, const double* w, int w_width, int rows, double* c, const double* next);

  /// W −= Q C.
  void (*subtract)(const double* q, int q_width, const double* c, int rows, double* w, int w_width, const double* next);
};

/// Those for this processor.
const Kernels& kernels();

/// The `rank`-th best (from 0) that this processor can run, null if there are not so many.
const Kernels* kernels_of_rank(int rank);

} // namespace weyl
