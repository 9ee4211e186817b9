// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Cuts of the spectrum into slices, placed by counting.

#include <cstdint>
#include <vector>

#include "weyl/eigen/count.hpp"
#include "weyl/eigen/slice.hpp"

namespace weyl {

/// Slices of about `size` eigenvalues that together hold the `count` ≤ n smallest and few more. The first guess is that
/// N(λ) is a power of λ (Weyl's law); every cut is counted. A multiplet larger than `size` stays whole.
/// Cost: two counts a slice or fewer, `threads` at a time.
std::vector<Slice> slices_for_count(const EigenvalueCounter& counter, std::int64_t count, std::int64_t size);

/// Slices that together hold all eigenvalues in [a, b], and perhaps some just outside.
std::vector<Slice> slices_for_interval(const EigenvalueCounter& counter, double a, double b, std::int64_t size);

} // namespace weyl
