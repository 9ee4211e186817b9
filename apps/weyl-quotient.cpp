// SPDX-License-Identifier: GPL-3.0-or-later
// The spectrum of a space against that of its quotients, irreducible by irreducible.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/quotient.hpp"
#include "common/rotations.hpp"
#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/revolution_spaces.hpp"
#include "weyl/report/quotient_report.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/representation.hpp"

namespace {

using namespace weyl;

struct Request {
  std::int64_t count = 100;
  std::vector<std::string> against;
  bool list = false;
};

QuotientSpectrum describe_quotient(const tool::Space& space, const Group& group) {
  QuotientSpectrum result{.name = group.name, .order = group.order(), .classes = conjugacy_classes(group).size()};
  for (const int g : group.generators) {
    result.generators.push_back(describe_element(group, g));
  }
  result.geometry = tool::quotient_geometry(space, group);
  return result;
}

/// The lowest eigenfunctions of each irreducible, one of the d copies of each.
SurfaceView view_of(const tool::Space& space, const Group& group, const std::vector<Representation>& irreps,
                    const std::vector<SpectrumBlock>& parts, const tool::SpaceOptions& options) {
  constexpr Eigen::Index most = 6;
  const Action action = space.action(group);
  const Orbits unknowns = orbits(group, action);
  std::vector<std::string> labels;
  Eigen::MatrixXd values(space.mesh.vertex_count, 0);
  for (std::size_t r = 0; r < irreps.size(); ++r) {
    const Representation& rho = irreps[r];
    const Eigen::Index wanted =
        std::min({most, drawable_functions(space.mesh) - values.cols(), parts[r].pencil.size()});
    if (wanted <= 0) {
      continue;
    }
    const Eigenpairs pairs =
        eigenpairs(parts[r].pencil, {.count = wanted, .seed = options.seed, .threads = options.threads});
    values.conservativeResize(Eigen::NoChange, values.cols() + wanted);
    values.rightCols(wanted) =
        space.on_vertices(isotypic_basis(action, unknowns, rho) * pairs.vectors.leftCols(wanted));
    for (Eigen::Index i = 0; i < wanted; ++i) {
      labels.push_back(fmt::format("{}, λ = {:.6g}{}", rho.name, shown(pairs.values[i], space.description),
                                   rho.dimension > 1 ? fmt::format(", one of {}", rho.dimension) : ""));
    }
  }
  SurfaceView view = surface_view(space.mesh, values);
  view.labels = std::move(labels);
  return view;
}

QuotientReport study(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                     const Request& request) {
  if (const auto k = rotations(options.group)) {
    const auto revolution = revolution_space(options.path, *k);
    if (!revolution || !request.against.empty() || request.list) {
      throw InputError(options.group, revolution
                                          ? "--against and --list are for finite groups"
                                          : fmt::format("acts on sphere:{0} hemisphere:{0} ball:{0},R, and SO:2 on "
                                                        "disk:R annulus:r,R ellipsoid:a,a,c revolution-torus:R,r; a "
                                                        "mesh has finitely many isometries (--group auto)",
                                                        *k));
    }
    return tool::rotation_quotient(options, *revolution, request.count);
  }
  const tool::Stopwatch stopwatch;
  tool::SpaceOptions whole = options;
  whole.group.clear(); // the space itself, not its quotient
  const tool::Space space(app, whole, output);
  const double read = stopwatch.seconds();
  const Group group = tool::find_group(space.mesh, options.group, options);
  tool::note(app, output,
             fmt::format("group {} of order {} after {:.2f} s", group.name, group.order(), stopwatch.seconds() - read));
  QuotientReport report{
      .space = space.description, .discretization = space.discretization, .quotient = describe_quotient(space, group)};
  const std::vector<Representation> irreps = irreducible_representations(group, options.seed);
  const std::vector<SpectrumBlock> parts = tool::blocks(space, group, irreps);
  const BlockCounter counter(parts, {.threads = options.threads, .seed = options.seed});
  const Geometry manifold = geometry(space.description, space.discretization.boundary);
  const double before = stopwatch.seconds();
  const BlockSpectrum spectrum =
      spectrum_of_blocks(parts, counter,
                         {.count = request.count,
                          .start = weyl_lambda_two_term(manifold, static_cast<double>(request.count)),
                          .seed = options.seed,
                          .threads = options.threads});
  report.eigenvalues = merged(spectrum, parts);
  tool::note(
      app, output,
      fmt::format("{} eigenvalues by blocks in {:.2f} s", report.eigenvalues.size(), stopwatch.seconds() - before));
  for (std::size_t r = 0; r < irreps.size(); ++r) {
    report.irreps.push_back({irreps[r].name, irreps[r].dimension, irreps[r].type,
                             static_cast<std::int64_t>(parts[r].pencil.size()), spectrum.eigenvalues[r]});
  }
  report.quotient.eigenvalues = spectrum.eigenvalues[0];
  report.up_to = spectrum.up_to;
  report.resolved_up_to = space.resolution().resolved_up_to();
  constexpr int samples = 10;
  for (int i = 1; i <= samples; ++i) {
    const double lambda = report.resolved_up_to * i / samples;
    const auto copies = counter.copies(lambda);
    CountRatio& ratio = report.ratios.emplace_back();
    ratio.lambda = lambda;
    ratio.quotient = copies[0];
    for (std::size_t r = 0; r < copies.size(); ++r) {
      ratio.manifold += irreps[r].dimension * copies[r];
    }
    ratio.expected = weyl_count_two_term(manifold, lambda) / weyl_count_two_term(report.quotient.geometry, lambda);
  }
  for (const std::string& expression : request.against) {
    const Group other = tool::find_group(space.mesh, expression, options);
    QuotientSpectrum& quotient = report.against.emplace_back(describe_quotient(space, other));
    quotient.eigenvalues = tool::invariant_eigenvalues(space, other, spectrum.up_to, options);
    std::erase_if(quotient.eigenvalues, [&](double lambda) { return lambda > spectrum.up_to; });
  }
  if (tool::shows_surface(space, output)) {
    report.view = view_of(space, group, irreps, parts, options);
  }
  if (request.list) {
    report.subgroups = subgroup_classes(group);
  }
  report.seconds = stopwatch.seconds();
  return report;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app("Spectra of a space and of its quotients by groups of isometries.", "weyl-quotient");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  tool::add_space_options(app, space);
  space.group = "auto";
  tool::add_group_options(app, space)->capture_default_str();
  app.add_option("--against", request.against,
                 "compare with the quotient by this group too (may be given several times)")
      ->type_name("GROUP");
  app.add_flag("--list", request.list, "list the classes of subgroups: the K of auto:K");
  app.add_option("-k,--count", request.count, "at least the N smallest eigenvalues of the space")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 31))
      ->type_name("N")
      ->capture_default_str();
  tool::add_output_options(app, output);
  return tool::run(app, "SPACE", argc, argv,
                   [&] { tool::deliver(output, study(app, space, output, request), tool::command_line(argc, argv)); });
}
