// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Cuts of the spectrum into slices, placed by counting.

#include <cstdint>
#include <vector>

#include "weyl/eigen/count.hpp"
#include "weyl/eigen/slice.hpp"

namespace weyl {

/// About where Weyl's law has the `count`-th eigenvalue. On a surface of good triangles tr K ≈ 2√3·n and tr M = area/2,
/// so that 4πk/area is 1.8·s·k, s = `spectral_scale`; in a solid of good tetrahedra (6π²k/volume)^{2/3}
/// is 1.35·s·k^{2/3}, and less where a boundary is free and tetrahedra are worse: 1 is what a ball has.
double expected_eigenvalue(const Pencil& pencil, double count);

/// Slices of about `size` eigenvalues that together hold the `count` ≤ n smallest and few more. The first guess is that
/// N(λ) is a power of λ (Weyl's law); every cut is counted. A multiplet larger than `size` stays whole.
/// Cost: two counts a slice or fewer, `threads` at a time.
std::vector<Slice> slices_for_count(const EigenvalueCounter& counter, std::int64_t count, std::int64_t size);

/// Slices that together hold all eigenvalues in [a, b], and perhaps some just outside.
std::vector<Slice> slices_for_interval(const EigenvalueCounter& counter, double a, double b, std::int64_t size);

} // namespace weyl
