// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/kernels.hpp"

namespace weyl {

namespace portable {
extern const Kernels table;
}

#ifdef __x86_64__
namespace avx2 {
extern const Kernels table;
}
namespace avx512 {
extern const Kernels table;
}
#endif

const Kernels* kernels_of_rank(int rank) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0 && rank-- == 0) {
    return &avx512::table;
  }
  if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 && rank-- == 0) {
    return &avx2::table;
  }
#endif
  return rank == 0 ? &portable::table : nullptr;
}

const Kernels& kernels() {
  static const Kernels& best = *kernels_of_rank(0);
  return best;
}

} // namespace weyl
