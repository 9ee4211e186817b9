// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The eigenfunctions that a learner has: how many at each eigenvalue, and how many beyond the last known one.

#include <cstdint>
#include <vector>

#include "weyl/model/model_space.hpp"
#include "weyl/spectrum/spectrum.hpp"

namespace weyl {

/// An eigenvalue of −div grad and how many eigenfunctions have it; a real number, so that it may be large, or stand for
/// a piece of Weyl's law.
struct ModeLevel {
  double lambda = 0;       ///< 1/length²
  double multiplicity = 0; ///< how many modes have it
};

/// Functions on a space M, or its G-invariant ones, which are the functions on M/G.
struct Modes {
  std::vector<ModeLevel> levels; ///< ascending, all up to `complete_up_to`
  double complete_up_to = 0;     ///< no eigenvalue below it is missing
  Geometry geometry;             ///< what Weyl's law reads of the space: d = dim M/G, vol M/G, walls as boundary
};

/// The modes of a list of eigenvalues. Those closer than 1e-7, relative, share a level. The last level may be cut, so
/// that the list is complete up to it, and what is beyond `trusted_up_to` does not count.
/// \throws InputError where fewer than two levels are left.
Modes modes(const Spectrum& spectrum);

/// The modes of an exact spectrum: at least `count` eigenvalues and 200 levels, or what can be listed.
/// \throws NumericalError where fewer than 20 levels can be.
Modes modes(const ModelSpace& space, std::int64_t count);

/// Modes beyond `complete_up_to`, as Weyl's law has them.
///
/// The law is N̄(λ) = two terms + c·λ^p, p = max(0, (d−2)/2): c is such that N − N̄ has the mean 0 over the upper half
/// of the known eigenvalues. `remainder` is its largest absolute value there, of which it is assumed that it grows like
/// λ^((d−1)/2), the worst that a space can do (Hörmander 1968): an estimate, no bound. N̄ takes over at the last λ where
/// it equals N, so that no mode is lost or counted twice; a level there may be cut.
struct WeylTail {
  Geometry geometry;    ///< d, |M| and |∂M|
  double start = 0;     ///< λ where the law takes over
  double constant = 0;  ///< c
  double exponent = 0;  ///< p
  double remainder = 0; ///< modes, at `start`

  [[nodiscard]] double count(double lambda) const;   ///< N̄(λ)
  [[nodiscard]] double density(double lambda) const; ///< N̄′(λ), not below 0
  [[nodiscard]] double doubt(double lambda) const;   ///< how far N may be from N̄
};

/// The law that goes on where the modes end. \throws InputError unless the geometry has a positive volume.
/// Cost: linear in the number of levels.
WeylTail weyl_tail(const Modes& modes);

} // namespace weyl
