// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// VTK's XML unstructured grids: arrays as text, base64 or raw bytes, inline or appended, plain or
/// zlib-compressed.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/encoding.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"
#include "weyl/mesh/format/vtk_cells.hpp"
#include "weyl/mesh/format/xml.hpp"

namespace weyl::format {
namespace {

constexpr std::array<std::pair<std::string_view, Number>, 10> vtu_numbers{{{"Int8", Number::i8},
                                                                           {"UInt8", Number::u8},
                                                                           {"Int16", Number::i16},
                                                                           {"UInt16", Number::u16},
                                                                           {"Int32", Number::i32},
                                                                           {"UInt32", Number::u32},
                                                                           {"Int64", Number::i64},
                                                                           {"UInt64", Number::u64},
                                                                           {"Float32", Number::f32},
                                                                           {"Float64", Number::f64}}};

/// Binary data that are raw or base64, read from their beginning.
struct Stream {
  std::string_view text;
  bool base64 = false;

  /// The first `size` bytes; nothing if there are fewer.
  [[nodiscard]] std::optional<std::string> first(std::size_t size) const {
    if (size > text.size()) {
      return std::nullopt;
    }
    std::optional<std::string> bytes = base64 ? decode_base64(text, size) : std::string(text.substr(0, size));
    return bytes && bytes->size() == size ? bytes : std::nullopt;
  }
};

class VtuReader {
public:
  VtuReader(std::string_view content, const std::string& source) : content_(content), file_(content, source) {
    soup_.source = source;
  }

  Soup read() {
    parse();
    const pugi::xml_node root = file_.child("VTKFile");
    const std::string_view type = root.attribute("type").value();
    if (type != "UnstructuredGrid") {
      file_.fail(root, fmt::format("VTKFile of type {} is not supported; save it as UnstructuredGrid", quoted(type)));
    }
    read_storage(root);
    for (const pugi::xml_node piece : root.child("UnstructuredGrid").children("Piece")) {
      read_piece(piece);
    }
    warn_of_curved_cells(soup_, curved_);
    return std::move(soup_);
  }

private:
  /// Appended data may be raw bytes, which are no XML: they are cut off before the rest is parsed.
  void parse() {
    const std::size_t cut = std::min(content_.find("<AppendedData"), content_.size());
    const std::string_view tail = content_.substr(cut);
    appended_.base64 = tail.substr(0, tail.find('>')).find("base64") != std::string_view::npos;
    const std::size_t start = tail.find('_', std::min(tail.find('>'), tail.size()));
    if (start != std::string_view::npos) {
      appended_.text = tail.substr(start + 1);
      if (appended_.base64) {
        appended_.text = appended_.text.substr(0, appended_.text.find('<'));
      }
    }
    file_.parse(cut, cut < content_.size() ? "</VTKFile>" : "");
  }

  void read_storage(const pugi::xml_node& root) {
    const std::string_view compressor = root.attribute("compressor").value();
    compressed_ = !compressor.empty();
    if (compressed_ && compressor != "vtkZLibDataCompressor") {
      file_.fail(root, fmt::format("compressor {} is not supported (vtkZLibDataCompressor is)", quoted(compressor)));
    }
    order_ = root.attribute("byte_order").as_string() == std::string_view("BigEndian") ? std::endian::big
                                                                                       : std::endian::little;
    header_type_ = root.attribute("header_type").as_string() == std::string_view("UInt64") ? Number::u64 : Number::u32;
  }

  static pugi::xml_node find_array(const pugi::xml_node& parent, const char* name) {
    return parent.find_child_by_attribute("DataArray", "Name", name);
  }

  std::size_t read_count(const pugi::xml_node& piece, const char* attribute) const {
    const std::int64_t count = piece.attribute(attribute).as_llong(-1);
    const auto room = static_cast<std::int64_t>(std::numeric_limits<int>::max() - soup_.point_count());
    if (count < 0 || count > room) {
      file_.fail(piece, fmt::format("{} is missing, negative or too large", attribute));
    }
    return static_cast<std::size_t>(count);
  }

  void read_piece(const pugi::xml_node& piece) {
    const std::size_t points = read_count(piece, "NumberOfPoints");
    const std::size_t cells = read_count(piece, "NumberOfCells");
    if (points == 0) {
      return;
    }
    const std::size_t first_point = soup_.point_count();
    const pugi::xml_node point_array = piece.child("Points").child("DataArray");
    file_.add_points(point_array, read_array<double>(point_array, 3 * points), soup_.points);
    read_cells(piece.child("Cells"), cells, first_point, points);
  }

  void read_cells(const pugi::xml_node& node, std::size_t count, std::size_t first_point, std::size_t points) {
    const auto types = read_array<std::int64_t>(find_array(node, "types"), count);
    const auto offsets = read_array<std::int64_t>(find_array(node, "offsets"), count);
    for (std::size_t i = 0; i < count; ++i) {
      if (offsets[i] < (i > 0 ? offsets[i - 1] : 0)) {
        file_.fail(find_array(node, "offsets"), "the offsets do not ascend");
      }
    }
    const std::size_t node_count = count > 0 ? static_cast<std::size_t>(offsets.back()) : 0;
    const pugi::xml_node connectivity = find_array(node, "connectivity");
    const auto indices = read_array<std::int64_t>(connectivity, node_count);
    std::vector<int> corners;
    corners.reserve(indices.size());
    for (const std::int64_t index : indices) {
      corners.push_back(static_cast<int>(first_point) + file_.check_index(connectivity, index, points));
    }
    std::size_t start = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto end = static_cast<std::size_t>(offsets[i]);
      add_vtk_cell(soup_, i, types[i], std::span<const int>(corners).subspan(start, end - start), curved_);
      start = end;
    }
  }

  /// The `count` numbers of a DataArray.
  template <class T>
  [[nodiscard]] std::vector<T> read_array(const pugi::xml_node& array, std::size_t count) const {
    const std::string_view type_name = array.attribute("type").value();
    const std::optional<Number> type = find_number(vtu_numbers, type_name);
    if (!array || !type) {
      file_.fail(array, array ? fmt::format("unknown number type {}", quoted(type_name)) : "an array is missing");
    }
    const std::string_view format = array.attribute("format").value();
    const std::string_view text = array.child_value();
    if (format == "ascii") {
      return file_.parse_numbers<T>(array, count);
    }
    if (format != "binary" && format != "appended") {
      file_.fail(array, fmt::format("unknown array format {}", quoted(format)));
    }
    Stream stream{.text = text, .base64 = true};
    if (format == "appended") {
      stream = appended_;
      stream.text.remove_prefix(std::min<std::size_t>(array.attribute("offset").as_ullong(), stream.text.size()));
    }
    const std::optional<std::string> bytes = compressed_ ? read_compressed(stream) : read_plain(stream);
    if (!bytes) {
      file_.fail(array, "the data of this array are damaged or cut off");
    }
    if (bytes->size() / size_of(*type) != count) {
      file_.fail(array, fmt::format("{} numbers expected, {} found", count, bytes->size() / size_of(*type)));
    }
    return load_numbers<T>(*bytes, *type, order_);
  }

  [[nodiscard]] std::uint64_t header_entry(const std::string& bytes, std::size_t entry) const {
    const std::size_t size = size_of(header_type_);
    return static_cast<std::uint64_t>(load_integer(bytes.data() + entry * size, header_type_, order_));
  }

  /// Size, then the data.
  [[nodiscard]] std::optional<std::string> read_plain(const Stream& stream) const {
    const std::size_t header_size = size_of(header_type_);
    const std::optional<std::string> header = stream.first(header_size);
    if (!header || header_entry(*header, 0) > stream.text.size()) {
      return std::nullopt;
    }
    std::optional<std::string> bytes = stream.first(header_size + header_entry(*header, 0));
    if (bytes) {
      bytes->erase(0, header_size);
    }
    return bytes;
  }

  /// Number of blocks, size of a block, size of the last one if it is shorter, compressed sizes; then the blocks.
  [[nodiscard]] std::optional<std::string> read_compressed(const Stream& stream) const {
    const std::size_t entry_size = size_of(header_type_);
    const std::optional<std::string> start = stream.first(3 * entry_size);
    const std::uint64_t blocks = start ? header_entry(*start, 0) : stream.text.size() + 1;
    if (blocks > stream.text.size()) {
      return std::nullopt;
    }
    const std::size_t header_size = (3 + blocks) * entry_size;
    const std::optional<std::string> header = stream.first(header_size);
    std::uint64_t total = header_size;
    for (std::uint64_t b = 0; header && b < blocks; ++b) {
      const std::uint64_t size = header_entry(*header, 3 + b);
      total += std::min<std::uint64_t>(size, stream.text.size() + 1);
    }
    const std::optional<std::string> data = header ? stream.first(total) : std::nullopt;
    if (!data) {
      return std::nullopt;
    }
    std::string bytes;
    std::string_view rest = std::string_view(*data).substr(header_size);
    for (std::uint64_t b = 0; b < blocks; ++b) {
      const std::uint64_t last_size = header_entry(*header, 2);
      const std::uint64_t size = b + 1 == blocks && last_size != 0 ? last_size : header_entry(*header, 1);
      const std::uint64_t compressed_size = header_entry(*header, 3 + b);
      const std::optional<std::string> block = inflate(rest.substr(0, compressed_size), size);
      if (!block) {
        return std::nullopt;
      }
      bytes += *block;
      rest.remove_prefix(compressed_size);
    }
    return bytes;
  }

  std::string_view content_;
  XmlFile file_;
  Stream appended_;
  bool compressed_ = false;
  std::endian order_ = std::endian::little;
  Number header_type_ = Number::u32;
  Soup soup_;
  std::size_t curved_ = 0;
};

} // namespace

Soup read_vtu(std::string_view content, const std::string& source) { return VtuReader(content, source).read(); }

} // namespace weyl::format
