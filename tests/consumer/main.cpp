// SPDX-License-Identifier: GPL-3.0-or-later
// The first positive eigenvalue of the unit sphere is 2, three times; N(4) = 1 + 3.
#include <cmath>
#include <iostream>

#include <weyl/weyl.hpp>

int main() {
  const weyl::Mesh sphere = weyl::make_sphere(1, 0.1);
  const weyl::Pencil pencil = weyl::laplacian(sphere).pencil;
  const weyl::Eigenpairs pairs = weyl::eigenpairs(pencil, {.count = 4});
  const weyl::EigenvalueCount count = weyl::count_below(pencil, 4);
  std::cout << "weyl " << weyl::version() << ": lambda_1 = " << pairs.values[1] << ", N(4) = " << count.count << '\n';
  return std::abs(pairs.values[1] - 2) < 0.01 && count.count == 4 ? 0 : 1;
}
