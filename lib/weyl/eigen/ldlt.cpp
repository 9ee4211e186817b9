// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ldlt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "weyl/eigen/kernels.hpp"

namespace weyl {

namespace {

/// Where supernode s of the factor lives.
SupernodeBlock supernode(const Analysis& a, int s, const double* values) {
  return {.values = values + a.first_value[s],
          .row = a.rows.data() + a.first_row[s],
          .rows = static_cast<int>(a.first_row[s + 1] - a.first_row[s]),
          .columns = a.first_column[s + 1] - a.first_column[s]};
}

} // namespace

SparseMatrix shifted(const Pencil& pencil, double sigma) { return pencil.stiffness - sigma * pencil.mass; }

Ldlt::Ldlt(std::shared_ptr<const Analysis> analysis, const SparseMatrix& matrix)
    : analysis_(std::move(analysis)), values_(static_cast<std::size_t>(analysis_->factor_size())),
      stack_(static_cast<std::size_t>(analysis_->stack_size)), diagonal_(static_cast<std::size_t>(analysis_->size)) {
  factor(matrix);
}

void Ldlt::factor(const SparseMatrix& matrix) {
  const Analysis& a = *analysis_;
  const Kernels& kernel = kernels();
  negative_ = 0;
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
    const SupernodeBlock node = supernode(a, s, values_.data());
    const int first = a.first_column[s];
    const int columns = node.columns;
    const int row_count = node.rows;
    const int m = row_count - columns;
    double* block = values_.data() + a.first_value[s];
    double* u = stack_.data() + height;
    std::fill_n(block, a.first_value[s + 1] - a.first_value[s], 0.0);
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
      const SupernodeBlock from_node = supernode(a, child, values_.data());
      const int order = from_node.rows - from_node.columns;
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
    kernel.factor_columns(block, row_count, columns, d);
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
      kernel.subtract_outer(u, m, block + columns, row_count, columns, d);
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

void Ldlt::solve(Block& x) const {
  const Analysis& a = *analysis_;
  const Kernels& kernel = kernels();
  for (int s = 0; s < a.supernode_count(); ++s) {
    kernel.solve_lower(supernode(a, s, values_.data()), x.data(), x.width());
  }
  for (int s = a.supernode_count() - 1; s >= 0; --s) {
    kernel.solve_upper(supernode(a, s, values_.data()), diagonal_.data() + a.first_column[s], x.data(), x.width());
  }
}

void Ldlt::solve_block(Eigen::Ref<Eigen::MatrixXd> block) const {
  const Analysis& a = *analysis_;
  for (Eigen::Index first = 0; first < block.cols(); first += Block::widest) {
    const Eigen::Index some = std::min<Eigen::Index>(Block::widest, block.cols() - first);
    Block x(a.size, Block::width_for(some));
    auto values = x.matrix();
    values.setZero();
    for (int k = 0; k < a.size; ++k) {
      values.row(k).head(some) = block.row(a.permutation[k]).segment(first, some);
    }
    solve(x);
    for (int k = 0; k < a.size; ++k) {
      block.row(a.permutation[k]).segment(first, some) = values.row(k).head(some);
    }
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
    const SupernodeBlock node = supernode(a, s, values_.data());
    for (int k = 0; k < node.columns; ++k) {
      const double* l = node.values + static_cast<std::ptrdiff_t>(k) * node.rows;
      const double known = x[node.row[k]];
      for (int i = k + 1; i < node.rows; ++i) {
        x[node.row[i]] -= l[i] * known;
      }
    }
  }
  x.array() /= Eigen::Map<const Eigen::ArrayXd>(diagonal_.data(), a.size);
  for (int s = a.supernode_count() - 1; s >= 0; --s) {
    const SupernodeBlock node = supernode(a, s, values_.data());
    for (int k = node.columns - 1; k >= 0; --k) {
      const double* l = node.values + static_cast<std::ptrdiff_t>(k) * node.rows;
      double sum = 0;
      for (int i = k + 1; i < node.rows; ++i) {
        sum += l[i] * x[node.row[i]];
      }
      x[node.row[k]] -= sum;
    }
  }
  for (int k = 0; k < a.size; ++k) {
    vector[a.permutation[k]] = x[k];
  }
}

std::string Ldlt::instruction_set() { return kernels().name; }

} // namespace weyl
