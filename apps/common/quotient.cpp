// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/quotient.hpp"

namespace weyl::tool {

Geometry quotient_geometry(const Space& space, const Group& group) {
  return weyl::quotient_geometry(space.mesh, group, geometry(space.description, space.discretization.boundary));
}

std::vector<SpectrumBlock> blocks(const Space& space, const Group& group, const std::vector<Representation>& irreps) {
  const Action action = space.action(group);
  const Orbits parts = orbits(group, action);
  std::vector<SpectrumBlock> result;
  result.reserve(irreps.size());
  for (const Representation& rho : irreps) {
    result.push_back({.pencil = isotypic_block(space.laplacian.pencil, action, parts, rho),
                      .dimension = rho.dimension,
                      .copies = static_cast<int>(rho.type)});
  }
  return result;
}

std::vector<double> invariant_eigenvalues(const Space& space, const Group& group, double lambda,
                                          const SpaceOptions& options) {
  const std::vector<SpectrumBlock> block = blocks(space, group, {trivial_representation(group)});
  const BlockCounter counter(block, {.threads = options.threads});
  return spectrum_of_blocks(
             block, counter,
             {.count = counter.total(lambda), .start = lambda, .seed = options.seed, .threads = options.threads})
      .eigenvalues[0];
}

} // namespace weyl::tool
