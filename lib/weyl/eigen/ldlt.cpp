// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ldlt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "weyl/eigen/blas.hpp"

namespace weyl {

namespace {

/// Columns factored at a time within a supernode, and columns of an update matrix computed at a time.
constexpr int panel_width = 48;
constexpr int update_width = 96;

/// L D Lᵀ of a small dense lower triangle in place (column-major, leading dimension ld): L below, D in `d`.
void factor_triangle(double* a, int order, int ld, double* d) {
  for (int k = 0; k < order; ++k) {
    double* column = a + static_cast<std::ptrdiff_t>(k) * ld;
    d[k] = column[k];
    const double inverse = 1 / d[k];
    for (int j = k + 1; j < order; ++j) {
      const double l = column[j] * inverse;
      double* target = a + static_cast<std::ptrdiff_t>(j) * ld;
      for (int i = j; i < order; ++i) {
        target[i] -= column[i] * l;
      }
    }
    for (int i = k + 1; i < order; ++i) {
      column[i] *= inverse;
    }
  }
}

/// out (count × columns) = rows of L times D: out(i, k) = l(i, k)·d[k].
void scaled_rows(const double* l, int ld, int count, int columns, const double* d, double* out) {
  for (int k = 0; k < columns; ++k) {
    for (int i = 0; i < count; ++i) {
      out[static_cast<std::ptrdiff_t>(k) * count + i] = l[static_cast<std::ptrdiff_t>(k) * ld + i] * d[k];
    }
  }
}

/// Left-looking blocked L D Lᵀ of the first `columns` columns of a rows × columns block in place.
void factor_block(double* block, int rows, int columns, double* d, std::vector<double>& scratch) {
  for (int j = 0; j < columns; j += panel_width) {
    const int width = std::min(panel_width, columns - j);
    double* panel = block + static_cast<std::ptrdiff_t>(j) * rows + j;
    if (j > 0) {
      scratch.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(j));
      scaled_rows(block + j, rows, width, j, d, scratch.data());
      blas::subtract_product(panel, rows, block + j, rows, scratch.data(), width, rows - j, width, j);
    }
    factor_triangle(panel, width, rows, d + j);
    if (j + width < rows) {
      blas::solve_right_unit_lower_transposed(panel + width, rows, panel, rows, rows - j - width, width);
      for (int k = 0; k < width; ++k) {
        double* column = panel + static_cast<std::ptrdiff_t>(k) * rows + width;
        const double inverse = 1 / d[j + k];
        std::transform(column, column + (rows - j - width), column, [inverse](double x) { return x * inverse; });
      }
    }
  }
}

/// Lower triangle of U −= L₂ D L₂ᵀ, U of order m, L₂ the last m rows of the block.
void update(double* u, int m, const double* l2, int ld, int columns, const double* d, std::vector<double>& scratch) {
  scratch.resize(static_cast<std::size_t>(std::min(m, update_width)) * static_cast<std::size_t>(columns));
  for (int j = 0; j < m; j += update_width) {
    const int width = std::min(update_width, m - j);
    scaled_rows(l2 + j, ld, width, columns, d, scratch.data());
    blas::subtract_product(u + static_cast<std::ptrdiff_t>(j) * m + j, m, l2 + j, ld, scratch.data(), width, m - j,
                           width, columns);
  }
}

/// Where supernode s of the factor lives.
struct Supernode {
  Supernode(const Analysis& a, int s, const std::vector<double>& values)
      : first(a.first_column[s]), columns(a.first_column[s + 1] - first),
        rows(static_cast<int>(a.first_row[s + 1] - a.first_row[s])), below(rows - columns),
        row(a.rows.data() + a.first_row[s]), block(values.data() + a.first_value[s]) {}

  int first;           ///< its first column
  int columns;         ///< number of columns
  int rows;            ///< number of rows, leading dimension of the block
  int below;           ///< rows − columns
  const int* row;      ///< global indices of the rows
  const double* block; ///< rows × columns, column-major
};

} // namespace

SparseMatrix shifted(const Pencil& pencil, double sigma) { return pencil.stiffness - sigma * pencil.mass; }

Ldlt::Ldlt(std::shared_ptr<const Analysis> analysis, const SparseMatrix& matrix)
    : analysis_(std::move(analysis)), stack_(static_cast<std::size_t>(analysis_->stack_size)),
      diagonal_(static_cast<std::size_t>(analysis_->size)) {
  factor(matrix);
}

void Ldlt::factor(const SparseMatrix& matrix) {
  blas::use_one_thread();
  const Analysis& a = *analysis_;
  values_.assign(static_cast<std::size_t>(a.factor_size()), 0.0);
  negative_ = 0;
  std::vector<double> scratch;
  std::vector<int> local(static_cast<std::size_t>(a.size)); // local row of a global row in the current front
  std::vector<int> relative;
  struct Pending {
    int supernode;
    std::size_t offset;
  };
  std::vector<Pending> pending;
  std::size_t height = 0;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double largest_product = 0;
  double largest_entry = 0;

  for (int s = 0; s < a.supernode_count(); ++s) {
    const Supernode node(a, s, values_);
    const int first = node.first;
    const int columns = node.columns;
    const int row_count = node.rows;
    const int m = node.below;
    double* block = values_.data() + a.first_value[s];
    double* u = stack_.data() + height;
    std::fill_n(u, static_cast<std::size_t>(m) * static_cast<std::size_t>(m), 0.0);
    for (int k = 0; k < row_count; ++k) {
      local[node.row[k]] = k;
    }

    for (int k = 0; k < columns; ++k) {
      for (SparseMatrix::InnerIterator entry(matrix, a.permutation[first + k]); entry; ++entry) {
        const int row = a.inverse_permutation[entry.row()];
        if (row >= first + k) {
          block[static_cast<std::ptrdiff_t>(k) * row_count + local[row]] += entry.value();
          largest_entry = std::max(largest_entry, std::abs(entry.value()));
        }
      }
    }
    // Extend-add: the children's update matrices, which are the last ones on the stack.
    std::size_t base = height;
    while (!pending.empty() && a.parent[pending.back().supernode] == s) {
      const auto [child, offset] = pending.back();
      pending.pop_back();
      base = offset;
      const Supernode from_node(a, child, values_);
      const int order = from_node.below;
      relative.resize(static_cast<std::size_t>(order));
      std::transform(from_node.row + from_node.columns, from_node.row + from_node.rows, relative.begin(),
                     [&](int row) { return local[row]; });
      for (int k = 0; k < order; ++k) {
        const double* from = stack_.data() + offset + static_cast<std::ptrdiff_t>(k) * order;
        const int column = relative[k];
        double* to = column < columns ? block + static_cast<std::ptrdiff_t>(column) * row_count
                                      : u + static_cast<std::ptrdiff_t>(column - columns) * m - columns;
        for (int i = k; i < order; ++i) {
          to[relative[i]] += from[i];
        }
      }
    }

    double* d = diagonal_.data() + first;
    factor_block(block, row_count, columns, d, scratch);
    for (int k = 0; k < columns; ++k) {
      const double* column = block + static_cast<std::ptrdiff_t>(k) * row_count;
      double largest = 1;
      for (int i = k + 1; i < row_count; ++i) {
        largest = std::max(largest, std::abs(column[i]));
      }
      const double product = std::abs(d[k]) * largest * largest;
      largest_product = std::max(largest_product, product > 0 ? product : infinity); // a zero or NaN pivot: infinity
      negative_ += d[k] < 0;
    }
    if (m > 0) {
      update(u, m, block + columns, row_count, columns, d, scratch);
      const auto size = static_cast<std::size_t>(m) * static_cast<std::size_t>(m);
      if (base != height) {
        std::copy_n(u, size, stack_.data() + base); // down over the children; base < height, so forward copying is safe
      }
      pending.push_back({s, base});
      height = base + size;
    } else {
      height = base;
    }
  }
  growth_ = largest_product / largest_entry;
}

void Ldlt::solve_block(Eigen::Ref<Eigen::MatrixXd> block) const {
  blas::use_one_thread();
  const Analysis& a = *analysis_;
  const auto r = static_cast<int>(block.rows());
  Eigen::MatrixXd x(r, a.size);
  for (int k = 0; k < a.size; ++k) {
    x.col(k) = block.col(a.permutation[k]);
  }
  Eigen::MatrixXd below; // the unknowns of the rows below a supernode's triangle, side by side
  for (int s = 0; s < a.supernode_count(); ++s) {
    const Supernode node(a, s, values_);
    double* own = x.data() + static_cast<std::ptrdiff_t>(node.first) * r;
    blas::solve_right_unit_lower_transposed(own, r, node.block, node.rows, r, node.columns);
    if (node.below > 0) {
      below.setZero(r, node.below);
      blas::subtract_product(below.data(), r, own, r, node.block + node.columns, node.rows, r, node.below,
                             node.columns);
      for (int k = 0; k < node.below; ++k) {
        x.col(node.row[node.columns + k]) += below.col(k);
      }
    }
  }
  for (int k = 0; k < a.size; ++k) {
    x.col(k) /= diagonal_[k];
  }
  for (int s = a.supernode_count() - 1; s >= 0; --s) {
    const Supernode node(a, s, values_);
    double* own = x.data() + static_cast<std::ptrdiff_t>(node.first) * r;
    if (node.below > 0) {
      below.resize(r, node.below);
      for (int k = 0; k < node.below; ++k) {
        below.col(k) = x.col(node.row[node.columns + k]);
      }
      blas::subtract_product_plain(own, r, below.data(), r, node.block + node.columns, node.rows, r, node.columns,
                                   node.below);
    }
    blas::solve_right_unit_lower(own, r, node.block, node.rows, r, node.columns);
  }
  for (int k = 0; k < a.size; ++k) {
    block.col(a.permutation[k]) = x.col(k);
  }
}

void Ldlt::solve(Eigen::Ref<Eigen::VectorXd> vector) const {
  // One right-hand side is bound by reading L once in each direction; plain loops reach that, BLAS calls do not.
  const Analysis& a = *analysis_;
  Eigen::VectorXd x(a.size);
  for (int k = 0; k < a.size; ++k) {
    x[k] = vector[a.permutation[k]];
  }
  for (int s = 0; s < a.supernode_count(); ++s) {
    const Supernode node(a, s, values_);
    for (int k = 0; k < node.columns; ++k) {
      const double* l = node.block + static_cast<std::ptrdiff_t>(k) * node.rows;
      const double known = x[node.first + k];
      for (int i = k + 1; i < node.rows; ++i) {
        x[node.row[i]] -= l[i] * known;
      }
    }
  }
  x.array() /= Eigen::Map<const Eigen::ArrayXd>(diagonal_.data(), a.size);
  for (int s = a.supernode_count() - 1; s >= 0; --s) {
    const Supernode node(a, s, values_);
    for (int k = node.columns - 1; k >= 0; --k) {
      const double* l = node.block + static_cast<std::ptrdiff_t>(k) * node.rows;
      double sum = 0;
      for (int i = k + 1; i < node.rows; ++i) {
        sum += l[i] * x[node.row[i]];
      }
      x[node.first + k] -= sum;
    }
  }
  for (int k = 0; k < a.size; ++k) {
    vector[a.permutation[k]] = x[k];
  }
}

} // namespace weyl
