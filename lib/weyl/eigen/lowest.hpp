// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Few pairs at the lower end of the spectrum.

#include <cstdint>
#include <optional>

#include "weyl/eigen/count.hpp"
#include "weyl/eigen/slice.hpp"

namespace weyl {

/// A slice and its pairs.
struct LowestPairs {
  Slice slice;
  SlicePairs pairs;
};

/// The pairs up to some gap above the `count`-th eigenvalue, with one factorization and one count where slices need
/// three counts or more. The shift is put where Weyl's law expects half of λ_count; its own inertia says how many
/// eigenvalues are below, which tells how far block Lanczos has to go above; then inertia in the gap confirms that
/// nothing is missing, and what is missing is searched for. Nothing if the spectrum is not as expected: then cut it
/// into slices. Cost: two or more factorizations, 3–5 solves a pair.
std::optional<LowestPairs> solve_lowest(const SliceProblem& problem, const EigenvalueCounter& counter,
                                        std::int64_t count, const SliceOptions& options);

} // namespace weyl
