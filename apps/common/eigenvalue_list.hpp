// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What tools do with a list of eigenvalues in place of a space.

#include <optional>

#include "common/tool.hpp"
#include "weyl/report/asymptotics_report.hpp"

namespace weyl::tool {

/// What the user knows of the space behind a list.
/// Whether SPACE is a list of eigenvalues, and no expression that ends in the name of a file (`sphere:2/group.json`).
bool is_list(const SpaceOptions& options);

struct ListOptions {
  std::optional<int> dimension;
  std::optional<double> volume;
};

void add_list_options(CLI::App& app, ListOptions& list);

/// Reads and analyses the list `options.path`, and counts at `lambdas` (about `samples` equal steps where there are
/// none). Options that speak of meshes are refused as a wrong command line.
AsymptoticsReport study_list(const CLI::App& app, const SpaceOptions& options, const ListOptions& list,
                             std::vector<double> lambdas, int samples);

/// The analysis of eigenvalues that a mesh gave, as far as it resolves them.
Diagnosis analyse_mesh_spectrum(const SpaceDescription& space, const Discretization& discretization,
                                const std::vector<double>& eigenvalues, const Resolution& resolution);

} // namespace weyl::tool
