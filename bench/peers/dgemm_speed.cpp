// SPDX-License-Identifier: GPL-3.0-or-later
// dgemm_speed: GFlop/s of the BLAS that this process gets, to choose among those installed.

#include <vector>

#include "measure.hpp"

extern "C" void dgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k,
                       const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
                       const double* beta, double* c, const int* ldc);

int main() {
  return peers::run_main([] {
    constexpr int n = 1200;
    const std::vector<double> a(n * n, 1.0);
    const std::vector<double> b(n * n, 2.0);
    std::vector<double> c(n * n, 0.0);
    const double one = 1;
    const double seconds =
        peers::best_of(5, [&] { dgemm_("N", "N", &n, &n, &n, &one, a.data(), &n, b.data(), &n, &one, c.data(), &n); });
    peers::print({{"gflops", 2e-9 * n * n * n / seconds}, {"blas", peers::mapped_blas()}});
  });
}
