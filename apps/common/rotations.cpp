// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rotations.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/spectrum/blocks.hpp"

namespace weyl::tool {

namespace {

constexpr double agreement = 1e-8; ///< relative, of the eigenvalues of two orders

/// |S^n|·Σ fⁿ over the ends that are boundary.
double boundary_volume(const Revolution& space) {
  double sum = 0;
  for (const auto& [pole, s] : {std::pair(space.pole_at_start, 0.0), std::pair(space.pole_at_end, space.length)}) {
    if (!space.closed && !pole) {
      sum += orbit_volume(space, s);
    }
  }
  return sum;
}

/// M/SO(n+1) is a curve. At a pole an invariant function is about s^{-ν} J_ν(√λ s), ν = (n−1)/2, whose phase makes the
/// end count 1 − n times as much as one with Neumann's condition.
Geometry curve(const Revolution& space, Boundary boundary) {
  double ends = 0;
  for (const bool pole : {space.pole_at_start, space.pole_at_end}) {
    ends += space.closed ? 0 : pole ? 1 - space.fibre : boundary == Boundary::neumann ? 1 : -1;
  }
  return {.dimension = 1, .volume = profile_length(space), .boundary_volume = ends, .boundary = Boundary::neumann};
}

struct Blocks {
  std::vector<SpectrumBlock> blocks;
  BlockSpectrum spectrum;
};

/// Degrees 0, 1, … up to one that has nothing below what is listed.
Blocks solve(const Revolution& space, const RevolutionOptions& elements, const BlockOptions& options) {
  for (int degrees = 8;; degrees *= 2) {
    Blocks result;
    for (int m = 0; m < degrees; ++m) {
      result.blocks.push_back(
          {.pencil = revolution_block(space, m, elements), .dimension = static_cast<int>(harmonics(space.fibre, m))});
    }
    const BlockCounter counter(result.blocks, {.threads = options.threads, .seed = options.seed});
    if (counter.copies(2 * options.start).back() > 0) {
      continue;
    }
    result.spectrum = spectrum_of_blocks(result.blocks, counter, options);
    if (result.spectrum.eigenvalues.back().empty()) {
      return result;
    }
  }
}

/// λ up to which two lists agree.
double agreed_up_to(const std::vector<double>& first, const std::vector<double>& second, double up_to) {
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (std::abs(first[i] - second[i]) > agreement * (1 + std::abs(first[i]))) {
      return i == 0 ? 0 : first[i - 1];
    }
  }
  return up_to;
}

} // namespace

QuotientReport rotation_quotient(const SpaceOptions& options, const Revolution& space, std::int64_t count) {
  const Stopwatch stopwatch;
  if (options.certify || options.mass != "consistent") {
    throw InputError(options.group, "its profile has elements with a consistent mass, and no certificate");
  }
  const Boundary boundary = options.boundary == "dirichlet" ? Boundary::dirichlet : Boundary::neumann;
  QuotientReport report{
      .space = {.name = options.path,
                .dimension = space.fibre + 1,
                .volume = volume(space),
                .boundary_volume = boundary_volume(space)},
      .discretization = {},
      .quotient = {.name = fmt::format("SO({})", space.fibre + 1), .order = 0, .geometry = curve(space, boundary)}};
  const Geometry manifold = geometry(report.space, boundary);
  const double start = weyl_lambda_two_term(manifold, static_cast<double>(count));
  // Half a cell per radian of the shortest wave: (√λ h)^{2p} with p = 4 leaves about 1e-10.
  RevolutionOptions elements{.cells = 64 + static_cast<int>(2 * report.quotient.geometry.volume * std::sqrt(2 * start)),
                             .order = options.order == 0 ? 4 : options.order,
                             .boundary = boundary};
  const BlockOptions wanted{.count = count, .start = start, .seed = options.seed, .threads = options.threads};
  const auto [blocks, spectrum] = solve(space, elements, wanted);
  report.discretization = {.order = elements.order, .boundary = boundary, .dofs = blocks[0].pencil.size()};
  ++elements.order;
  const Blocks finer = solve(space, elements, wanted);
  report.eigenvalues = merged(spectrum, blocks);
  report.up_to = spectrum.up_to;
  report.resolved_up_to = agreed_up_to(report.eigenvalues, merged(finer.spectrum, finer.blocks),
                                       std::min(spectrum.up_to, finer.spectrum.up_to));
  for (std::size_t m = 0; m < blocks.size() && !spectrum.eigenvalues[m].empty(); ++m) {
    const bool complex = space.fibre == 1 && m > 0; // e^{imφ} and e^{−imφ}
    report.irreps.push_back({fmt::format("m={}", m), blocks[m].dimension,
                             complex ? RepresentationType::complex : RepresentationType::real, blocks[m].pencil.size(),
                             spectrum.eigenvalues[m]});
  }
  report.quotient.eigenvalues = spectrum.eigenvalues[0];
  constexpr int samples = 10;
  const auto below = [](const std::vector<double>& values, double lambda) {
    return static_cast<std::int64_t>(std::ranges::upper_bound(values, lambda) - values.begin());
  };
  for (int i = 1; i <= samples; ++i) {
    const double lambda = report.resolved_up_to * i / samples;
    report.ratios.push_back(
        {lambda, below(report.eigenvalues, lambda), below(report.quotient.eigenvalues, lambda),
         weyl_count_two_term(manifold, lambda) / weyl_count_two_term(report.quotient.geometry, lambda)});
  }
  report.seconds = stopwatch.seconds();
  return report;
}

} // namespace weyl::tool
