// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Groups as the command line names them, and the pencils that they cut.

#include <string>

#include "common/discretize.hpp"
#include "common/tool.hpp"
#include "weyl/symmetry/make_group.hpp"

namespace weyl::tool {

/// --group, --axis and --tolerance. The group's option is returned.
CLI::Option* add_group_options(CLI::App& app, SpaceOptions& space);

/// --irrep.
void add_irrep_option(CLI::App& app, SpaceOptions& space);

/// The axes and the tolerance of the options. \throws CLI::ValidationError unless --axis has 3 or 6 numbers.
GroupOptions group_options(const SpaceOptions& options);

/// The group of an expression, about the axis of the options.
Group find_group(const Mesh& mesh, const std::string& expression, const SpaceOptions& options);

/// Replaces both pencils of a mesh by their blocks of one symmetry type, `--group` and `--irrep`, and the volumes of
/// the description by those that Weyl's law reads of the block. The result lifts from the unknowns of the block to
/// those of the whole. \throws InputError if there is no such group or type, or no function of that type.
SparseMatrix reduce(const Mesh& mesh, const SpaceOptions& options, Pencils& pencils, SpaceDescription& description);

} // namespace weyl::tool
