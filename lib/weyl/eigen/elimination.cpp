// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/elimination.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace weyl {

SupernodeBlock supernode(const Analysis& analysis, int s, const double* block, const int* row) {
  return {.values = block,
          .row = row != nullptr ? row : analysis.rows.data() + analysis.first_row[s],
          .rows = static_cast<int>(analysis.first_row[s + 1] - analysis.first_row[s]),
          .columns = analysis.first_column[s + 1] - analysis.first_column[s]};
}

void Pivots::add(const Pivots& others) {
  negative += others.negative;
  largest_product = std::max(largest_product, others.largest_product);
  largest_entry = std::max(largest_entry, others.largest_entry);
}

Elimination::Elimination(const Analysis& analysis, const LowerPencil& matrix, double sigma, double* stack,
                         std::int64_t stack_size)
    : a_(analysis), matrix_(matrix), sigma_(sigma), low_(stack), high_(stack + stack_size),
      local_(static_cast<std::size_t>(analysis.size)) {}

void Elimination::receive(const Update& update) {
  if (update.values != nullptr) {
    pending_[a_.parity[update.supernode]].push_back({update, 0});
  }
}

Update Elimination::last_update() const {
  for (const auto& side : pending_) {
    if (!side.empty()) {
      return side.back().update;
    }
  }
  return {};
}

void Elimination::eliminate(int s, double* block, double* d) {
  const SupernodeBlock node = supernode(a_, s, block);
  const int m = node.rows - node.columns;
  for (int k = 0; k < node.rows; ++k) {
    local_[node.row[k]] = k;
  }
  auto& waiting = pending_[1 - a_.parity[s]];
  auto first_child = waiting.end();
  while (first_child != waiting.begin() && a_.parent[std::prev(first_child)->update.supernode] == s) {
    --first_child;
  }
  const std::span<const Pending> children(first_child, waiting.end());

  std::fill_n(block, std::int64_t{node.rows} * node.columns, 0.0);
  assemble(s, node, block);
  for (const Pending& child : children) {
    add_to_block(child.update, node, block);
  }
  kernels().factor_columns(block, node.rows, node.columns, d);
  look_at(node, d);
  if (m > 0) {
    const std::int64_t size = std::int64_t{m} * m;
    const bool odd = a_.parity[s] != 0;
    double* update = odd ? high_ - size : low_;
    kernels().outer(update, m, block + node.columns, node.rows, node.columns, d);
    for (const Pending& child : children) {
      add_to_update(child.update, node, update);
    }
    (odd ? high_ : low_) += odd ? -size : size;
    pending_[a_.parity[s]].push_back({{s, update}, size});
  }
  for (const Pending& child : children) {
    (a_.parity[s] != 0 ? low_ : high_) += a_.parity[s] != 0 ? -child.size : child.size;
  }
  waiting.erase(first_child, waiting.end());
}

void Elimination::assemble(int s, const SupernodeBlock& node, double* block) {
  double largest = pivots_.largest_entry;
  for (int k = 0; k < node.columns; ++k) {
    double* column = block + static_cast<std::ptrdiff_t>(k) * node.rows;
    const int global = a_.first_column[s] + k;
    for (std::int64_t e = matrix_.first[global]; e < matrix_.first[global + 1]; ++e) {
      const double value = matrix_.stiffness[e] - sigma_ * matrix_.mass[e];
      column[local_[matrix_.row[e]]] += value;
      largest = std::max(largest, std::abs(value));
    }
  }
  pivots_.largest_entry = largest;
}

/// Adds the columns of a child's update matrix that are eliminated now.
void Elimination::add_to_block(const Update& child, const SupernodeBlock& node, double* block) {
  const SupernodeBlock from_node = supernode(a_, child.supernode, nullptr);
  const int order = from_node.rows - from_node.columns;
  const int* row = from_node.row + from_node.columns;
  relative_.resize(static_cast<std::size_t>(order));
  std::transform(row, row + order, relative_.begin(), [&](int r) { return local_[r]; });
  for (int k = 0; k < order && relative_[k] < node.columns; ++k) {
    const double* from = child.values + static_cast<std::ptrdiff_t>(k) * order;
    double* to = block + static_cast<std::ptrdiff_t>(relative_[k]) * node.rows;
    for (int i = k; i < order; ++i) {
      to[relative_[i]] += from[i];
    }
  }
}

/// Adds the others.
void Elimination::add_to_update(const Update& child, const SupernodeBlock& node, double* update) {
  const SupernodeBlock from_node = supernode(a_, child.supernode, nullptr);
  const int order = from_node.rows - from_node.columns;
  const int m = node.rows - node.columns;
  const int* row = from_node.row + from_node.columns;
  relative_.resize(static_cast<std::size_t>(order));
  std::transform(row, row + order, relative_.begin(), [&](int r) { return local_[r] - node.columns; });
  const auto first = std::ranges::lower_bound(relative_, 0) - relative_.begin();
  for (auto k = static_cast<int>(first); k < order; ++k) {
    const double* from = child.values + static_cast<std::ptrdiff_t>(k) * order;
    double* to = update + static_cast<std::ptrdiff_t>(relative_[k]) * m;
    for (int i = k; i < order; ++i) {
      to[relative_[i]] += from[i];
    }
  }
}

void Elimination::look_at(const SupernodeBlock& node, const double* d) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (int k = 0; k < node.columns; ++k) {
    const double* column = node.values + static_cast<std::ptrdiff_t>(k) * node.rows;
    const double largest = std::max(1.0, kernels().largest(column + k + 1, node.rows - k - 1));
    const double product = std::abs(d[k]) * largest * largest;
    pivots_.largest_product = std::max(pivots_.largest_product, product > 0 ? product : infinity); // 0 or NaN: infinity
    pivots_.negative += d[k] < 0;
  }
}

} // namespace weyl
