// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/inertia.hpp"

#include <algorithm>
#include <mutex>

#include "weyl/core/parallel.hpp"
#include "weyl/eigen/kernels.hpp"

namespace weyl {

namespace {

std::int64_t largest_supernode(const Analysis& a) {
  std::int64_t largest = 0;
  for (int s = 0; s < a.supernode_count(); ++s) {
    largest = std::max(largest, a.first_value[s + 1] - a.first_value[s]);
  }
  return largest;
}

} // namespace

/// The elimination of a subtree or of the top, and what is summed over it.
class Inertia::Part {
public:
  Part(Inertia& whole, std::size_t number, const LowerPencil& matrix, double sigma, int width)
      : elimination(*whole.analysis_, matrix, sigma, whole.stacks_[number].data(),
                    static_cast<std::int64_t>(whole.stacks_[number].size())),
        projected(RowMajor::Zero(width, width)), a_(*whole.analysis_), panel_(whole.panels_[number].data()) {}

  /// Eliminates supernode s and substitutes it into x, where its rows have the places `row`.
  void eliminate(int s, const int* row, Block& x) {
    const SupernodeBlock node = supernode(a_, s, panel_, row);
    const int width = x.width();
    d_.resize(static_cast<std::size_t>(node.columns));
    elimination.eliminate(s, panel_, d_.data());
    kernels().solve_lower(node, x.data(), width);
    // A supernode's own rows follow each other, and are final now.
    const double* y = x.row(row[0]);
    scaled_.resize(static_cast<std::size_t>(node.columns) * static_cast<std::size_t>(width));
    for (int k = 0; k < node.columns; ++k) {
      for (int j = 0; j < width; ++j) {
        scaled_[static_cast<std::size_t>(k) * width + j] = y[static_cast<std::ptrdiff_t>(k) * width + j] / d_[k];
      }
    }
    kernels().add_gram(y, width, scaled_.data(), width, node.columns, projected.data(), y);
  }

  Elimination elimination;
  RowMajor projected;

private:
  const Analysis& a_;
  double* panel_;
  std::vector<double> d_;
  std::vector<double> scaled_;
};

Inertia::Inertia(std::shared_ptr<const Analysis> analysis, int threads)
    : analysis_(std::move(analysis)), threads_(thread_count(threads)), parts_(cut_subtrees(*analysis_, threads_)) {
  const auto panel = static_cast<std::size_t>(largest_supernode(*analysis_));
  const auto add_part = [&](std::int64_t stack) {
    stacks_.emplace_back(static_cast<std::size_t>(stack));
    panels_.emplace_back(panel);
  };
  for (const Subtree& tree : parts_.trees) {
    add_part(stack_of_subtree(*analysis_, tree.first, tree.last));
  }
  add_part(stack_of_top(*analysis_, parts_));
}

void Inertia::eliminate(const LowerPencil& matrix, double sigma, const Block& b) {
  const Analysis& a = *analysis_;
  const std::size_t trees = parts_.trees.size();
  std::vector<Update> updates(trees);
  std::vector<Block> own(trees);
  Block x = b.copy();
  pivots_ = {};
  projected_ = RowMajor::Zero(b.width(), b.width());
  std::mutex guard;
  const auto finish = [&](const Part& part) {
    const std::scoped_lock lock(guard);
    pivots_.add(part.elimination.pivots());
    projected_ += part.projected;
  };
  parallel_tasks(trees, threads_, [&](std::size_t i) {
    const Subtree& tree = parts_.trees[i];
    Part part(*this, i, matrix, sigma, b.width());
    own[i] = own_vectors(a, tree, b);
    for (int s = tree.first; s < tree.last; ++s) {
      part.eliminate(s, tree.rows.data() + (a.first_row[s] - a.first_row[tree.first]), own[i]);
    }
    updates[i] = part.elimination.last_update();
    finish(part);
  });
  for (std::size_t i = 0; i < trees; ++i) {
    for_rows_below(a, parts_.trees[i], x, own[i], [](auto&& all, auto&& part) { all += part; });
  }
  Part top(*this, trees, matrix, sigma, b.width());
  for (const int s : parts_.top) {
    if (parts_.above(s)) {
      top.eliminate(s, a.rows.data() + a.first_row[s], x);
    } else {
      top.elimination.receive(updates[static_cast<std::size_t>(parts_.tree_of_root[s])]);
    }
  }
  finish(top);
}

double inertia_bytes(const Analysis& analysis) {
  const auto vectors = 8.0 * static_cast<double>(analysis.size);
  return 8.0 * (static_cast<double>(analysis.stack_size + largest_supernode(analysis)) + vectors);
}

} // namespace weyl
