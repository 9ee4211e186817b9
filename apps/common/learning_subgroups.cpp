// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/learning_subgroups.hpp"

#include <algorithm>
#include <cmath>

#include "common/quotient.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/representation.hpp"
#include "weyl/symmetry/subgroups.hpp"

namespace weyl::tool {

namespace {

/// The eigenvalues of M/H among those of all blocks.
std::vector<double> restricted(const BlockSpectrum& spectrum, const std::vector<Representation>& irreps,
                               const std::vector<int>& members) {
  std::vector<double> result;
  for (std::size_t r = 0; r < irreps.size(); ++r) {
    const int copies = invariant_dimension(irreps[r], members);
    for (const double lambda : spectrum.eigenvalues[r]) {
      result.insert(result.end(), static_cast<std::size_t>(lambda < spectrum.up_to ? copies : 0), lambda);
    }
  }
  std::ranges::sort(result);
  result.push_back(spectrum.up_to); // up to there they are complete
  return result;
}

std::vector<SubgroupModes> on_mesh(const MeshedPair& meshed, const Modes& manifold, const SpaceOptions& options) {
  const Group& group = meshed.group;
  const std::vector<Representation> irreps = irreducible_representations(group, options.seed);
  const std::vector<SpectrumBlock> parts = blocks(*meshed.space, group, irreps);
  const BlockCounter counter(parts, {.threads = options.threads, .seed = options.seed});
  const BlockSpectrum spectrum = spectrum_of_blocks(parts, counter,
                                                    {.count = counter.total(manifold.complete_up_to),
                                                     .start = manifold.complete_up_to,
                                                     .seed = options.seed,
                                                     .threads = options.threads});
  std::vector<SubgroupModes> result;
  for (const SubgroupClass& c : subgroup_classes(group)) {
    SubgroupModes& entry = result.emplace_back(SubgroupModes{
        .name = c.name, .order = static_cast<int>(c.members.size()), .group = subgroup(group, c.members)});
    entry.modes = modes({.eigenvalues = restricted(spectrum, irreps, c.members),
                         .geometry = quotient_geometry(*meshed.space, entry.group),
                         .trusted_up_to = meshed.resolved_up_to,
                         .origin = options.path + "/" + c.name});
  }
  return result;
}

/// The group of matrices that some generate: at most 120 elements of a point group, told apart by their entries.
Group matrix_group(const std::vector<Eigen::Matrix3d>& generators) {
  std::vector<Eigen::MatrixXd> elements{Eigen::Matrix3d::Identity()};
  const auto number = [&](const Eigen::MatrixXd& g) {
    return std::ranges::find_if(elements, [&](const Eigen::MatrixXd& h) { return (g - h).norm() < 1e-6; }) -
           elements.begin();
  };
  for (std::size_t i = 0; i < elements.size(); ++i) {
    for (const Eigen::Matrix3d& generator : generators) {
      const Eigen::MatrixXd product = elements[i] * generator;
      if (static_cast<std::size_t>(number(product)) == elements.size()) {
        elements.push_back(product);
      }
    }
  }
  std::vector<std::uint16_t> table;
  for (const Eigen::MatrixXd& g : elements) {
    for (const Eigen::MatrixXd& h : elements) {
      table.push_back(static_cast<std::uint16_t>(number(g * h)));
    }
  }
  Group group = from_table(std::move(table));
  group.matrices = std::move(elements);
  group.name = schoenflies(group);
  return group;
}

std::vector<SubgroupModes> on_sphere(const std::string& symbol) {
  std::vector<SubgroupModes> result;
  for (const SubgroupClass& c : subgroup_classes(matrix_group(point_group(symbol)))) {
    const std::string name = c.members.size() == 1 ? "sphere:2" : "sphere:2/" + c.name;
    result.push_back({.name = c.name,
                      .order = static_cast<int>(c.members.size()),
                      .modes = modes(model_space(name), 20000),
                      .group = {}});
  }
  return result;
}

} // namespace

std::vector<SubgroupModes> subgroup_modes(const LearningSpaces& spaces, const SpaceOptions& options) {
  if (spaces.meshed) {
    return on_mesh(*spaces.meshed, spaces.manifold, options);
  }
  if (spaces.manifold_name == "sphere:2" && is_point_group(spaces.group)) {
    return on_sphere(spaces.group);
  }
  throw InputError("--subgroups", "the subgroups are known on meshes, and of point groups on sphere:2");
}

} // namespace weyl::tool
