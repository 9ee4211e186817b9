// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/write.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"

namespace weyl {
namespace {

/// Appends numbers as text; a double with the fewest digits that give it back.
template <class T>
void append_text(std::string &out, T value) {
  std::array<char, 32> digits{};
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), result.ptr);
}

/// Appends the bytes of a number, little-endian.
template <class T>
void append_bytes(std::string &out, T value) {
  auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
  if constexpr (std::endian::native == std::endian::big) {
    std::reverse(bytes.begin(), bytes.end());
  }
  out.append(bytes.data(), bytes.size());
}

/// The point of a vertex in R^3.
std::array<double, 3> point(const Mesh &mesh, int v) {
  std::array<double, 3> x{};
  const std::span<const double> position = mesh.position(v);
  std::copy(position.begin(), position.end(), x.begin());
  return x;
}

void append_points_text(std::string &out, const Mesh &mesh, std::string_view prefix) {
  for (int v = 0; v < mesh.vertex_count; ++v) {
    const std::array<double, 3> x = point(mesh, v);
    out += prefix;
    append_text(out, x[0]);
    out += ' ';
    append_text(out, x[1]);
    out += ' ';
    append_text(out, x[2]);
    out += '\n';
  }
}

void append_cells_text(std::string &out, const Mesh &mesh, std::string_view prefix, int base) {
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    out += prefix;
    for (const int v : mesh.cell(c)) {
      out += ' ';
      append_text(out, v + base);
    }
    out += '\n';
  }
}

std::string to_off(const Mesh &mesh) {
  std::string out = fmt::format("OFF\n{} {} 0\n", mesh.vertex_count, mesh.cell_count());
  append_points_text(out, mesh, "");
  append_cells_text(out, mesh, std::to_string(mesh.dimension + 1), 0);
  return out;
}

std::string to_obj(const Mesh &mesh) {
  std::string out;
  append_points_text(out, mesh, "v ");
  append_cells_text(out, mesh, mesh.dimension == 1 ? "l" : "f", 1);
  return out;
}

std::string to_ply(const Mesh &mesh, std::span<const VertexField> fields) {
  std::string out = fmt::format("ply\nformat binary_little_endian 1.0\nelement vertex {}\n"
                                "property double x\nproperty double y\nproperty double z\n",
                                mesh.vertex_count);
  for (const VertexField &field : fields) {
    out += fmt::format("property double {}\n", field.name);
  }
  out += fmt::format("element face {}\nproperty list uchar int vertex_indices\nend_header\n", mesh.cell_count());
  for (int v = 0; v < mesh.vertex_count; ++v) {
    for (const double x : point(mesh, v)) {
      append_bytes(out, x);
    }
    for (const VertexField &field : fields) {
      append_bytes(out, field.values[static_cast<std::size_t>(v)]);
    }
  }
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    append_bytes(out, static_cast<std::uint8_t>(3));
    for (const int v : mesh.cell(c)) {
      append_bytes(out, static_cast<std::int32_t>(v));
    }
  }
  return out;
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
    case '&':
      escaped += "&amp;";
      break;
    case '<':
      escaped += "&lt;";
      break;
    case '"':
      escaped += "&quot;";
      break;
    default:
      escaped += c;
    }
  }
  return escaped;
}

/// Arrays appended to a VTU file: the size in bytes, then the numbers.
class AppendedArrays {
public:
  /// Starts an array of `bytes` bytes. \return the element that refers to it.
  std::string begin(std::string_view type, std::string_view name, int components, std::size_t bytes) {
    std::string element = fmt::format(
        "<DataArray type=\"{}\" Name=\"{}\" NumberOfComponents=\"{}\" format=\"appended\" offset=\"{}\"/>\n", type,
        xml_escaped(name), components, data_.size());
    append_bytes(data_, static_cast<std::uint64_t>(bytes));
    return element;
  }
  template <class T>
  void add(T value) {
    append_bytes(data_, value);
  }
  [[nodiscard]] const std::string &data() const { return data_; }

private:
  std::string data_;
};

std::string to_vtu(const Mesh &mesh, std::span<const VertexField> fields) {
  constexpr std::array<std::uint8_t, 4> vtk_types{0, 3, 5, 10};
  const auto vertices = static_cast<std::size_t>(mesh.vertex_count);
  const std::size_t cells = mesh.cell_count();
  AppendedArrays arrays;
  std::string xml = fmt::format("<?xml version=\"1.0\"?>\n"
                                "<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"LittleEndian\" "
                                "header_type=\"UInt64\">\n<UnstructuredGrid>\n"
                                "<Piece NumberOfPoints=\"{}\" NumberOfCells=\"{}\">\n<PointData>\n",
                                vertices, cells);
  for (const VertexField &field : fields) {
    xml += arrays.begin("Float64", field.name, 1, vertices * sizeof(double));
    for (const double value : field.values) {
      arrays.add(value);
    }
  }
  xml += "</PointData>\n<Points>\n" + arrays.begin("Float64", "Points", 3, 3 * vertices * sizeof(double));
  for (int v = 0; v < mesh.vertex_count; ++v) {
    for (const double x : point(mesh, v)) {
      arrays.add(x);
    }
  }
  xml += "</Points>\n<Cells>\n" + arrays.begin("Int32", "connectivity", 1, mesh.cells.size() * sizeof(std::int32_t));
  for (const int v : mesh.cells) {
    arrays.add(static_cast<std::int32_t>(v));
  }
  const auto d = static_cast<std::size_t>(mesh.dimension);
  xml += arrays.begin("Int64", "offsets", 1, cells * sizeof(std::int64_t));
  for (std::size_t c = 0; c < cells; ++c) {
    arrays.add(static_cast<std::int64_t>((c + 1) * (d + 1)));
  }
  xml += arrays.begin("UInt8", "types", 1, cells);
  for (std::size_t c = 0; c < cells; ++c) {
    arrays.add(vtk_types[d]);
  }
  return xml + "</Cells>\n</Piece>\n</UnstructuredGrid>\n<AppendedData encoding=\"raw\">\n_" + arrays.data() +
         "\n</AppendedData>\n</VTKFile>\n";
}

void check(const std::string &path, const Mesh &mesh, std::span<const VertexField> fields,
           const std::string &extension) {
  if (mesh.positions.empty()) {
    throw InputError(path, "the mesh has edge lengths but no positions, which no mesh file can hold");
  }
  if (mesh.ambient_dimension > 3) {
    throw InputError(
        path, fmt::format("points of R^{} do not fit a mesh file (at most 3 coordinates)", mesh.ambient_dimension));
  }
  if (mesh.dimension == 3 && extension != ".vtu") {
    throw InputError(path, extension + " cannot hold tetrahedra; write .vtu");
  }
  if (mesh.dimension == 1 && extension == ".ply") {
    throw InputError(path, ".ply cannot hold segments here; write .off, .obj or .vtu");
  }
  if (!fields.empty() && extension != ".ply" && extension != ".vtu") {
    throw InputError(path, extension + " cannot hold values on vertices; write .ply or .vtu");
  }
  for (const VertexField &field : fields) {
    if (field.values.size() != static_cast<std::size_t>(mesh.vertex_count)) {
      throw InputError(path, fmt::format("field {} has {} values for {} vertices", field.name, field.values.size(),
                                         mesh.vertex_count));
    }
    const bool blank = field.name.find_first_of(" \t\r\n") != std::string::npos;
    if (field.name.empty() || (blank && extension == ".ply")) {
      throw InputError(path, fmt::format("'{}' cannot name a field of a {} file", field.name, extension));
    }
  }
}

} // namespace

void write_mesh(const std::string &path, const Mesh &mesh, std::span<const VertexField> fields) {
  const std::string extension = std::filesystem::path(path).extension().string();
  std::string (*const plain)(const Mesh &) = extension == ".off" ? to_off : extension == ".obj" ? to_obj : nullptr;
  if (plain == nullptr && extension != ".ply" && extension != ".vtu") {
    throw InputError(path, "meshes can be written as .off, .obj, .ply and .vtu");
  }
  check(path, mesh, fields, extension);
  if (plain != nullptr) {
    write_file(path, plain(mesh));
  } else {
    write_file(path, extension == ".ply" ? to_ply(mesh, fields) : to_vtu(mesh, fields));
  }
}

} // namespace weyl
