// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Modes of spaces that are known.

#include "weyl/learning/kernel.hpp"
#include "weyl/learning/modes.hpp"

namespace weyl::test {

/// (1+λ)^{−2}.
inline const Kernel sobolev = sobolev_kernel(2);

/// S² modulo a group that leaves `step`-th degrees whole and no others, up to degree `top`: 1 the sphere, 2 the
/// projective plane.
Modes sphere(int top, int step = 1);

/// (R/2πZ)², complete up to `top`.
Modes flat_torus(int top);

/// The circle R/2πZ, complete up to k².
Modes circle(int k);

/// [0, π] with Neumann's conditions: the circle modulo a reflection.
Modes interval(int k);

} // namespace weyl::test
