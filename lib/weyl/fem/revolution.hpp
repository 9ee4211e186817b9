// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Spaces that a rotation group moves along spheres: the quotient is a curve, with the orbits' volume as weight.

#include <cstdint>
#include <functional>

#include "weyl/core/boundary.hpp"
#include "weyl/core/pencil.hpp"

namespace weyl {

/// c(s)² ds² + f(s)²·(round metric of S^n): a surface of revolution for n = 1 (the group SO(2)), S^d/SO(d) for f = sin,
/// n = d−1.
struct Revolution {
  double length = 1;                         ///< L: the profile is 0 ≤ s ≤ L
  std::function<double(double)> radius = {}; ///< f(s) > 0 inside, smooth
  std::function<double(double)> speed = {};  ///< c(s) > 0, smooth; empty: 1, s is the arc length
  bool closed = false;                       ///< s = L is s = 0: a torus of revolution
  bool pole_at_start = false;                ///< f(0) = 0: the orbit shrinks to a point
  bool pole_at_end = false;                  ///< f(L) = 0; other ends are boundary
  int fibre = 1;                             ///< n ≥ 1, the dimension of the orbits
};

/// How a profile is discretized.
struct RevolutionOptions {
  int cells = 64;                        ///< equal pieces of the profile
  int order = 4;                         ///< p of the elements on them, 1 to `largest_order`
  Boundary boundary = Boundary::neumann; ///< at ends that are no poles
};

/// Functions u(s)·Y with Y a spherical harmonic of degree m on the orbits:
///     −f^{−n} (f^n u′)′ + m(m+n−1)/f² u = λu   (′ by arc length)
/// on the profile, as ∫ (u′v′ + m(m+n−1)/f² uv) fⁿ c ds = λ ∫ uv fⁿ c ds. m = 0 is M/G itself: invariant functions,
/// natural conditions at both ends. For m > 0, u vanishes at poles. Each eigenvalue counts in the whole as often as
/// there are harmonics of degree m: for n = 1 once for m = 0 and twice for m > 0.
///
/// Eigenvalues converge as O((L/cells)^{2p}), from above but for the quadrature, which is exact to about rounding for
/// smooth f. \throws InputError for a length that is not positive, fewer than 3 cells, n < 1 or m < 0.
Pencil revolution_block(const Revolution& space, int m, const RevolutionOptions& options = {});

/// The dimension of the harmonics of degree m on S^n: C(m+n, n) − C(m+n−2, n); 1 and 2 for n = 1.
std::int64_t harmonics(int n, int m);

/// f(s)ⁿ·|S^n|.
double orbit_volume(const Revolution& space, double s);

/// ∫ f(s)ⁿ|S^n| c ds, by Gauss quadrature on `cells` pieces.
double volume(const Revolution& space, int cells = 64);
/// The arc length of the profile, ∫ c ds, alike.
double profile_length(const Revolution& space, int cells = 64);

} // namespace weyl
