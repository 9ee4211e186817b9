// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/vector_store.hpp"

#include <algorithm>
#include <numeric>

namespace weyl {

VectorStore::VectorStore(Eigen::Index unknowns, Eigen::Index columns, const VectorFile& file)
    : columns_(columns), rows_(file.row_of_unknown), memory_(unknowns, file.path.empty() ? columns : 0) {
  if (file.path.empty()) {
    return;
  }
  if (rows_.empty()) {
    rows_.resize(static_cast<std::size_t>(unknowns));
    std::iota(rows_.begin(), rows_.end(), 0);
  }
  file_ = std::make_unique<NpyFile>(file.path, file.rows > 0 ? file.rows : unknowns, columns);
}

void VectorStore::put(Eigen::Index first, const Eigen::Ref<const Eigen::MatrixXd>& vectors) {
  const Eigen::Index skipped = std::max<Eigen::Index>(0, -first);
  const Eigen::Index count = std::min(vectors.cols(), columns_ - first) - skipped;
  if (count <= 0) {
    return;
  }
  const auto kept = vectors.middleCols(skipped, count);
  if (file_) {
    file_->matrix().middleCols(first + skipped, count)(rows_, Eigen::all) = kept;
  } else {
    memory_.middleCols(first + skipped, count) = kept;
  }
}

Eigen::MatrixXd VectorStore::get(Eigen::Index first, Eigen::Index count) const {
  if (file_) {
    return file_->matrix().middleCols(first, count)(rows_, Eigen::all);
  }
  return memory_.middleCols(first, count);
}

Eigen::MatrixXd VectorStore::finish() {
  if (file_) {
    file_->commit();
    file_.reset();
  }
  return std::move(memory_);
}

} // namespace weyl
