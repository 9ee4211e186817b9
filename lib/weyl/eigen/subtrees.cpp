// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/subtrees.hpp"

#include <algorithm>
#include <array>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// For each supernode the number of supernodes and the entries of L in its subtree.
struct Weights {
  explicit Weights(const Analysis& a)
      : size(static_cast<std::size_t>(a.supernode_count()), 1), entries(static_cast<std::size_t>(a.supernode_count())) {
    for (int s = 0; s < a.supernode_count(); ++s) {
      entries[s] += a.first_value[s + 1] - a.first_value[s];
      if (const int parent = a.parent[s]; parent >= 0) {
        size[parent] += size[s];
        entries[parent] += entries[s];
      }
    }
  }

  std::vector<int> size;
  std::vector<std::int64_t> entries;
};

/// What the busiest of the threads does if each takes the next subtree when it is idle.
std::int64_t longest(const std::vector<std::int64_t>& heaviest_first, int threads) {
  std::vector<std::int64_t> load(static_cast<std::size_t>(threads));
  for (const std::int64_t weight : heaviest_first) {
    *std::ranges::min_element(load) += weight;
  }
  return *std::ranges::max_element(load);
}

/// Roots of the subtrees, the heaviest first.
std::vector<int> choose_roots(const Analysis& a, const Weights& weights, int threads) {
  constexpr int openings = 64;
  std::vector<std::vector<int>> children(static_cast<std::size_t>(a.supernode_count()));
  std::vector<int> roots;
  for (int s = 0; s < a.supernode_count(); ++s) {
    (a.parent[s] < 0 ? roots : children[a.parent[s]]).push_back(s);
  }
  const auto heaviest_first = [&] {
    std::ranges::sort(roots, std::ranges::greater(), [&](int s) { return weights.entries[s]; });
  };
  heaviest_first();
  std::vector<int> best;
  std::int64_t alone = 0; // entries above the subtrees
  std::int64_t shortest = a.factor_size();
  for (int step = 0; step < openings && !roots.empty(); ++step) {
    std::vector<std::int64_t> loads(roots.size());
    std::ranges::transform(roots, loads.begin(), [&](int s) { return weights.entries[s]; });
    if (const std::int64_t time = alone + longest(loads, threads); time < shortest) {
      shortest = time;
      best = roots;
    }
    const int opened = roots.front();
    roots.erase(roots.begin());
    alone += a.first_value[opened + 1] - a.first_value[opened];
    roots.insert(roots.end(), children[opened].begin(), children[opened].end());
    heaviest_first();
  }
  best.resize(std::min(best.size(), 8 * static_cast<std::size_t>(threads))); // a mesh may have many small components
  return best;
}

/// `Analysis::rows` of the supernodes [first, last) for a vector that has only the rows of this subtree.
std::vector<int> own_rows(const Analysis& a, int first, int last) {
  const int begin = a.first_column[first];
  const int end = a.first_column[last];
  const auto below = a.rows.begin() + a.first_row[last - 1] + (end - a.first_column[last - 1]);
  const auto below_end = a.rows.begin() + a.first_row[last];
  std::vector<int> rows(a.rows.begin() + a.first_row[first], below_end);
  for (int& row : rows) {
    row = row < end ? row - begin : static_cast<int>(end - begin + (std::lower_bound(below, below_end, row) - below));
  }
  return rows;
}

/// Plays an `Elimination` through with sizes only.
class Stack {
public:
  explicit Stack(const Analysis& analysis) : a_(analysis) {}

  void eliminate(int s) {
    const std::int64_t size = update_order(a_, s) * update_order(a_, s);
    height_ += size;
    peak = std::max(peak, height_);
    auto& children = pending_[1 - a_.parity[s]];
    while (!children.empty() && a_.parent[children.back().supernode] == s) {
      height_ -= children.back().size;
      children.pop_back();
    }
    if (a_.parent[s] >= 0) {
      pending_[a_.parity[s]].push_back({s, size});
    }
  }

  /// The update matrix of s is elsewhere.
  void receive(int s) { pending_[a_.parity[s]].push_back({s, 0}); }

  /// Whether every parent found its children on top of a stack; the update matrix of `last` may be left.
  [[nodiscard]] bool is_settled(int last) const {
    const auto& [even, odd] = pending_;
    const auto& left = even.empty() ? odd : even;
    return even.size() + odd.size() == 0 || (even.size() + odd.size() == 1 && left.back().supernode == last);
  }

  std::int64_t peak = 0;

private:
  struct Pending {
    int supernode;
    std::int64_t size;
  };
  const Analysis& a_;
  std::int64_t height_ = 0; ///< of both stacks together
  std::array<std::vector<Pending>, 2> pending_;
};

} // namespace

Subtrees cut_subtrees(const Analysis& analysis, int threads) {
  Subtrees parts;
  const auto count = static_cast<std::size_t>(analysis.supernode_count());
  parts.tree_of_root.assign(count, -1);
  std::vector<bool> inside(count);
  if (threads > 1) {
    const Weights weights(analysis);
    for (const int root : choose_roots(analysis, weights, threads)) {
      const int first = root + 1 - weights.size[root];
      parts.tree_of_root[root] = static_cast<int>(parts.trees.size());
      parts.trees.push_back({first, root + 1, own_rows(analysis, first, root + 1)});
      std::fill(inside.begin() + first, inside.begin() + root, true);
    }
  }
  for (int s = 0; s < analysis.supernode_count(); ++s) {
    if (!inside[s]) {
      parts.top.push_back(s);
    }
  }
  return parts;
}

std::int64_t stack_of_subtree(const Analysis& analysis, int first, int last) {
  Stack stack(analysis);
  for (int s = first; s < last; ++s) {
    stack.eliminate(s);
  }
  if (!stack.is_settled(last - 1)) {
    throw NumericalError("the symbolic analysis did not give a postorder of the supernodes");
  }
  return stack.peak;
}

std::int64_t stack_of_top(const Analysis& analysis, const Subtrees& parts) {
  Stack stack(analysis);
  for (const int s : parts.top) {
    parts.above(s) ? stack.eliminate(s) : stack.receive(s);
  }
  return stack.peak;
}

Block own_vectors(const Analysis& analysis, const Subtree& tree, const Block& x) {
  const int columns = analysis.first_column[tree.last] - analysis.first_column[tree.first];
  Block own(columns + update_order(analysis, tree.last - 1), x.width());
  own.matrix().topRows(columns) = x.matrix().middleRows(analysis.first_column[tree.first], columns);
  own.matrix().bottomRows(own.rows() - columns).setZero();
  return own;
}

} // namespace weyl
