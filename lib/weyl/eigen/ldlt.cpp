// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/ldlt.hpp"

#include <algorithm>
#include <mutex>

#include "weyl/core/parallel.hpp"
#include "weyl/eigen/elimination.hpp"
#include "weyl/eigen/kernels.hpp"
#include "weyl/eigen/subtrees.hpp"

namespace weyl {

SparseMatrix shifted(const Pencil& pencil, double sigma) { return pencil.stiffness - sigma * pencil.mass; }

Ldlt::Ldlt(const std::shared_ptr<const Analysis>& analysis, const SparseMatrix& matrix, int threads)
    : Ldlt(analysis, lower_part(matrix, *analysis), 0, threads) {}

Ldlt::Ldlt(std::shared_ptr<const Analysis> analysis, const LowerPencil& pencil, double sigma, int threads)
    : analysis_(std::move(analysis)), threads_(thread_count(threads)),
      parts_(std::make_shared<Subtrees>(cut_subtrees(*analysis_, threads_))),
      values_(static_cast<std::size_t>(analysis_->factor_size())),
      diagonal_(static_cast<std::size_t>(analysis_->size)) {
  const auto add_stack = [&](std::int64_t size) { stacks_.emplace_back(static_cast<std::size_t>(size)); };
  for (const Subtree& tree : parts_->trees) {
    add_stack(stack_of_subtree(*analysis_, tree.first, tree.last));
  }
  add_stack(stack_of_top(*analysis_, *parts_));
  factor(pencil, sigma);
}

void Ldlt::factor(const LowerPencil& pencil, double sigma) {
  const std::size_t trees = parts_->trees.size();
  std::vector<Update> updates(trees);
  Pivots pivots;
  std::mutex guard;
  const auto elimination = [&](std::size_t part) {
    return Elimination(*analysis_, pencil, sigma, stacks_[part].data(),
                       static_cast<std::int64_t>(stacks_[part].size()));
  };
  const auto eliminate = [&](Elimination& run, int s) {
    run.eliminate(s, values_.data() + analysis_->first_value[s], diagonal_.data() + analysis_->first_column[s]);
  };
  const auto finish = [&](const Elimination& done) {
    const std::scoped_lock lock(guard);
    pivots.add(done.pivots());
  };
  parallel_tasks(trees, threads_, [&](std::size_t i) {
    Elimination run = elimination(i);
    for (int s = parts_->trees[i].first; s < parts_->trees[i].last; ++s) {
      eliminate(run, s);
    }
    updates[i] = run.last_update();
    finish(run);
  });
  Elimination run = elimination(trees);
  for (const int s : parts_->top) {
    if (parts_->above(s)) {
      eliminate(run, s);
    } else {
      run.receive(updates[static_cast<std::size_t>(parts_->tree_of_root[s])]);
    }
  }
  finish(run);
  negative_ = pivots.negative;
  growth_ = pivots.growth();
}

SupernodeBlock Ldlt::at(int s, const int* row) const {
  return supernode(*analysis_, s, values_.data() + analysis_->first_value[s], row);
}

void Ldlt::lower(int s, const int* row, Block& x) const { kernels().solve_lower(at(s, row), x.data(), x.width()); }

void Ldlt::upper(int s, const int* row, Block& x) const {
  kernels().solve_upper(at(s, row), diagonal_.data() + analysis_->first_column[s], x.data(), x.width());
}

void Ldlt::solve(Block& x) const {
  const Analysis& a = *analysis_;
  const auto rows = [&](int s) { return a.rows.data() + a.first_row[s]; };
  std::vector<Block> own(parts_->trees.size());
  parallel_tasks(own.size(), threads_, [&](std::size_t i) {
    const Subtree& tree = parts_->trees[i];
    own[i] = own_vectors(a, tree, x);
    for (int s = tree.first; s < tree.last; ++s) {
      lower(s, tree.rows.data() + (a.first_row[s] - a.first_row[tree.first]), own[i]);
    }
  });
  for (std::size_t i = 0; i < own.size(); ++i) {
    for_rows_below(a, parts_->trees[i], x, own[i], [](auto&& all, auto&& part) { all += part; });
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
    for_rows_below(a, tree, x, own[i], [](auto&& all, auto&& part) { part = all; });
    for (int s = tree.last - 1; s >= tree.first; --s) {
      upper(s, tree.rows.data() + (a.first_row[s] - a.first_row[tree.first]), own[i]);
    }
    const int columns = a.first_column[tree.last] - a.first_column[tree.first];
    x.matrix().middleRows(a.first_column[tree.first], columns) = own[i].matrix().topRows(columns);
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
    const SupernodeBlock node = at(s);
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
    const SupernodeBlock node = at(s);
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
