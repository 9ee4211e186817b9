// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/learning/target.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/polygon.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/spectrum/read_eigenvalues.hpp"
#include "weyl/symmetry/make_group.hpp"

namespace weyl::fuzz {

namespace {

/// A mesh file of this name, up to what every tool asks of it first.
void read_mesh_named(std::string_view bytes, const char* name) {
  const CheckedMesh checked = to_mesh(parse_soup(bytes, name));
  static_cast<void>(topology(checked.mesh));
  static_cast<void>(volume(checked.mesh));
}

/// The bytes as a file in memory, for what reads files by their path.
template <class Read>
void as_file(std::string_view bytes, const std::string& extension, Read read) {
  const bool shared_memory = std::filesystem::is_directory("/dev/shm");
  const std::string folder = shared_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string();
  const std::string path = folder + "/weyl-fuzz-" + std::to_string(::getpid()) + extension;
  write_file(path, bytes);
  try {
    read(path);
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
  ::unlink(path.c_str());
}

/// A space by its expression, and a count of few eigenvalues: of more it may take seconds, and under sanitizers a
/// minute, before it is done or refused.
void count_in_space(std::string_view bytes) {
  constexpr std::size_t longest = 200;
  const ModelSpace space = model_space(std::string(bytes.substr(0, longest)), Boundary::neumann);
  if (weyl_count(space, 3) < 1e4L) {
    static_cast<void>(count(space, Value(Rational(3))));
  }
}

void group_of_sphere(std::string_view bytes) {
  as_file(bytes, ".json", [](const std::string& path) { count_in_space("sphere:2/" + path); });
}

void group_of_lattice(std::string_view bytes) {
  as_file(bytes, ".json", [](const std::string& path) { count_in_space("torus:1,1/" + path); });
}

void group_of_mesh(std::string_view bytes) {
  static const Mesh mesh = make_mesh("cube", 1.0);
  as_file(bytes, ".json", [](const std::string& path) { static_cast<void>(make_group(mesh, path)); });
}

} // namespace

bool Target::run(std::string_view bytes) const {
  try {
    read(bytes);
    return true;
  } catch (const Error&) {
    return false;
  }
}

const std::vector<Target>& targets() {
  static const std::vector<Target> all{
      {"off", [](std::string_view bytes) { read_mesh_named(bytes, "a.off"); }},
      {"obj", [](std::string_view bytes) { read_mesh_named(bytes, "a.obj"); }},
      {"ply", [](std::string_view bytes) { read_mesh_named(bytes, "a.ply"); }},
      {"stl", [](std::string_view bytes) { read_mesh_named(bytes, "a.stl"); }},
      {"vtk", [](std::string_view bytes) { read_mesh_named(bytes, "a.vtk"); }},
      {"vtu", [](std::string_view bytes) { read_mesh_named(bytes, "a.vtu"); }},
      {"gmsh", [](std::string_view bytes) { read_mesh_named(bytes, "a.msh"); }},
      {"medit_mfem", [](std::string_view bytes) { read_mesh_named(bytes, "a.mesh"); }},
      {"gifti", [](std::string_view bytes) { read_mesh_named(bytes, "a.gii"); }},
      {"freesurfer", [](std::string_view bytes) { read_mesh_named(bytes, "lh.white"); }},
      {"polygon",
       [](std::string_view bytes) {
         as_file(bytes, ".txt", [](const std::string& path) { static_cast<void>(read_polygon(path)); });
       }},
      {"space", count_in_space},
      {"group_sphere", group_of_sphere},
      {"group_lattice", group_of_lattice},
      {"group_mesh", group_of_mesh},
      {"eigenvalues", [](std::string_view bytes) { static_cast<void>(parse_eigenvalues(bytes, "list")); }},
      {"learning_target",
       [](std::string_view bytes) { static_cast<void>(parse_target(std::string(bytes), "target")); }},
      {"npz", [](std::string_view bytes) { static_cast<void>(parse_npz(bytes, "archive")); }},
  };
  return all;
}

const Target& target(std::string_view name) {
  const auto found = std::ranges::find(targets(), name, &Target::name);
  if (found == targets().end()) {
    std::string names;
    for (const Target& known : targets()) {
      names += " " + std::string(known.name);
    }
    throw std::invalid_argument("there is no target " + std::string(name) + ", only" + names);
  }
  return *found;
}

} // namespace weyl::fuzz
