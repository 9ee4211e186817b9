// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/make_group.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/json.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/rigid_motions.hpp"
#include "weyl/symmetry/subgroups.hpp"

namespace weyl {

namespace {

Group from_file(const Mesh& mesh, const std::string& path, const SymmetryOptions& options) {
  try {
    const auto document = parse_json(read_file(path), path);
    if (document.contains("permutations")) {
      return group_of_permutations(mesh, index_lists(document["permutations"], path), options);
    }
    std::vector<Eigen::MatrixXd> generators;
    for (const auto& rows : document.at("matrices").get<std::vector<std::vector<std::vector<double>>>>()) {
      Eigen::MatrixXd& a = generators.emplace_back(Eigen::MatrixXd::Zero(3, 3));
      if (rows.size() != 3 || std::ranges::any_of(rows, [](const auto& row) { return row.size() != 3; })) {
        throw InputError(path, "a matrix is not 3 x 3");
      }
      for (int i = 0; i < 9; ++i) {
        a(i / 3, i % 3) = rows[i / 3][i % 3];
      }
    }
    return group_of_motions(mesh, generators, options);
  } catch (const nlohmann::json::exception&) {
    throw InputError(path, R"(expected {"matrices": [[[...]]]} or {"permutations": [[...]]}, of numbers)");
  }
}

Group of_classes(const Mesh& mesh, const std::string& expression, const SymmetryOptions& options) {
  const Group whole = isometry_group(mesh, options);
  const auto classes = subgroup_classes(whole);
  const auto named = std::ranges::find(classes, expression, &SubgroupClass::name);
  std::size_t number = named - classes.begin();
  if (expression.starts_with("auto:")) {
    const char* end = expression.data() + expression.size();
    if (std::from_chars(expression.data() + 5, end, number).ptr != end || number-- == 0 || number >= classes.size()) {
      throw InputError(expression, fmt::format("expected auto:1 to auto:{}; see --list", classes.size()));
    }
  }
  if (number >= classes.size()) {
    throw InputError(expression,
                     fmt::format("is no group of isometries of this mesh, whose group is {} of order {}; see "
                                 "weyl-quotient --list",
                                 whole.name, whole.order()));
  }
  return subgroup(whole, classes[number].members);
}

Group about_axis(const Mesh& mesh, const std::string& expression, const GroupOptions& options,
                 const SymmetryOptions& symmetry) {
  const Eigen::Vector3d axis = options.axis.value_or(Eigen::Vector3d(0, 0, 1));
  const auto generators = point_group(expression, axis, across(axis, options.second));
  return group_of_motions(mesh, std::vector<Eigen::MatrixXd>(generators.begin(), generators.end()), symmetry);
}

} // namespace

Group make_group(const Mesh& mesh, const std::string& expression, const GroupOptions& options) {
  const SymmetryOptions symmetry{.tolerance = options.tolerance, .place = expression};
  if (expression == "auto") {
    return isometry_group(mesh, symmetry);
  }
  if (expression.ends_with(".json")) {
    return from_file(mesh, expression, symmetry);
  }
  if (!is_point_group(expression)) {
    return of_classes(mesh, expression, symmetry);
  }
  try {
    return about_axis(mesh, expression, options, symmetry);
  } catch (const InputError&) {
    if (options.axis) {
      throw;
    }
    try {
      return of_classes(mesh, expression == "antipodal" ? "Ci" : expression, symmetry);
    } catch (const InputError&) { // the first error says which vertex misses
    }
    throw;
  }
}

} // namespace weyl
