// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What every tool does alike: exit statuses, options, output.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "weyl/core/error.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/fem/isotypic.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/spectrum/bracket.hpp"
#include "weyl/spectrum/resolution.hpp"

namespace weyl::tool {

/// Exit statuses of all tools.
enum Status { done = 0, wrong_command_line = 2, unusable_input = 3, computation_failed = 4 };

/// Where the result goes.
struct Output {
  bool json = false;
  bool csv = false;
  std::string file = {};   ///< standard output if empty
  std::string report = {}; ///< HTML page; none if empty
  std::string plot = {};   ///< a figure as a picture; none if empty
  std::string figure = {}; ///< which; the first if empty
  std::string progress = "auto";
  bool quiet = false;
  bool verbose = false;
};

/// Which space, and how it is discretized.
struct SpaceOptions {
  std::string path;
  std::string mass = "consistent";
  std::string boundary = "neumann";
  int order = 0;              ///< of the elements; 0: 1 on mesh files, 4 on spaces by name
  std::optional<double> size; ///< longest edge in a space by name
  int refine = 0;
  bool intrinsic_delaunay = false;
  bool certify = false;
  int threads = 0;
  unsigned seed = 1;
  std::string group = {}; ///< reduce to functions of one symmetry type; none if empty
  std::string irrep = {}; ///< which; the invariant ones if empty
  std::vector<double> axis = {};
  double tolerance = 1e-6;
};

void add_output_options(CLI::App& app, Output& output);
void add_space_options(CLI::App& app, SpaceOptions& space);
/// --axis; `otherwise` says what is taken without it.
CLI::Option* add_axis_option(CLI::App& app, std::vector<double>& axis, const std::string& otherwise);
/// Main axis, if there is one, and second direction. \throws CLI::ValidationError unless there are 0, 3 or 6 numbers.
std::pair<std::optional<Eigen::Vector3d>, Eigen::Vector3d> axes(const std::vector<double>& numbers);
/// --group, --axis and --tolerance. The group's option is returned.
CLI::Option* add_group_options(CLI::App& app, SpaceOptions& space);
/// --irrep.
void add_irrep_option(CLI::App& app, SpaceOptions& space);

/// The group of an expression, about the axis of the options.
Group find_group(const Mesh& mesh, const std::string& expression, const SpaceOptions& options);

/// SPACE before `--refine` where it is a mesh file or a polygon (as coarse as possible with `coarse`), which have flat
/// cells; a space by name, refined, with its metric. Warnings are printed.
RiemannianMesh obtain_space(const CLI::App& app, const SpaceOptions& options, const Output& output,
                            bool coarse = false);

/// An obtained space that is `--refine` and `level` times finer.
RiemannianMesh at_level(const RiemannianMesh& obtained, const SpaceOptions& options, int level);

/// Its description, with the volume of its own metric.
SpaceDescription describe_space(const std::string& name, const RiemannianMesh& space);
SpaceDescription describe_space(const std::string& name, const RiemannianMesh& space, const Topology& topology);

/// The condition on the boundary: at the end of SPACE (`lshape;dirichlet`), else that of the options.
Boundary boundary(const SpaceOptions& options);

/// A check of an option's value: a finite number not below `least`; the error reads "… is not `description`".
CLI::Validator at_least(double least, const std::string& description);

/// OpenBLAS starts threads before `main`, of which we use none. Where memory is limited each waits for ever for a
/// buffer that it cannot have, and the end of the process for them: so the tool begins again, without. `run` does so
/// too, which is too late for a process under MPI: that calls this first, and says whether memory will be limited.
void begin_again_where_memory_is_limited(const char* const* argv, bool soon = false);

/// Parses the command line, which must have the argument `positional`, runs `body` and turns exceptions into one line
/// on standard error and an exit status.
int run(CLI::App& app, const std::string& positional, int argc, const char* const* argv,
        const std::function<void()>& body);

/// "weyl-count: warning: file: text" on standard error, unless quiet.
void warn(const CLI::App& app, const Output& output, const std::string& text);

/// The command line as it was typed, for reports.
std::string command_line(int argc, const char* const* argv);

/// A space read, described and assembled twice: one pencil to use, one to measure the resolution with. With a group
/// both are reduced to one block, and the description's volumes are those that Weyl's law reads of it.
class Space {
private:                   // made before the counter
  LagrangeLaplacian high_; ///< nodes of elements of order above 1
  LagrangeLaplacian low_;  ///< nodes of `comparison` then
  double mass_slope_ = 0;  ///< of the cells (weyl/fem/laplacian.hpp)
  SparseMatrix lift_;      ///< from the unknowns of a block to those of the whole space; empty without a group

public:
  Space(const CLI::App& app, const SpaceOptions& options, const Output& output);

  Mesh unrefined; ///< before `--refine`; kept with `--certify` only
  Mesh mesh;
  SpaceDescription description;
  Discretization discretization;
  Laplacian laplacian; ///< with the order and the mass matrix asked for; vertex_of_dof holds nodes, vertices first
  int nodes = 0;       ///< number of nodes: vertices and, at orders above 1, points inside edges and cells
  Pencil comparison;   ///< with the other mass matrix; of one order less if the order is above 1
  EigenvalueCounter counter; ///< of `laplacian.pencil`

  /// What the mesh resolves, from both pencils.
  [[nodiscard]] Resolution resolution() const;

  /// Certified brackets for the space that the mesh is, `--refine` levels included (only with `certify`).
  [[nodiscard]] BracketCounter brackets() const;

  /// How a group of isometries of `mesh` acts on the unknowns of `laplacian.pencil` (of the whole space).
  [[nodiscard]] Action action(const Group& group) const;

  /// Eigenfunctions of `laplacian.pencil` as values on all vertices; zero where there is no unknown.
  [[nodiscard]] Eigen::MatrixXd on_vertices(const Eigen::MatrixXd& vectors) const;

private:
  Space(const CLI::App& app, const SpaceOptions& options, const Output& output, RiemannianMesh obtained);
  void reduce(const SpaceOptions& options);

  int threads_;
  int refine_;
};

/// Whether a page is asked for that can show the mesh of the space.
bool shows_surface(const Space& space, const Output& output);

/// "weyl-count: text" on standard error, if asked for.
void note(const CLI::App& app, const Output& output, const std::string& text);

/// Seconds since construction.
class Stopwatch {
public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// A bar on standard error with the time that is left; silent unless asked for or on a terminal.
class Progress {
public:
  Progress(const Output& output, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// `finished` of `total` pieces of work are done, `before` of them before this run.
  void show(std::int64_t finished, std::int64_t total, std::int64_t before = 0);

private:
  std::string what_;
  bool shown_;
  Stopwatch stopwatch_;
};

/// `text` to a whole file, or to standard output if `file` is empty.
void print(const std::string& file, const std::string& text);

/// The picture that `output` asks for, into its file. \throws InputError as `picture`, or if no figure has that name.
void draw(const Output& output, const std::vector<Figure>& figures);

/// Writes page and picture first, then the result as text, JSON or CSV: if they cannot be written nothing else is.
template <class Report>
void deliver(const Output& output, const Report& report, const std::string& command) {
  if (!output.plot.empty()) {
    draw(output, figures(report));
  }
  if (!output.report.empty()) {
    print(output.report, html_page(report, command));
  }
  print(output.file, output.json ? json(report) : output.csv ? csv(report) : text(report));
}

} // namespace weyl::tool
