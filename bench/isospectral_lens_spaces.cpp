// SPDX-License-Identifier: GPL-3.0-or-later
// Lens spaces that sound alike and are not isometric: all families of one dimension and order, found by their spectra.
//
//     bench_isospectral_lens_spaces 3 13      L(p; q_1, q_2, q_3), dimension 5, p up to 13
//
// L(p; q) and L(p; q') are isometric iff q' = (±k q_1, …, ±k q_n) mod p up to order, k prime to p (de Rham; Ikeda &
// Yamamoto 1979). Spectra are compared as Molien series over (1 − t^p)^{2n}, that is for all eigenvalues at once.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "weyl/model/molien.hpp"

namespace {

using Rotations = std::vector<int>;

/// The least representative of the isometry class.
Rotations isometry_class(const Rotations& q, int p) {
  Rotations least;
  for (int k = 1; k < std::max(p, 2); ++k) {
    if (std::gcd(k, p) != 1) {
      continue;
    }
    Rotations image;
    for (const int x : q) {
      const int r = static_cast<int>(static_cast<long>(k) * x % p);
      image.push_back(std::min(r, p - r));
    }
    std::ranges::sort(image);
    if (least.empty() || image < least) {
      least = image;
    }
  }
  return least;
}

std::set<Rotations> isometry_classes(int n, int p) {
  std::set<Rotations> classes;
  Rotations q(static_cast<std::size_t>(n), 1);
  while (true) {
    if (std::ranges::all_of(q, [&](int x) { return std::gcd(x, p) == 1; })) {
      classes.insert(isometry_class(q, p));
    }
    std::size_t i = 1; // the next nondecreasing list with q_1 = 1, entries up to p/2
    while (i < q.size() && q[q.size() - i] >= p / 2) {
      ++i;
    }
    if (i >= q.size()) {
      return classes;
    }
    const int next = q[q.size() - i] + 1;
    std::fill(q.end() - static_cast<std::ptrdiff_t>(i), q.end(), next);
  }
}

std::string text(const Rotations& q, int p) {
  std::string out = "L(" + std::to_string(p) + "; ";
  for (std::size_t i = 0; i < q.size(); ++i) {
    out += (i > 0 ? ", " : "") + std::to_string(q[i]);
  }
  return out + ")";
}

} // namespace

int main(int argc, char** argv) {
  const int n = argc > 1 ? std::atoi(argv[1]) : 3;
  const int last = argc > 2 ? std::atoi(argv[2]) : 13;
  for (int p = 2; p <= last; ++p) {
    std::map<std::map<std::int64_t, weyl::BigInt>, std::vector<Rotations>> families;
    const std::set<Rotations> classes = isometry_classes(n, p);
    for (const Rotations& q : classes) {
      families[weyl::molien_series(weyl::cyclic_group(p, q)).numerator].push_back(q);
    }
    std::printf("p = %d, dimension %d: %zu isometry classes, %zu spectra\n", p, 2 * n - 1, classes.size(),
                families.size());
    for (const auto& [series, members] : families) {
      for (std::size_t i = 0; members.size() > 1 && i < members.size(); ++i) {
        std::printf("%s%s", i > 0 ? "  =  " : "    ", text(members[i], p).c_str());
      }
      std::printf("%s", members.size() > 1 ? "\n" : "");
    }
  }
  return 0;
}
