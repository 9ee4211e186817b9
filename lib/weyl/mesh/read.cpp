// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/read.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/text.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl {
namespace {

using Reader = Soup (*)(std::string_view content, const std::string& source);

/// Extensions that name one format. Those without a reader are shared: the content decides.
constexpr std::array<std::pair<std::string_view, Reader>, 15> extensions{{{".gii", format::read_gifti},
                                                                          {".inflated", format::read_freesurfer},
                                                                          {".mesh", nullptr},
                                                                          {".msh", nullptr},
                                                                          {".obj", format::read_obj},
                                                                          {".off", format::read_off},
                                                                          {".orig", format::read_freesurfer},
                                                                          {".pial", format::read_freesurfer},
                                                                          {".ply", format::read_ply},
                                                                          {".smoothwm", format::read_freesurfer},
                                                                          {".sphere", format::read_freesurfer},
                                                                          {".stl", format::read_stl},
                                                                          {".vtk", nullptr},
                                                                          {".vtu", format::read_vtu},
                                                                          {".white", format::read_freesurfer}}};

std::string lower_case_extension(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  for (char& c : extension) {
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return extension;
}

bool is_binary_stl(std::string_view content) {
  constexpr std::size_t header_size = 80;
  constexpr std::size_t prologue_size = 84;
  constexpr std::size_t triangle_size = 50;
  if (content.size() <= prologue_size) {
    return false;
  }
  const std::int64_t triangles =
      format::load_integer(content.data() + header_size, format::Number::u32, std::endian::little);
  return content.size() == prologue_size + triangle_size * static_cast<std::size_t>(triangles);
}

/// The format that the first bytes speak of; null if they do not.
Reader recognize(std::string_view content) {
  constexpr std::size_t xml_prologue = 4096;
  const std::string_view head = content.substr(0, xml_prologue);
  const std::string_view first = format::Scanner(content, "", {.comment = '#'}).next_word();
  if (content.starts_with("\xFF\xFF\xFE") || content.starts_with("\xFF\xFF\xFF")) {
    return format::read_freesurfer;
  }
  if (content.starts_with("# vtk DataFile")) {
    return format::read_vtk;
  }
  if (first == "$MeshFormat" || first == "$NOD") {
    return format::read_gmsh;
  }
  if (first == "MeshVersionFormatted") {
    return format::read_medit;
  }
  if (first == "MFEM") {
    return format::read_mfem;
  }
  if (first == "ply") {
    return format::read_ply;
  }
  if (first == "solid" || is_binary_stl(content)) {
    return format::read_stl;
  }
  if (first.ends_with("OFF")) {
    return format::read_off;
  }
  if (head.find("<VTKFile") != std::string_view::npos) {
    return format::read_vtu;
  }
  return head.find("<GIFTI") != std::string_view::npos ? format::read_gifti : nullptr;
}

/// What a reader reads, for messages.
std::string_view format_of(Reader reader) {
  using Entry = std::pair<Reader, std::string_view>;
  static constexpr std::array<Entry, 11> names{{{format::read_off, "OFF"},
                                                {format::read_obj, "OBJ"},
                                                {format::read_ply, "PLY"},
                                                {format::read_stl, "STL"},
                                                {format::read_vtk, "VTK"},
                                                {format::read_vtu, "VTU"},
                                                {format::read_gmsh, "Gmsh"},
                                                {format::read_medit, "MEDIT"},
                                                {format::read_mfem, "MFEM"},
                                                {format::read_gifti, "GIFTI"},
                                                {format::read_freesurfer, "FreeSurfer"}}};
  return std::ranges::find(names, reader, &Entry::first)->second;
}

Reader choose_reader(std::string_view content, const std::string& name) {
  const std::string extension = lower_case_extension(name);
  const Reader reader = recognize(content);
  const auto* const known = std::find_if(extensions.begin(), extensions.end(),
                                         [&extension](const auto& entry) { return entry.first == extension; });
  if (known != extensions.end() && known->second != nullptr) {
    if (reader != nullptr && reader != known->second) {
      throw InputError(
          name, fmt::format("the content is {}, which {} does not say; rename the file", format_of(reader), extension));
    }
    return known->second;
  }
  if (reader == nullptr && known != extensions.end()) {
    throw InputError(name,
                     fmt::format("the content is not of a format that uses {} (Gmsh, MEDIT, MFEM, VTK)", extension));
  }
  if (reader == nullptr) {
    throw InputError(name,
                     fmt::format("unknown mesh format; known extensions: {}", fmt::join(readable_extensions(), " ")));
  }
  return reader;
}

} // namespace

Soup parse_soup(std::string_view content, const std::string& name) {
  if (content.empty()) {
    throw InputError(name, "the file is empty");
  }
  content = plain_text(content, name);
  return choose_reader(content, name)(content, name);
}

Soup read_soup(const std::string& path) {
  const std::string content = read_file(path);
  if (path != "-") {
    return parse_soup(content, path);
  }
  const std::string source = "standard input";
  if (content.empty()) {
    throw InputError(source, "no mesh was given");
  }
  return format::read_off(plain_text(content, source), source);
}

CheckedMesh read_mesh(const std::string& path) { return to_mesh(read_soup(path)); }

std::vector<std::string> readable_extensions() {
  std::vector<std::string> names;
  names.reserve(extensions.size());
  for (const auto& [name, reader] : extensions) {
    names.emplace_back(name);
  }
  return names;
}

} // namespace weyl
