// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A matrix on disk.

#include <cstddef>
#include <string>

#include <Eigen/Core>

#include "weyl/core/pending_file.hpp"

namespace weyl {

/// A matrix of doubles that lives in a NumPy file (`.npy`, version 1.0, columns one after the other) instead of memory:
/// what is assigned to it goes to the file as the system finds time, what is read comes from there. `numpy.load(file,
/// mmap_mode="r")` reads it in the same way. Columns may be changed by several threads at once.
class NpyFile {
public:
  /// Zeros. The space on disk is claimed at once.
  /// \throws InputError if the file cannot be made or the disk has no room for it.
  NpyFile(const std::string& path, Eigen::Index rows, Eigen::Index columns);
  ~NpyFile();
  NpyFile(const NpyFile&) = delete;
  NpyFile& operator=(const NpyFile&) = delete;

  [[nodiscard]] Eigen::Map<Eigen::MatrixXd> matrix();

  /// The file appears under its name; without this nothing is left of it. The matrix can no longer be used.
  /// \throws InputError if what was assigned cannot be written.
  void commit();

private:
  void unmap();

  PendingFile file_;
  Eigen::Index rows_;
  Eigen::Index columns_;
  std::size_t bytes_ = 0;
  char* mapped_ = nullptr;
};

} // namespace weyl
