// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/analysis.hpp"

#include <algorithm>
#include <memory>

#include <cholmod.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/subtrees.hpp"

namespace weyl {

namespace {

/// CHOLMOD's workspace and settings, released with the scope.
class Cholmod {
public:
  Cholmod() {
    cholmod_l_start(&common);
    common.print = 0;
    common.supernodal = CHOLMOD_SUPERNODAL;
  }
  ~Cholmod() { cholmod_l_finish(&common); }
  Cholmod(const Cholmod&) = delete;
  Cholmod& operator=(const Cholmod&) = delete;

  cholmod_common common{};
};

/// To leading order; the diagonal block's savings are left out.
double factorization_flops(const Analysis& a) {
  double flops = 0;
  for (int s = 0; s < a.supernode_count(); ++s) {
    const double columns = a.first_column[s + 1] - a.first_column[s];
    const double rows = columns + static_cast<double>(update_order(a, s));
    flops += columns * rows * rows;
  }
  return flops;
}

} // namespace

Analysis analyse(const SparseMatrix& matrix, Ordering ordering) {
  // Where METIS begins to pay, measured on surfaces of 10,000 to 640,000 vertices.
  constexpr Eigen::Index metis_from = 20000;
  if (ordering == Ordering::automatic) {
    ordering = matrix.rows() >= metis_from ? Ordering::metis : Ordering::amd;
  }

  Cholmod cholmod;
  cholmod.common.nmethods = 1;
  cholmod.common.method[0].ordering = ordering == Ordering::metis ? CHOLMOD_METIS : CHOLMOD_AMD;
  cholmod.common.postorder = 1;

  std::vector<SuiteSparse_long> column_start(matrix.outerIndexPtr(), matrix.outerIndexPtr() + matrix.cols() + 1);
  std::vector<SuiteSparse_long> row_index(matrix.innerIndexPtr(), matrix.innerIndexPtr() + matrix.nonZeros());
  cholmod_sparse pattern{};
  pattern.nrow = pattern.ncol = static_cast<std::size_t>(matrix.rows());
  pattern.nzmax = row_index.size();
  pattern.p = column_start.data();
  pattern.i = row_index.data();
  pattern.stype = -1; // the lower triangle is read
  pattern.itype = CHOLMOD_LONG;
  pattern.xtype = CHOLMOD_PATTERN;
  pattern.dtype = CHOLMOD_DOUBLE;
  pattern.sorted = 1;
  pattern.packed = 1;
  const auto release = [&](cholmod_factor* factor) { cholmod_l_free_factor(&factor, &cholmod.common); };
  const std::unique_ptr<cholmod_factor, decltype(release)> factor(cholmod_l_analyze(&pattern, &cholmod.common),
                                                                  release);
  if (!factor || cholmod.common.status < CHOLMOD_OK || factor->is_super == 0) {
    throw NumericalError("the symbolic analysis of a matrix of order " + std::to_string(matrix.rows()) +
                         " failed: out of memory");
  }

  Analysis result;
  const auto longs = [](const void* data, std::size_t count) {
    const auto* begin = static_cast<const SuiteSparse_long*>(data);
    return std::vector<SuiteSparse_long>(begin, begin + count);
  };
  const auto ints = [&](const void* data, std::size_t count) {
    const auto* begin = static_cast<const SuiteSparse_long*>(data);
    std::vector<int> converted(count);
    std::transform(begin, begin + count, converted.begin(),
                   [](SuiteSparse_long value) { return static_cast<int>(value); });
    return converted;
  };
  result.size = static_cast<int>(factor->n);
  result.permutation = ints(factor->Perm, factor->n);
  result.inverse_permutation.resize(factor->n);
  for (int k = 0; k < result.size; ++k) {
    result.inverse_permutation[result.permutation[k]] = k;
  }
  result.first_column = ints(factor->super, factor->nsuper + 1);
  const auto first_row = longs(factor->pi, factor->nsuper + 1);
  const auto first_value = longs(factor->px, factor->nsuper + 1);
  result.first_row.assign(first_row.begin(), first_row.end());
  result.first_value.assign(first_value.begin(), first_value.end());
  result.rows = ints(factor->s, factor->ssize);

  std::vector<int> supernode_of_column(factor->n);
  for (int s = 0; s < static_cast<int>(factor->nsuper); ++s) {
    std::fill(supernode_of_column.begin() + result.first_column[s],
              supernode_of_column.begin() + result.first_column[s + 1], s);
  }
  result.parent.assign(factor->nsuper, -1);
  for (int s = 0; s < result.supernode_count(); ++s) {
    if (update_order(result, s) > 0) {
      const auto below = result.first_row[s] + (result.first_column[s + 1] - result.first_column[s]);
      result.parent[s] = supernode_of_column[result.rows[below]];
    }
  }
  result.parity.assign(factor->nsuper, 0);
  for (int s = result.supernode_count() - 1; s >= 0; --s) {
    result.parity[s] = result.parent[s] < 0 || result.parity[result.parent[s]] != 0 ? 0 : 1;
  }
  result.flops = factorization_flops(result);
  result.stack_size = stack_of_subtree(result, 0, result.supernode_count());
  return result;
}

} // namespace weyl
