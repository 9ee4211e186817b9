// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Quotients by rotation groups: the quotient is a curve.

#include "common/tool.hpp"
#include "weyl/fem/revolution.hpp"
#include "weyl/report/quotient_report.hpp"

namespace weyl::tool {

/// M against M/SO(n+1), degree by degree: the harmonics of each degree m on the orbits S^n are an irreducible
/// representation. The blocks end where one has no eigenvalue left below what is listed: those of higher degrees lie
/// higher. What two orders of elements agree on to 1e-8 is resolved. \param count  as `BlockOptions` has it
/// \throws InputError for options that are for meshes.
QuotientReport rotation_quotient(const SpaceOptions& options, const Revolution& space, std::int64_t count);

} // namespace weyl::tool
