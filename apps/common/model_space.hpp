// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Model spaces on the command line: when they are meant, and what the tools do with them.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "common/tool.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/report/model_report.hpp"

namespace weyl::tool {

/// A check of an option's value: a number from 0 on, also a rational multiple of π² such as 5pi^2/4.
CLI::Validator exact_lambda();

/// The exact space that SPACE names, or nothing if it is a mesh: a file that exists is always one. `--boundary` is the
/// condition where the expression has none. `exact_group`: the tool's `--group` is one of the grammar, and no reason to
/// make a mesh.
/// \throws InputError for an expression that is wrong or has no closed form, and for a name that is neither.
std::optional<ModelSpace> exact_space(const CLI::App& app, const SpaceOptions& options, const Output& output,
                                      bool exact_group = false);

/// λ where the first 20 levels and the first 1000 eigenvalues are.
double default_top(const ModelSpace& space);

/// N at each λ, and what Weyl's law makes of it.
ModelCountReport count_report(const ModelSpace& space, const std::vector<Value>& lambdas, const Output& output);

/// The `count` smallest eigenvalues, or those of an interval with its ends. With `analyse`, where they begin at the
/// bottom: what they tell; dimension and volume are known beforehand, the boundary is not.
ModelSpectrumReport spectrum_report(const ModelSpace& space, std::int64_t count,
                                    const std::optional<std::array<double, 2>>& interval, bool analyse = false);

} // namespace weyl::tool
