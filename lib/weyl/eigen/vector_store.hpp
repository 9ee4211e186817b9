// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenvectors on their way to the user, in memory or in a file.

#include <memory>
#include <vector>

#include <Eigen/Core>

#include "weyl/core/npy.hpp"
#include "weyl/eigen/eigenpairs.hpp"

namespace weyl {

/// `columns` vectors of n unknowns, put and read by columns.
class VectorStore {
public:
  /// In memory, or in `file` if that has a path.
  VectorStore(Eigen::Index unknowns, Eigen::Index columns, const VectorFile& file);

  [[nodiscard]] Eigen::Index columns() const { return columns_; }

  /// Puts `vectors` (n × any) from column `first` on, which may be negative; what lies outside is left out.
  void put(Eigen::Index first, const Eigen::Ref<const Eigen::MatrixXd>& vectors);

  [[nodiscard]] Eigen::MatrixXd get(Eigen::Index first, Eigen::Index count) const;

  /// The file appears whole. Returns all vectors, or n × 0 if they are in a file.
  Eigen::MatrixXd finish();

private:
  Eigen::Index columns_;
  std::vector<int> rows_; ///< of the file, by unknown
  Eigen::MatrixXd memory_;
  std::unique_ptr<NpyFile> file_;
};

} // namespace weyl
