// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The elimination tree cut into parts for several threads.

#include <cstdint>
#include <vector>

#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"

namespace weyl {

/// One thread's part: a subtree of supernodes, which is a run of them since the tree is in postorder. What it changes
/// outside of its own columns are the rows below its root.
struct Subtree {
  int first; ///< supernodes first .. last − 1; the last one is the root
  int last;
  std::vector<int> rows; ///< `Analysis::rows` of its supernodes, counted from its first column; rows below the root
                         ///< follow its columns without a gap
};

/// Disjoint subtrees, which can be eliminated in any order, the heaviest first, and what is above them.
struct Subtrees {
  std::vector<Subtree> trees;
  std::vector<int> tree_of_root; ///< by supernode: the subtree that it is the root of, −1 for the others
  std::vector<int> top;          ///< supernodes in no subtree and roots of subtrees, ascending

  /// Whether supernode s of `top` is to be eliminated after the subtrees.
  [[nodiscard]] bool above(int s) const { return tree_of_root[static_cast<std::size_t>(s)] < 0; }
};

/// Cuts for `threads` threads: from the roots down the heaviest subtree (by entries of L) is opened as long as that
/// shortens what the busiest thread and then one thread alone has to do; eight a thread at most. For one thread there
/// are no subtrees.
Subtrees cut_subtrees(const Analysis& analysis, int threads);

/// Order of the update matrix that supernode s leaves to its parent.
inline std::int64_t update_order(const Analysis& a, int s) {
  return a.first_row[s + 1] - a.first_row[s] - (a.first_column[s + 1] - a.first_column[s]);
}

/// Doubles that pending update matrices need at most while an `Elimination` goes through the supernodes [first, last).
/// \throws NumericalError if the supernodes are not in postorder.
std::int64_t stack_of_subtree(const Analysis& analysis, int first, int last);

/// The same for the top, whose subtrees have stacks of their own.
std::int64_t stack_of_top(const Analysis& analysis, const Subtrees& parts);

/// A subtree's own vectors: its columns of `x`, then zeros for the rows below its root, which others change, too.
Block own_vectors(const Analysis& analysis, const Subtree& tree, const Block& x);

/// body(row of x, row of the subtree's own vectors) for the rows below its root.
template <class Body>
void for_rows_below(const Analysis& analysis, const Subtree& tree, Block& x, Block& own, const Body& body) {
  const auto count = update_order(analysis, tree.last - 1);
  for (std::int64_t k = 0; k < count; ++k) {
    body(x.matrix().row(analysis.rows[static_cast<std::size_t>(analysis.first_row[tree.last] - count + k)]),
         own.matrix().row(own.rows() - count + k));
  }
}

} // namespace weyl
