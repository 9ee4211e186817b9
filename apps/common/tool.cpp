// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tool.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/discretize.hpp"
#include "common/interrupt.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/version.hpp"
#include "weyl/fem/lagrange.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/polygon.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/report/picture.hpp"
#include "weyl/symmetry/cayley.hpp"
#include "weyl/symmetry/make_group.hpp"

namespace weyl::tool {

namespace {

/// One line: control characters, which a file name may hold, become spaces.
std::string one_line(std::string text) {
  for (char& c : text) {
    c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return text;
}

int fail(const CLI::App& app, Status status, const std::string& reason) {
  fmt::print(stderr, "{}: error: {}\n", app.get_name(), one_line(reason));
  return status;
}

/// Whether the memory of this process has a limit (`ulimit -d`, `ulimit -v`).
bool memory_is_limited() {
  return std::ranges::any_of(std::array{RLIMIT_DATA, RLIMIT_AS}, [](auto resource) {
    rlimit limit{};
    return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  });
}

/// As `ulimit -d` does; `available_memory` sees it.
void limit_memory(std::uint64_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_DATA, &limit);
  limit.rlim_cur = std::min<rlim_t>(bytes, limit.rlim_max);
  setrlimit(RLIMIT_DATA, &limit);
}

void add_time_limit(CLI::App& app) {
  static constexpr double longest = 1e9; // thirty years
  app.add_option_function<double>(
         "--time-limit", [](double seconds) { end_after(std::min(seconds, longest), computation_failed); },
         "give up after so many seconds")
      ->check(at_least(1e-3, "a time of a millisecond or more"))
      ->type_name("SECONDS");
}

void add_memory_limit(CLI::App& app, const char* const* argv) {
  app.add_option_function<std::uint64_t>(
         "--memory-limit",
         [argv](std::uint64_t bytes) {
           limit_memory(bytes);
           begin_again_where_memory_is_limited(argv);
         },
         "take at most this, e.g. 8G, and plan with 80 to 90 % of it")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE");
}

/// A tool writes no two files of one name, and none in place of SPACE (only weyl-mesh, whose files are meshes again).
void check_files(const CLI::App& app) {
  std::vector<std::pair<std::string, std::string>> files; // by what is said of them, the first read, the others written
  for (const char* name : {"SPACE", "--eigenvectors", "--plot", "--report", "--output"}) {
    const CLI::Option* option = app.get_option_no_throw(name);
    if (option == nullptr || option->empty()) {
      continue;
    }
    const auto file = option->as<std::string>();
    for (const auto& [other, path] : files) {
      std::error_code not_both_there;
      if (file == path || std::filesystem::equivalent(file, path, not_both_there)) {
        throw InputError(file, fmt::format("{} and {} name the same file", other, name));
      }
    }
    files.emplace_back(name, file);
  }
}

/// The H of "mesh:KIND@H".
MeshSize size_after(const std::string& path, std::size_t at) {
  double size = 0;
  if (at == std::string::npos) {
    return std::nullopt;
  }
  if (!CLI::detail::lexical_cast(path.substr(at + 1), size)) {
    throw InputError(path, "expected a number after @, the length of the longest edge");
  }
  return size;
}

} // namespace

void begin_again_where_memory_is_limited(const char* const* argv, bool soon) {
  constexpr const char* threads = "OPENBLAS_NUM_THREADS";
  const char* set = std::getenv(threads); // NOLINT(concurrency-mt-unsafe): before all threads
  if ((soon || memory_is_limited()) && (set == nullptr || std::string_view(set) != "1")) {
    setenv(threads, "1", 1);
    execv("/proc/self/exe", const_cast<char* const*>(argv)); // returns where it cannot
  }
}

RiemannianMesh obtain_space(const CLI::App& app, const SpaceOptions& options, const Output& output, bool coarse) {
  if (is_polygon(options)) {
    const Polygon corners = polygon(without_condition(options.path));
    return {.mesh = coarse ? coarse_polygon(corners) : make_polygon(corners, options.size)};
  }
  if (is_space_by_name(options)) {
    return space_by_name(options);
  }
  const std::string path = without_condition(options.path);
  if (names_model_mesh(path)) {
    const std::size_t at = path.find('@');
    const std::string kind = path.substr(5, at - 5);
    return {.mesh = kind == "sunada" ? sunada_surface() : make_mesh(kind, size_after(path, at))};
  }
  if (options.size) {
    throw InputError("--size", "is for spaces by name; a mesh file has its size, which --refine halves");
  }
  CheckedMesh read = read_mesh(path);
  for (const std::string& warning : read.warnings) {
    warn(app, output, options.path + ": " + warning);
  }
  return {.mesh = std::move(read.mesh)};
}

RiemannianMesh at_level(const RiemannianMesh& obtained, const SpaceOptions& options, int level) {
  SpaceOptions finer = options;
  finer.refine += level;
  return is_space_by_name(options) ? space_by_name(finer) : RiemannianMesh{.mesh = refine(obtained.mesh, finer.refine)};
}

SpaceDescription describe_space(const std::string& name, const RiemannianMesh& space, const Topology& topology) {
  SpaceDescription result = describe(name, space.mesh, topology);
  if (space.metric) {
    result.volume = volume(space);
    result.boundary_volume = boundary_volume(space);
  }
  return result;
}

SpaceDescription describe_space(const std::string& name, const RiemannianMesh& space) {
  return describe_space(name, space, topology(space.mesh));
}

Boundary boundary(const SpaceOptions& options) {
  const std::string condition = options.path.substr(without_condition(options.path).size());
  return (condition.empty() ? options.boundary : condition.substr(1)) == "neumann" ? Boundary::neumann
                                                                                   : Boundary::dirichlet;
}

void add_output_options(CLI::App& app, Output& output) {
  auto* json = app.add_flag("--json", output.json, "one JSON document on standard output, nothing else");
  app.add_flag("--csv", output.csv, "comma-separated values")->excludes(json);
  app.add_option("-o,--output", output.file, "write the result to FILE instead of standard output")->type_name("FILE");
  app.add_option("--report", output.report, "write an HTML page as well")->type_name("FILE.html");
  auto* plot =
      app.add_option("--plot", output.plot, "draw a figure for a paper as well (by gnuplot)")
          ->check([](const std::string& file) {
            return file.ends_with(".svg") || file.ends_with(".png") ? "" : file + " should end in .svg or .png";
          })
          ->type_name("FILE.svg|png");
  app.add_option("--figure", output.figure, "which figure of the page: counting (default), remainder, ...")
      ->needs(plot)
      ->type_name("NAME");
  app.add_option("--progress", output.progress, "progress on standard error: auto (on a terminal), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  app.add_flag("--quiet", output.quiet, "no warnings, no progress");
  app.add_flag("--verbose", output.verbose, "say on standard error what is being done");
}

void add_space_options(CLI::App& app, SpaceOptions& space) {
  app.add_option("SPACE", space.path,
                 "a mesh file, - for OFF on standard input, or a space by name: sphere:3/antipodal, lshape, bolza, ...")
      ->type_name("");
  app.footer(list_of_spaces());
  app.add_option(
         "--order", space.order,
         fmt::format("degree of the elements, 1 to {} (default: 1 on files, 4 on spaces by name)", largest_order))
      ->check(CLI::Range(1, largest_order))
      ->type_name("P");
  app.add_option("--size", space.size, "longest edge in a space by name, about")
      ->check(at_least(1e-300, "a positive number"))
      ->type_name("H");
  app.add_option("--mass", space.mass, "consistent or lumped mass matrix")
      ->check(CLI::IsMember({"consistent", "lumped"}))
      ->type_name("MASS")
      ->capture_default_str();
  app.add_option("--boundary", space.boundary, "neumann or dirichlet conditions on the boundary")
      ->check(CLI::IsMember({"neumann", "dirichlet"}))
      ->type_name("CONDITION")
      ->capture_default_str();
  app.add_option("--refine", space.refine, "split every cell N times (into 2, 4 or 8 each time)")
      ->check(CLI::Range(0, 12))
      ->type_name("N");
  auto* delaunay =
      app.add_flag("--intrinsic-delaunay", space.intrinsic_delaunay,
                   "flip the edges of a surface to intrinsic Delaunay first: same surface, better elements");
  app.add_flag("--certify", space.certify,
               "bracket with proof: lower and upper bounds for the flat cells of the mesh, rounding included")
      ->excludes(delaunay);
  app.add_option("--threads", space.threads, "number of threads (default: all)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  app.add_option("--seed", space.seed, "seed of random vectors")->type_name("N")->capture_default_str();
}

CLI::Option* add_axis_option(CLI::App& app, std::vector<double>& axis, const std::string& otherwise) {
  return app
      .add_option("--axis", axis,
                  "main axis of the group (default: " + otherwise + "), and a second direction across it")
      ->delimiter(',')
      ->type_name("X,Y,Z[,X,Y,Z]");
}

std::pair<std::optional<Eigen::Vector3d>, Eigen::Vector3d> axes(const std::vector<double>& numbers) {
  if (numbers.empty()) {
    return {std::nullopt, Eigen::Vector3d::UnitX()};
  }
  if (numbers.size() != 3 && numbers.size() != 6) {
    throw CLI::ValidationError("--axis", "expected 3 or 6 numbers");
  }
  return {Eigen::Vector3d(numbers.data()),
          numbers.size() == 6 ? Eigen::Vector3d(numbers.data() + 3) : Eigen::Vector3d::UnitX()};
}

CLI::Option* add_group_options(CLI::App& app, SpaceOptions& space) {
  add_axis_option(app, space.axis, "0,0,1");
  app.add_option("--tolerance", space.tolerance, "how far a symmetric point may be away, over the size of the mesh")
      ->check(at_least(0, "a number from 0 on"))
      ->type_name("T")
      ->capture_default_str();
  return app
      .add_option("--group", space.group,
                  "auto, auto:K, a Schoenflies symbol (C5v D3 Td Oh Ih ...), antipodal, or a JSON file of generators")
      ->type_name("GROUP");
}

void add_irrep_option(CLI::App& app, SpaceOptions& space) {
  app.add_option("--irrep", space.irrep, "functions of this type (complex and quaternionic types twice, four times)")
      ->type_name("NAME")
      ->needs("--group");
}

Group find_group(const Mesh& mesh, const std::string& expression, const SpaceOptions& options) {
  const auto [axis, second] = axes(options.axis);
  return make_group(mesh, expression, {.axis = axis, .second = second, .tolerance = options.tolerance});
}

CLI::Validator at_least(double least, const std::string& description) {
  return {[=](const std::string& text) -> std::string {
            double value = 0;
            const bool good = CLI::detail::lexical_cast(text, value) && std::isfinite(value) && value >= least;
            return good ? "" : text + " is not " + description;
          },
          ""};
}

int run(CLI::App& app, const std::string& positional, int argc, const char* const* argv,
        const std::function<void()>& body) {
  app.set_version_flag("--version", app.get_name() + " " + version());
  app.get_formatter()->column_width(34);
  add_time_limit(app);
  add_memory_limit(app, argv);
  begin_again_where_memory_is_limited(argv);
  end_in_one_line(app.get_name());
  try {
    app.parse(argc, argv);
    if (app.get_option(positional)->empty()) { // asked for here, so that a mistyped option is named first
      throw CLI::RequiredError(positional);
    }
    check_files(app);
    body();
    return done;
  } catch (const CLI::Success& e) { // --help and --version
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    return fail(app, wrong_command_line, std::string(e.what()) + "; see " + app.get_name() + " --help");
  } catch (const InputError& e) {
    return fail(app, unusable_input, e.what());
  } catch (const NumericalError& e) {
    return fail(app, computation_failed, e.what());
  } catch (const std::bad_alloc&) {
    return fail(app, computation_failed, "out of memory; use a smaller mesh, or fewer threads");
  } catch (const std::system_error& e) {
    return fail(app, computation_failed,
                e.code() == std::errc::resource_unavailable_try_again
                    ? "no memory for a thread; use --threads 1, or a smaller mesh"
                    : std::string("unexpected: ") + e.what());
  } catch (const std::exception& e) {
    return fail(app, computation_failed, std::string("unexpected: ") + e.what());
  }
}

void warn(const CLI::App& app, const Output& output, const std::string& text) {
  if (!output.quiet) {
    fmt::print(stderr, "{}: warning: {}\n", app.get_name(), one_line(text));
  }
}

void note(const CLI::App& app, const Output& output, const std::string& text) {
  if (output.verbose) {
    fmt::print(stderr, "{}: {}\n", app.get_name(), one_line(text));
  }
}

std::string command_line(int argc, const char* const* argv) {
  std::string out;
  for (int i = 0; i < argc; ++i) {
    out += (i > 0 ? " " : "") + std::string(argv[i]);
  }
  return out;
}

Progress::Progress(const Output& output, std::string what)
    : what_(std::move(what)), shown_(!output.quiet && (output.progress == "always" ||
                                                       (output.progress == "auto" && isatty(STDERR_FILENO) != 0))) {}

Progress::~Progress() {
  if (shown_) {
    fmt::print(stderr, "\r\x1b[K");
  }
}

void Progress::show(std::int64_t finished, std::int64_t total, std::int64_t before) {
  if (!shown_ || total <= 0) {
    return;
  }
  constexpr std::int64_t width = 20;
  const auto filled = static_cast<std::size_t>(width * finished / total);
  const std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
  const std::int64_t done = finished - before;
  std::string time = "?";
  if (done > 0 || finished == total) {
    const double left =
        done > 0 ? stopwatch_.seconds() * static_cast<double>(total - finished) / static_cast<double>(done) : 0;
    time = left >= 90 ? fmt::format("{:.0f} min", left / 60) : fmt::format("{:.0f} s", left);
  }
  fmt::print(stderr, "\r{} [{}] {}/{}, {} left\x1b[K", what_, bar, finished, total, time);
}

void draw(const Output& output, const std::vector<Figure>& figures) {
  std::string names;
  for (const Figure& figure : figures) {
    if (output.figure.empty() || output.figure == figure.id) {
      print(output.plot, picture(figure, picture_format(output.plot)));
      return;
    }
    names += " " + figure.id;
  }
  throw InputError("--figure " + output.figure,
                   "there is no such figure here" + (names.empty() ? "" : ", only" + names));
}

void print(const std::string& file, const std::string& text) {
  if (!file.empty()) {
    write_file(file, text);
  } else if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw InputError("standard output", "cannot be written");
  }
}

} // namespace weyl::tool
