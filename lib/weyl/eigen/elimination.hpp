// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The numeric elimination of supernodes: the multifrontal method (Duff & Reid 1983; Liu 1992).

#include <array>
#include <cstdint>
#include <vector>

#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/kernels.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

/// Where supernode s of L lives, and the places of its rows in a vector (by default those of the whole vector).
SupernodeBlock supernode(const Analysis& analysis, int s, const double* block, const int* row = nullptr);

/// What is known of an L D Lᵀ from its pivots.
struct Pivots {
  std::int64_t negative = 0;
  double largest_product = 0; ///< of |l_ik||d_k||l_jk|; infinite if a pivot vanished
  double largest_entry = 0;   ///< of the matrix

  void add(const Pivots& others);
  [[nodiscard]] double growth() const { return largest_product / largest_entry; }
};

/// An update matrix that waits for the parent of its supernode: lower triangle, column-major.
struct Update {
  int supernode = -1;
  const double* values = nullptr;
};

/// Eliminates supernodes of P (K − σM) Pᵀ in a postorder, by one thread. Update matrices wait at the two ends of one
/// piece of memory: those of even levels of the tree at its beginning, those of odd levels at its end, so that a parent
/// puts its own beside those of its children, which are then on top of the other stack.
class Elimination {
public:
  /// `stack` has `stack_of_subtree` or `stack_of_top` doubles.
  Elimination(const Analysis& analysis, const LowerPencil& matrix, double sigma, double* stack,
              std::int64_t stack_size);

  /// Takes the update matrix of a child that was eliminated elsewhere.
  void receive(const Update& update);

  /// The update matrix of the last supernode, the root of a subtree; without values if that is a root of the tree.
  [[nodiscard]] Update last_update() const;

  /// Puts supernode s of L into `block` (rows × columns, column-major) and its part of D into `d`.
  void eliminate(int s, double* block, double* d);

  [[nodiscard]] const Pivots& pivots() const { return pivots_; }

private:
  struct Pending {
    Update update;
    std::int64_t size; ///< on the stack; 0 if it is elsewhere
  };

  void assemble(int s, const SupernodeBlock& node, double* block);
  void add_to_block(const Update& child, const SupernodeBlock& node, double* block);
  void add_to_update(const Update& child, const SupernodeBlock& node, double* update);
  void look_at(const SupernodeBlock& node, const double* d);

  const Analysis& a_;
  const LowerPencil& matrix_;
  double sigma_;
  double* low_; ///< the free part of the stack
  double* high_;
  std::vector<int> local_; ///< local row of a global row in the current front
  std::vector<int> relative_;
  std::array<std::vector<Pending>, 2> pending_; ///< by parity of the level
  Pivots pivots_;
};

} // namespace weyl
