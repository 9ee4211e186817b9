// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Names of irreducible representations (internal).

#include <vector>

#include "weyl/symmetry/group.hpp"
#include "weyl/symmetry/representation.hpp"

namespace weyl::symmetry {

/// Sorts representations (trivial first, by dimension, then by their characters) and names them after Mulliken (Report
/// on Notation for the Spectra of Polyatomic Molecules, J. Chem. Phys. 23, 1955).
void name_representations(const Group& group, std::vector<Representation>& representations);

} // namespace weyl::symmetry
