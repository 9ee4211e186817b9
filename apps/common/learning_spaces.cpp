// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/learning_spaces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "common/discretize.hpp"
#include "common/model_space.hpp"
#include "common/quotient.hpp"
#include "weyl/core/table.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/model/expression.hpp"

namespace weyl::tool {

namespace {

/// Do isometries of the space move every point to every other?
bool is_homogeneous(const Expression& space) {
  static constexpr std::array names{"sphere", "rp", "cp", "torus", "lattice", "circle"};
  if (space.kind == Expression::Kind::atom) {
    return std::ranges::find(names, space.name) != names.end();
  }
  return space.kind != Expression::Kind::quotient && std::ranges::all_of(space.parts, is_homogeneous);
}

/// A and GROUP of "A/GROUP".
struct Parts {
  std::string space;
  std::string group;
};

/// The text of a quotient, cut at the slash that makes it one: that after which it reads the same in parentheses.
Parts split_quotient(const std::string& text) {
  for (std::size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at + 1)) {
    Parts parts{text.substr(0, at), text.substr(at + 1)};
    try {
      if (parse_space("(" + parts.space + ")/" + parts.group).kind == Expression::Kind::quotient) {
        return parts;
      }
    } catch (const InputError&) { // another slash is meant
      continue;
    }
  }
  refuse(text, 1, "the group of the quotient is not found; give it with --group");
}

LearningSpaces exact_spaces(const SpaceOptions& options, const ModelSpace& space, std::int64_t count) {
  Parts parts{options.path, options.group};
  ModelSpace manifold = space;
  if (parts.group.empty() && parse_space(options.path).kind == Expression::Kind::quotient) {
    parts = split_quotient(options.path);
    manifold = model_space(parts.space, boundary(options));
  }
  LearningSpaces result{.manifold_name = parts.space,
                        .quotient_name = parts.space,
                        .manifold = modes(manifold, count),
                        .quotient = {},
                        .group = parts.group.empty() ? "C1" : parts.group,
                        .order = 1,
                        .homogeneous = is_homogeneous(parse_space(parts.space))};
  result.quotient = result.manifold;
  if (!parts.group.empty()) {
    const bool simple = parts.space.find_first_of("*/^;") == std::string::npos;
    result.quotient_name = (simple ? parts.space : "(" + parts.space + ")") + "/" + parts.group;
    const ModelSpace quotient = model_space(result.quotient_name, boundary(options));
    result.quotient = modes(quotient, count);
    result.order = quotient.dimension == manifold.dimension
                       ? std::optional<std::int64_t>(std::llround(manifold.volume / quotient.volume))
                       : std::nullopt;
  }
  return result;
}

Modes resolved_modes(const std::vector<double>& eigenvalues, const Geometry& geometry, double resolved,
                     const std::string& name) {
  return modes({.eigenvalues = eigenvalues, .geometry = geometry, .trusted_up_to = resolved, .origin = name});
}

LearningSpaces meshed_spaces(const CLI::App& app, const SpaceOptions& options, const LearningSpacesOptions& learning,
                             const Output& output) {
  SpaceOptions whole = options;
  whole.group.clear();
  MeshedPair meshed{.space = std::make_unique<Space>(app, whole, output)};
  const Space& space = *meshed.space;
  if (!options.group.empty()) {
    if (is_space_by_name(options) && !is_polygon(options)) {
      throw InputError("--group", "is for flat cells, and " + options.path + " has a metric of its own");
    }
    meshed.group = find_group(space.mesh, options.group, options);
  }
  meshed.resolved_up_to = space.resolution().resolved_up_to();
  const double resolved = meshed.resolved_up_to;
  const std::int64_t wanted =
      std::min(learning.modes > 0 ? learning.modes : 1000, space.counter.at(resolved).count + 1);
  constexpr std::int64_t small = 100'000'000; // numbers that are no burden
  Progress progress(output, "eigenvalues");
  Eigenpairs pairs = eigenpairs(
      space.counter, {.count = std::max<std::int64_t>(wanted, 3),
                      .vectors = learning.eigenvectors || wanted * space.laplacian.pencil.size() < small,
                      .seed = options.seed,
                      .threads = options.threads,
                      .progress = [&](const EigenProgress& p) { progress.show(p.found, p.expected, p.loaded); }});
  const Geometry geometry = weyl::geometry(space.description, space.discretization.boundary);
  LearningSpaces result{
      .manifold_name = options.path,
      .quotient_name = options.path,
      .manifold = resolved_modes({pairs.values.begin(), pairs.values.end()}, geometry, resolved, options.path),
      .quotient = {},
      .group = options.group.empty() ? "C1" : meshed.group.name,
      .order = meshed.group.order()};
  result.quotient = result.manifold;
  if (meshed.group.order() > 1) {
    result.quotient_name += "/" + meshed.group.name;
    const double top = result.manifold.complete_up_to;
    std::vector<double> invariant = invariant_eigenvalues(space, meshed.group, top, options);
    std::erase_if(invariant, [&](double lambda) { return lambda > top; });
    invariant.push_back(top); // up to there they are complete
    result.quotient = resolved_modes(invariant, quotient_geometry(space, meshed.group), resolved, result.quotient_name);
  }
  meshed.eigenvalues = std::move(pairs.values);
  meshed.eigenvectors = std::move(pairs.vectors);
  result.meshed = std::move(meshed);
  return result;
}

/// Values on all vertices, in the order of the mesh.
Eigen::VectorXd vertex_values(const Table& table, int vertices) {
  const std::size_t vertex = table.column("vertex");
  const std::size_t value = table.column("value");
  Eigen::VectorXd result = Eigen::VectorXd::Constant(vertices, std::numeric_limits<double>::quiet_NaN());
  for (const Table::Row& row : table.rows) {
    const double v = row.values[vertex];
    if (!(v >= 0 && v < vertices && v == std::floor(v))) {
      throw InputError(table.source, row.line, fmt::format("there is no vertex {}: they are 0 to {}", v, vertices - 1));
    }
    double& entry = result[static_cast<Eigen::Index>(v)];
    if (!std::isnan(entry)) {
      throw InputError(table.source, row.line, fmt::format("vertex {} has a value already", v));
    }
    entry = row.values[value];
  }
  for (Eigen::Index v = 0; v < vertices; ++v) {
    if (std::isnan(result[v])) {
      throw InputError(table.source, fmt::format("vertex {} has no value", v));
    }
  }
  return result;
}

Eigen::VectorXd values_of_unknowns(const Space& space, const std::string& content, const std::string& source) {
  if (space.discretization.order > 1) {
    throw InputError(source, "values on vertices are for linear elements; leave --order out");
  }
  const Eigen::VectorXd on_vertices = vertex_values(parse_table(content, source), space.mesh.vertex_count);
  Eigen::VectorXd values(space.laplacian.pencil.size());
  for (Eigen::Index dof = 0; dof < values.size(); ++dof) {
    values[dof] = on_vertices[space.laplacian.vertex_of_dof[static_cast<std::size_t>(dof)]];
  }
  return values;
}

} // namespace

LearningSpaces learning_spaces(const CLI::App& app, const SpaceOptions& options, const LearningSpacesOptions& learning,
                               const Output& output) {
  if (const auto space = exact_space(app, options, output, true)) {
    return exact_spaces(options, *space, learning.modes > 0 ? learning.modes : 20000);
  }
  return meshed_spaces(app, options, learning, output);
}

Target vertex_target(const MeshedPair& meshed, const Group& group, const std::string& content,
                     const std::string& source) {
  const Space& space = *meshed.space;
  const Eigen::VectorXd values = values_of_unknowns(space, content, source);
  Eigen::VectorXd invariant = Eigen::VectorXd::Zero(values.size());
  const Action action = space.action(group);
  for (const Permutation& image : action.images) {
    for (Eigen::Index dof = 0; dof < values.size(); ++dof) {
      invariant[dof] += values[image[static_cast<std::size_t>(dof)]];
    }
  }
  invariant /= static_cast<double>(action.images.size());
  const Eigen::VectorXd rest = values - invariant;
  const auto& [stiffness, mass, dimension] = space.laplacian.pencil;
  const double volume = mass.sum();
  const Eigen::MatrixXd& modes = meshed.eigenvectors;
  const Eigen::VectorXd power = (modes.transpose() * (mass * invariant)).array().square() / volume;
  const Eigen::VectorXd violation = (modes.transpose() * (mass * rest)).array().square() / volume;
  Target target;
  for (Eigen::Index k = 0; k < modes.cols(); ++k) {
    const double lambda = std::max(0.0, meshed.eigenvalues[k]);
    if (target.empty() || lambda > target.back().lambda * (1 + 1e-7)) {
      target.push_back({.lambda = lambda});
    }
    target.back().power += power[k];
    target.back().violation += violation[k];
  }
  const Eigen::VectorXd beyond = values - modes * (modes.transpose() * (mass * values));
  const double left = beyond.dot(mass * beyond);
  const double rayleigh = std::max(target.back().lambda, left > 0 ? beyond.dot(stiffness * beyond) / left : 0.0);
  target.push_back({.lambda = rayleigh,
                    .power = std::max(0.0, invariant.dot(mass * invariant) / volume - power.sum()),
                    .violation = std::max(0.0, rest.dot(mass * rest) / volume - violation.sum())});
  return target;
}

Eigen::VectorXd vertex_coefficients(const MeshedPair& meshed, const std::string& content, const std::string& source) {
  const Eigen::VectorXd values = values_of_unknowns(*meshed.space, content, source);
  const SparseMatrix& mass = meshed.space->laplacian.pencil.mass;
  return meshed.eigenvectors.transpose() * (mass * values) / std::sqrt(mass.sum());
}

} // namespace weyl::tool
