// SPDX-License-Identifier: GPL-3.0-or-later
// weyl-spectrum and weyl-count over MPI: mpirun -n P weyl-cluster spectrum|count SPACE ... [-- PETSC OPTIONS]

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "cluster/counter.hpp"
#include "cluster/distribute.hpp"
#include "cluster/gather.hpp"
#include "cluster/session.hpp"
#include "cluster/solve.hpp"
#include "common/discretize.hpp"
#include "common/eigenfunctions.hpp"
#include "common/interrupt.hpp"
#include "common/tool.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/blas.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/npy.hpp"
#include "weyl/core/pending_file.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/report/count_report.hpp"
#include "weyl/report/spectrum_report.hpp"

namespace {

using namespace weyl;

struct Request {
  std::vector<double> lambdas;
  std::int64_t count = 10;
  std::optional<std::array<double, 2>> interval;
  std::string solver = "krylov-schur";
  std::string eigenvectors;
  int partitions = 1;
};

/// A space in parts: its pencil, and another to measure the resolution with.
struct Space {
  Mesh mesh; ///< on process 0 alone, as the next two
  SpaceDescription description;
  double mass_slope = 0; ///< of the cells (weyl/fem/laplacian.hpp)
  Discretization discretization;
  int nodes = 0;                    ///< of the elements; on process 0 alone, as is
  std::vector<int> node_of_unknown; ///< of `pencil`
  cluster::DistributedPencil pencil;
  cluster::DistributedPencil comparison; ///< the other mass matrix; of one order less if the order is above 1
};

/// SPACE, refined, and its description.
Mesh flat_mesh(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
               SpaceDescription& description) {
  const RiemannianMesh space = tool::obtain_space(app, options, output);
  if (space.metric || space.weight) {
    throw InputError(options.path, "has a metric of its own, and a cluster is handed flat cells; use weyl-spectrum or "
                                   "weyl-count, or a mesh file of it");
  }
  Mesh mesh = tool::is_space_by_name(options) ? space.mesh : refine(space.mesh, options.refine);
  const Topology glued = topology(mesh);
  description = describe(options.path, mesh, glued);
  if (options.boundary == "dirichlet" && glued.boundary_facets == 0) {
    tool::warn(app, output, options.path + ": there is no boundary, so that Dirichlet conditions change nothing");
  }
  return mesh;
}

Space distribute(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output) {
  // mpirun sends SIGTERM when a process has died, and when a batch system ends the job.
  tool::on_interrupt_say("another process has ended, or the time is up; nothing was written");
  Space space;
  Mesh flipped; // to intrinsic Delaunay
  const Mesh& mesh = options.intrinsic_delaunay ? flipped : space.mesh;
  Discretization& used = space.discretization;
  cluster::on_root([&] {
    used = {.order = tool::order(options), .mass = tool::mass(options), .boundary = tool::boundary(options)};
    space.mesh = flat_mesh(app, options, output, space.description);
    if (options.intrinsic_delaunay) {
      flipped = intrinsic_delaunay(space.mesh).mesh;
    }
    space.mass_slope = mass_slope(mesh);
  });
  MPI_Bcast(&used, sizeof used, MPI_BYTE, 0, PETSC_COMM_WORLD);
  cluster::together([] { blas::gram_of_rows(Eigen::MatrixXd::Ones(1, 1), 0); }); // OpenBLAS's buffer, if there is room
  const std::vector<int> parts = cluster::partition(mesh);
  cluster::LocalCells cells = cluster::distribute(mesh, parts, used.order, used.boundary);
  space.nodes = cells.nodes;
  space.node_of_unknown = std::move(cells.node_of_unknown);
  space.pencil = cluster::assemble(cells, used.mass);
  space.comparison =
      used.order == 1 ? cluster::assemble(cells, used.mass == Mass::lumped ? Mass::consistent : Mass::lumped)
                      : cluster::assemble(cluster::distribute(mesh, parts, used.order - 1, used.boundary), used.mass);
  used.dofs = space.pencil.size;
  return space;
}

/// Of an InertiaCounter, at several λ.
std::vector<std::int64_t> counts(cluster::InertiaCounter& counter, const std::vector<double>& lambdas) {
  std::vector<std::int64_t> result;
  std::ranges::transform(lambdas, std::back_inserter(result), [&](double lambda) { return counter.below(lambda); });
  return result;
}

/// What the mesh resolves, by counts of both pencils, as the other tools find it.
Resolution resolution(const Space& space, cluster::InertiaCounter& counter) {
  const Geometry shape = geometry(space.description, space.discretization.boundary);
  double start = weyl_lambda(shape, 0.05 * static_cast<double>(space.discretization.dofs) + 1);
  int dimension = space.description.dimension;
  MPI_Bcast(&start, 1, MPI_DOUBLE, 0, PETSC_COMM_WORLD);
  MPI_Bcast(&dimension, 1, MPI_INT, 0, PETSC_COMM_WORLD);
  ResolutionOptions options{.samples = space.discretization.dofs < 20000 ? 8 : 1, .least_slope = space.mass_slope};
  MPI_Bcast(&options.least_slope, 1, MPI_DOUBLE, 0, PETSC_COMM_WORLD);
  cluster::InertiaCounter other(space.comparison);
  const bool more = space.discretization.mass == Mass::lumped || space.discretization.order > 1;
  const PairCounter pairs = [&](const std::vector<double>& lambdas) {
    return CountPairs{.more = counts(more ? counter : other, lambdas), .less = counts(more ? other : counter, lambdas)};
  };
  return space.discretization.order > 1
             ? resolution_of_orders(pairs, space.discretization.order, dimension, start, options)
             : weyl::resolution(pairs, dimension, start, options);
}

/// Without counts: the largest relative distance to the eigenvalues of the other pencil, over λ. Half of it is the
/// error of linear elements, so that this is on the safe side.
Resolution resolution(const std::vector<double>& values, const std::vector<double>& others) {
  double slope = 0;
  for (std::size_t k = 1; k < std::min(values.size(), others.size()); ++k) {
    slope = std::max(slope, std::abs(values[k] - others[k]) / (values[k] * values[k]));
  }
  return {.slope = slope, .tolerance = 0.05};
}

/// Keeps the `count` first. \returns how many of the last one's multiplet are left out: neighbours within `tolerance`
std::int64_t cut(cluster::Eigenvalues& found, std::int64_t count, double tolerance) {
  const auto kept = std::min(found.values.size(), static_cast<std::size_t>(count));
  std::size_t end = kept;
  while (end < found.values.size() && found.values[end] - found.values[end - 1] <= tolerance) {
    ++end;
  }
  cluster::keep(found, kept);
  return static_cast<std::int64_t>(end - kept);
}

/// Eigenfunctions on all nodes (.npy) or on the vertices, zero where there is no unknown, from process 0. The file is
/// written as a whole, memory for one vector or for all of them on process 0.
void write_eigenvectors(const std::string& file, const Space& space, const cluster::Eigenvalues& found) {
  const auto rows = static_cast<Eigen::Index>(tool::is_npy(file) ? space.nodes : space.mesh.vertex_count);
  const auto columns = static_cast<Eigen::Index>(found.values.size());
  std::optional<NpyFile> on_disk;
  Eigen::MatrixXd in_memory;
  cluster::on_root([&] {
    if (tool::is_npy(file)) {
      on_disk.emplace(file, rows, columns);
    } else {
      in_memory = Eigen::MatrixXd::Zero(rows, columns);
    }
  });
  cluster::gather(found.vectors, [&](std::size_t k, std::span<const double> vector) {
    auto column = (on_disk ? on_disk->matrix() : Eigen::Map<Eigen::MatrixXd>(in_memory.data(), rows, columns))
                      .col(static_cast<Eigen::Index>(k));
    for (std::size_t unknown = 0; unknown < vector.size(); ++unknown) {
      if (const int node = space.node_of_unknown[unknown]; node < rows) {
        column[node] = vector[unknown];
      }
    }
  });
  cluster::on_root([&] {
    if (on_disk) {
      on_disk->commit();
    } else {
      tool::write_eigenfunctions(file, space.mesh, in_memory, found.values, found.residuals, found.first);
    }
  });
}

SpectrumReport spectrum(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                        const Request& request) {
  const tool::Stopwatch stopwatch;
  const Space space = distribute(app, options, output);
  const auto count = static_cast<PetscInt>(std::min<std::int64_t>(request.count, space.pencil.size));
  SpectrumReport report{
      .space = space.description, .discretization = space.discretization, .eigenvalues = {}, .residuals = {}};
  const auto wanted = request.eigenvectors.empty() ? cluster::Wanted::values : cluster::Wanted::vectors;
  if (wanted == cluster::Wanted::vectors) { // before the work
    cluster::on_root([&] { const PendingFile can_be_made(request.eigenvectors); });
  }
  cluster::Eigenvalues found;
  if (request.solver == "lobpcg") {
    found = cluster::smallest_by_multigrid(space.pencil, count, wanted);
    const auto others = static_cast<PetscInt>(std::min<std::int64_t>(count, space.comparison.size));
    report.resolution = resolution(
        found.values, cluster::smallest_by_multigrid(space.comparison, others, cluster::Wanted::values).values);
  } else {
    cluster::InertiaCounter counter(space.pencil);
    found = request.interval
                ? cluster::slice_interval(space.pencil, counter, *request.interval, request.partitions, wanted)
                : cluster::smallest(space.pencil, counter, count, wanted);
    report.resolution = resolution(space, counter);
    if (!request.interval) {
      const double last = found.values[static_cast<std::size_t>(count) - 1];
      report.cut = cut(found, count,
                       last * multiplet_tolerance(report.resolution, space.description.dimension, last, count) +
                           counter.rounding(last));
    }
  }
  if (wanted == cluster::Wanted::vectors) {
    write_eigenvectors(request.eigenvectors, space, found);
  }
  report.eigenvalues = std::move(found.values);
  report.residuals = std::move(found.residuals);
  report.first = found.first;
  report.recovered = found.recovered;
  report.confirmed = found.confirmed;
  report.plan = {.slices = request.partitions, .concurrent = request.partitions, .kernels = "SLEPc, " + request.solver};
  report.seconds = stopwatch.seconds();
  return report;
}

CountReport count(const CLI::App& app, const tool::SpaceOptions& options, const tool::Output& output,
                  const Request& request) {
  const tool::Stopwatch stopwatch;
  const Space space = distribute(app, options, output);
  cluster::InertiaCounter counter(space.pencil);
  CountReport report{
      .space = space.description, .discretization = space.discretization, .counts = {}, .resolution = {}, .fit = {}};
  report.resolution = resolution(space, counter);
  for (const double lambda : request.lambdas) {
    report.counts.push_back(counter.at(lambda));
  }
  report.seconds = stopwatch.seconds();
  return report;
}

void add_space_options(CLI::App& app, tool::SpaceOptions& space, tool::Output& output) {
  tool::add_space_options(app, space);
  for (const char* option : {"--certify", "--threads", "--seed"}) {
    app.remove_option(app.get_option(option));
  }
  tool::add_output_options(app, output);
  app.footer("Options after -- are PETSc's: mpirun -n 8 weyl-cluster spectrum mesh.off -k 50 -- -eps_monitor");
}

/// Process 0 writes; all hear of it if it cannot.
template <class Report>
void deliver_from_root(const tool::Output& output, const Report& report, const std::string& command) {
  cluster::on_root([&] { tool::deliver(output, report, command); });
}

void warn_of_unused_options(const CLI::App& app, const tool::Output& output) {
  for (const std::string& option : cluster::unused_options()) {
    tool::warn(app, output, "nothing has read the PETSc option " + option);
  }
}

int run(CLI::App& app, int argc, const char* const* argv, const std::function<void()>& body) {
  return tool::run(app, "SPACE", argc, argv, body);
}

int run_spectrum(int argc, const char* const* argv) {
  CLI::App app("Laplace-Beltrami eigenvalues of a mesh, by SLEPc over MPI.", "weyl-cluster spectrum");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  std::vector<double> interval;
  add_space_options(app, space, output);
  auto* number = app.add_option("-k,--count", request.count, "the N smallest eigenvalues")
                     ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 31))
                     ->type_name("N")
                     ->capture_default_str();
  auto* ends = app.add_option("--interval", interval, "instead: all eigenvalues from A to B")
                   ->delimiter(',')
                   ->expected(2)
                   ->type_name("A,B")
                   ->excludes(number);
  app.add_option("--partitions", request.partitions, "groups of processes, each with a part of the interval")
      ->check(CLI::Range(1, 1 << 20))
      ->needs(ends)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--solver", request.solver,
                 "krylov-schur factors and confirms by inertia; lobpcg needs memory for neither, nor confirms")
      ->check(CLI::IsMember({"krylov-schur", "lobpcg"}))
      ->type_name("SOLVER")
      ->capture_default_str();
  tool::add_eigenvectors_option(app, request.eigenvectors);
  return run(app, argc, argv, [&] {
    if (!interval.empty()) {
      request.interval = {interval[0], interval[1]};
      if (!(std::isfinite(interval[0]) && std::isfinite(interval[1]) && interval[0] <= interval[1])) {
        throw CLI::ValidationError("--interval", "the ends must be finite numbers, the lower one first");
      }
      if (request.solver == "lobpcg") {
        throw CLI::ValidationError("--interval", "needs a factorization, and lobpcg does without; use -k");
      }
      if (cluster::processes() % request.partitions != 0) {
        throw CLI::ValidationError("--partitions", fmt::format("{} processes do not make {} equal groups",
                                                               cluster::processes(), request.partitions));
      }
    }
    deliver_from_root(output, spectrum(app, space, output, request), tool::command_line(argc, argv));
    warn_of_unused_options(app, output);
  });
}

int run_count(int argc, const char* const* argv) {
  CLI::App app("How many Laplace-Beltrami modes a mesh has below any lambda, by MUMPS over MPI.", "weyl-cluster count");
  tool::SpaceOptions space;
  tool::Output output;
  Request request;
  add_space_options(app, space, output);
  app.add_option("--lambda", request.lambdas, "count at this lambda (may be given several times)")
      ->check(tool::at_least(0, "a number from 0 on"))
      ->take_all()
      ->required()
      ->type_name("L");
  return run(app, argc, argv, [&] {
    deliver_from_root(output, count(app, space, output, request), tool::command_line(argc, argv));
    warn_of_unused_options(app, output);
  });
}

int run_neither(int argc, const char* const* argv) {
  CLI::App app("weyl-spectrum and weyl-count over MPI: mpirun -n P weyl-cluster spectrum|count SPACE ...",
               "weyl-cluster");
  std::string command;
  app.add_option("COMMAND", command, "spectrum or count; each has a --help of its own")
      ->check(CLI::IsMember({"spectrum", "count"}));
  return tool::run(app, "COMMAND", argc, argv, [] {});
}

} // namespace

int main(int argc, char** argv) {
  tool::begin_again_where_memory_is_limited(argv, std::any_of(argv, argv + argc, [](const std::string& argument) {
                                              return argument.starts_with("--memory-limit");
                                            }));
  char** const petsc = std::find_if(argv, argv + argc, [](const char* text) { return std::string(text) == "--"; });
  const auto own = static_cast<int>(petsc - argv);
  const cluster::Session session("weyl-cluster", {std::min(petsc + 1, argv + argc), argv + argc});
  const std::string command = own > 1 ? argv[1] : "";
  const int status = command == "spectrum" ? run_spectrum(own - 1, argv + 1)
                     : command == "count"  ? run_count(own - 1, argv + 1)
                                           : run_neither(own, argv);
  if (status == tool::computation_failed) { // perhaps on this process alone, and others wait for it
    cluster::Session::abort(status);
  }
  return status;
}
