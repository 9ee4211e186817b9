// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/gather.hpp"

#include "cluster/session.hpp"

namespace weyl::cluster {

void gather(const std::vector<Vector>& vectors, const std::function<void(std::size_t, std::span<const double>)>& take) {
  if (vectors.empty()) {
    return;
  }
  Handle<VecScatter, VecScatterDestroy> scatter;
  Vector whole; // of no length but on process 0
  check(VecScatterCreateToZero(vectors.front().get(), scatter.out(), whole.out()));
  for (std::size_t k = 0; k < vectors.size(); ++k) {
    check(VecScatterBegin(scatter.get(), vectors[k].get(), whole.get(), INSERT_VALUES, SCATTER_FORWARD));
    check(VecScatterEnd(scatter.get(), vectors[k].get(), whole.get(), INSERT_VALUES, SCATTER_FORWARD));
    PetscInt size = 0;
    const double* values = nullptr;
    check(VecGetLocalSize(whole.get(), &size));
    check(VecGetArrayRead(whole.get(), &values));
    on_root([&] { take(k, {values, static_cast<std::size_t>(size)}); });
    check(VecRestoreArrayRead(whole.get(), &values));
  }
}

} // namespace weyl::cluster
