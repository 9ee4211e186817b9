// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The analysis of a list as tables of a page (internal).

#include <vector>

#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/report/html.hpp"

namespace weyl {

/// Estimates, and findings with their confidence.
std::vector<html::Table> diagnosis_tables(const Diagnosis& diagnosis);

} // namespace weyl
