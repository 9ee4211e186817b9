// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Finished slices on disk.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/eigen/slice.hpp"

namespace weyl {

/// A slice that is done, in the numbering of the pencil.
struct SolvedSlice {
  Eigen::VectorXd values = {};
  Eigen::VectorXd residuals = {};
  Eigen::MatrixXd vectors = {}; ///< n × count, or n × 0
  std::int64_t solves = 0;
  std::int64_t recovered = 0;
};

/// A folder with `plan.json`, the cuts and what they are of, and `slice-00000.npz`, … with arrays evals, residuals,
/// counts (solves, recovered) and, if vectors are computed, evecs (n × k). Every file is written whole, so that
/// whatever is there can be used after a crash.
class Checkpoint {
public:
  /// Makes the folder if there is none.
  /// \param wanted  numbers of the first eigenvalue asked for and of the one behind the last
  /// \throws InputError if it cannot be made, is damaged, or holds another computation: another pencil, request, seed
  ///   or tolerance.
  Checkpoint(std::string folder, const Pencil& pencil, const EigenOptions& options, std::array<std::int64_t, 2> wanted);

  /// The cuts of the computation that was begun here.
  [[nodiscard]] const std::optional<std::vector<Slice>>& slices() const { return slices_; }

  /// Begins a computation.
  void begin(const std::vector<Slice>& slices);

  /// Slice i, if it is there and undamaged.
  [[nodiscard]] std::optional<SolvedSlice> load(std::size_t i, const Slice& slice) const;

  void save(std::size_t i, const SolvedSlice& solved) const;

private:
  [[nodiscard]] std::string file(std::size_t i) const;

  std::string folder_;
  std::string identity_; ///< what is computed
  std::optional<std::vector<Slice>> slices_;
  Eigen::Index size_;
  bool vectors_;
};

} // namespace weyl
