// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ldlt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include "weyl/core/parallel.hpp"
#include "weyl/eigen/kernels.hpp"
#include "weyl/eigen/subtrees.hpp"

namespace weyl {

namespace {

/// Where supernode s of the factor lives; `row` are the places of its rows in a vector.
SupernodeBlock supernode(const Analysis& a, int s, const double* values, const int* row) {
  return {.values = values + a.first_value[s],
          .row = row,
          .rows = static_cast<int>(a.first_row[s + 1] - a.first_row[s]),
          .columns = a.first_column[s + 1] - a.first_column[s]};
}

SupernodeBlock supernode(const Analysis& a, int s, const double* values) {
  return supernode(a, s, values, a.rows.data() + a.first_row[s]);
}

/// An update matrix that waits for the parent of its supernode: lower triangle, column-major.
struct Update {
  int supernode = -1;
  const double* values = nullptr;
};

/// The numeric elimination of supernodes in a postorder, by one thread. Update matrices live on a stack.
class Elimination {
public:
  Elimination(const Analysis& analysis, const SparseMatrix& matrix, double* values, double* diagonal, double* stack)
      : a_(analysis), matrix_(matrix), values_(values), diagonal_(diagonal), free_(stack),
        local_(static_cast<std::size_t>(analysis.size)) {}

  /// Takes the update matrix of a child that was eliminated elsewhere.
  void receive(const Update& update) {
    if (update.values != nullptr) {
      pending_.push_back({update, nullptr});
    }
  }

  /// The update matrix of the last supernode, the root of a subtree; null if that is a root of the whole tree.
  [[nodiscard]] Update last_update() const { return pending_.empty() ? Update{} : pending_.back().update; }

  void eliminate(int s) {
    const SupernodeBlock node = supernode(a_, s, values_);
    const int m = node.rows - node.columns;
    const auto size = static_cast<std::size_t>(m) * static_cast<std::size_t>(m);
    double* block = values_ + a_.first_value[s];
    std::fill_n(block, a_.first_value[s + 1] - a_.first_value[s], 0.0);
    std::fill_n(free_, size, 0.0);
    for (int k = 0; k < node.rows; ++k) {
      local_[node.row[k]] = k;
    }
    assemble(s, node, block);
    double* base = free_;
    while (!pending_.empty() && a_.parent[pending_.back().update.supernode] == s) {
      extend_add(pending_.back().update, node, block);
      base = pending_.back().place != nullptr ? pending_.back().place : base;
      pending_.pop_back();
    }
    double* d = diagonal_ + a_.first_column[s];
    kernels().factor_columns(block, node.rows, node.columns, d);
    look_at_pivots(node, block, d);
    if (m > 0) {
      kernels().subtract_outer(free_, m, block + node.columns, node.rows, node.columns, d);
      if (base != free_) {
        std::copy_n(free_, size, base); // down over the children: the copy runs forward
      }
      pending_.push_back({{s, base}, base});
    }
    free_ = base + size;
  }

  std::int64_t negative = 0;
  double largest_product = 0; ///< of |l_ik||d_k||l_jk|
  double largest_entry = 0;   ///< of the matrix

private:
  struct Pending {
    Update update;
    double* place; ///< on the stack; null if it is not there
  };

  void assemble(int s, const SupernodeBlock& node, double* block) {
    for (int k = 0; k < node.columns; ++k) {
      const int column = a_.first_column[s] + k;
      for (SparseMatrix::InnerIterator entry(matrix_, a_.permutation[column]); entry; ++entry) {
        const int row = a_.inverse_permutation[entry.row()];
        if (row >= column) {
          block[static_cast<std::ptrdiff_t>(k) * node.rows + local_[row]] += entry.value();
          largest_entry = std::max(largest_entry, std::abs(entry.value()));
        }
      }
    }
  }

  /// Adds a child's update matrix to the front: the block of L and the update matrix at `free_`.
  void extend_add(const Update& child, const SupernodeBlock& node, double* block) {
    const SupernodeBlock from_node = supernode(a_, child.supernode, values_);
    const int order = from_node.rows - from_node.columns;
    const int m = node.rows - node.columns;
    relative_.resize(static_cast<std::size_t>(order));
    std::transform(from_node.row + from_node.columns, from_node.row + from_node.rows, relative_.begin(),
                   [&](int row) { return local_[row]; });
    for (int k = 0; k < order; ++k) {
      const double* from = child.values + static_cast<std::ptrdiff_t>(k) * order;
      const int column = relative_[k];
      double* to = column < node.columns
                       ? block + static_cast<std::ptrdiff_t>(column) * node.rows
                       : free_ + static_cast<std::ptrdiff_t>(column - node.columns) * m - node.columns;
      for (int i = k; i < order; ++i) {
        to[relative_[i]] += from[i];
      }
    }
  }

  void look_at_pivots(const SupernodeBlock& node, const double* block, const double* d) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (int k = 0; k < node.columns; ++k) {
      const double* column = block + static_cast<std::ptrdiff_t>(k) * node.rows;
      double largest = 1;
      for (int i = k + 1; i < node.rows; ++i) {
        largest = std::max(largest, std::abs(column[i]));
      }
      const double product = std::abs(d[k]) * largest * largest;
      largest_product = std::max(largest_product, product > 0 ? product : infinity); // a zero or NaN pivot: infinity
      negative += d[k] < 0;
    }
  }

  const Analysis& a_;
  const SparseMatrix& matrix_;
  double* values_;
  double* diagonal_;
  double* free_;           ///< the top of the stack
  std::vector<int> local_; ///< local row of a global row in the current front
  std::vector<int> relative_;
  std::vector<Pending> pending_;
};

} // namespace

SparseMatrix shifted(const Pencil& pencil, double sigma) { return pencil.stiffness - sigma * pencil.mass; }

Ldlt::Ldlt(std::shared_ptr<const Analysis> analysis, const SparseMatrix& matrix, int threads)
    : analysis_(std::move(analysis)), threads_(thread_count(threads)),
      parts_(std::make_shared<Subtrees>(cut_subtrees(*analysis_, threads_))),
      values_(static_cast<std::size_t>(analysis_->factor_size())),
      diagonal_(static_cast<std::size_t>(analysis_->size)) {
  const auto add_stack = [&](std::int64_t size) { stacks_.emplace_back(static_cast<std::size_t>(size)); };
  for (const Subtree& tree : parts_->trees) {
    add_stack(stack_of_subtree(*analysis_, tree.first, tree.last));
  }
  add_stack(stack_of_top(*analysis_, *parts_));
  factor(matrix);
}

void Ldlt::factor(const SparseMatrix& matrix) {
  const std::size_t trees = parts_->trees.size();
  std::vector<Update> updates(trees);
  negative_ = 0;
  double largest_product = 0;
  double largest_entry = 0;
  std::mutex guard;
  const auto elimination = [&](std::size_t part) {
    return Elimination(*analysis_, matrix, values_.data(), diagonal_.data(), stacks_[part].data());
  };
  const auto finish = [&](const Elimination& done) {
    const std::scoped_lock lock(guard);
    negative_ += done.negative;
    largest_product = std::max(largest_product, done.largest_product);
    largest_entry = std::max(largest_entry, done.largest_entry);
  };
  parallel_tasks(trees, threads_, [&](std::size_t i) {
    Elimination run = elimination(i);
    for (int s = parts_->trees[i].first; s < parts_->trees[i].last; ++s) {
      run.eliminate(s);
    }
    updates[i] = run.last_update();
    finish(run);
  });
  Elimination run = elimination(trees);
  for (const int s : parts_->top) {
    if (parts_->above(s)) {
      run.eliminate(s);
    } else {
      run.receive(updates[static_cast<std::size_t>(parts_->tree_of_root[s])]);
    }
  }
  finish(run);
  growth_ = largest_product / largest_entry;
}

void Ldlt::lower(int s, const int* row, Block& x) const {
  kernels().solve_lower(supernode(*analysis_, s, values_.data(), row), x.data(), x.width());
}

void Ldlt::upper(int s, const int* row, Block& x) const {
  kernels().solve_upper(supernode(*analysis_, s, values_.data(), row), diagonal_.data() + analysis_->first_column[s],
                        x.data(), x.width());
}

void Ldlt::solve(Block& x) const {
  const Analysis& a = *analysis_;
  const auto rows = [&](int s) { return a.rows.data() + a.first_row[s]; };
  // A subtree works on vectors of its own: its columns, then the rows below its root, which others change, too.
  std::vector<Block> own;
  own.reserve(parts_->trees.size());
  for (const Subtree& tree : parts_->trees) {
    own.emplace_back(a.first_column[tree.last] - a.first_column[tree.first] + update_order(a, tree.last - 1),
                     x.width());
  }
  const auto columns = [&](const Subtree& tree) {
    return x.matrix().middleRows(a.first_column[tree.first], a.first_column[tree.last] - a.first_column[tree.first]);
  };
  // body(row of x, row of the subtree's vectors) for the rows below the root.
  const auto below_root = [&](std::size_t i, const auto& body) {
    const int root = parts_->trees[i].last - 1;
    const auto count = update_order(a, root);
    for (std::int64_t k = 0; k < count; ++k) {
      body(x.matrix().row(a.rows[static_cast<std::size_t>(a.first_row[root + 1] - count + k)]),
           own[i].matrix().row(own[i].rows() - count + k));
    }
  };
  parallel_tasks(own.size(), threads_, [&](std::size_t i) {
    const Subtree& tree = parts_->trees[i];
    own[i].matrix().topRows(columns(tree).rows()) = columns(tree);
    own[i].matrix().bottomRows(own[i].rows() - columns(tree).rows()).setZero();
    for (int s = tree.first; s < tree.last; ++s) {
      lower(s, tree.rows.data() + (a.first_row[s] - a.first_row[tree.first]), own[i]);
    }
  });
  for (std::size_t i = 0; i < own.size(); ++i) {
    below_root(i, [](auto&& all, auto&& part) { all += part; });
  }
  for (const int s : parts_->top) {
    if (parts_->above(s)) {
      lower(s, rows(s), x);
    }
  }
  for (auto s = parts_->top.rbegin(); s != parts_->top.rend(); ++s) {
    if (parts_->above(*s)) {
      upper(*s, rows(*s), x);
    }
  }
  parallel_tasks(own.size(), threads_, [&](std::size_t i) {
    const Subtree& tree = parts_->trees[i];
    below_root(i, [](auto&& all, auto&& part) { part = all; });
    for (int s = tree.last - 1; s >= tree.first; --s) {
      upper(s, tree.rows.data() + (a.first_row[s] - a.first_row[tree.first]), own[i]);
    }
    columns(tree) = own[i].matrix().topRows(columns(tree).rows());
  });
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
