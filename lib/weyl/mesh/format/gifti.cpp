// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// GIFTI surfaces: the first array of points and the first of triangles.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/encoding.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"
#include "weyl/mesh/format/xml.hpp"

namespace weyl::format {
namespace {

constexpr std::array<std::pair<std::string_view, Number>, 8> gifti_numbers{{{"NIFTI_TYPE_FLOAT32", Number::f32},
                                                                            {"NIFTI_TYPE_FLOAT64", Number::f64},
                                                                            {"NIFTI_TYPE_INT8", Number::i8},
                                                                            {"NIFTI_TYPE_UINT8", Number::u8},
                                                                            {"NIFTI_TYPE_INT16", Number::i16},
                                                                            {"NIFTI_TYPE_INT32", Number::i32},
                                                                            {"NIFTI_TYPE_UINT32", Number::u32},
                                                                            {"NIFTI_TYPE_INT64", Number::i64}}};

pugi::xml_node find_array(const XmlFile& file, const char* intent) {
  const pugi::xml_node root = file.child("GIFTI");
  const pugi::xml_node array = root.find_child_by_attribute("DataArray", "Intent", intent);
  if (!array) {
    file.fail(root, fmt::format("the file holds no surface: no array {}", intent));
  }
  return array;
}

/// Rows of a two-dimensional array with three columns.
std::size_t row_count(const XmlFile& file, const pugi::xml_node& array) {
  const std::int64_t rows = array.attribute("Dim0").as_llong(-1);
  const std::int64_t columns = array.attribute("Dim1").as_llong(-1);
  if (array.attribute("Dimensionality").as_int() != 2 || columns != 3 || rows < 0 ||
      rows > std::numeric_limits<int>::max()) {
    file.fail(array, fmt::format("expected an array of n x 3 numbers, found {} x {}", rows, columns));
  }
  return static_cast<std::size_t>(rows);
}

/// The bytes of a base64 array of `size` bytes; nothing if it is damaged.
std::optional<std::string> decode(const XmlFile& file, const pugi::xml_node& array, std::size_t size) {
  const std::string_view encoding = array.attribute("Encoding").value();
  if (encoding != "Base64Binary" && encoding != "GZipBase64Binary") {
    file.fail(array, fmt::format("encoding {} is not supported", quoted(encoding)));
  }
  const std::string_view text = array.child("Data").child_value();
  std::optional<std::string> bytes = decode_base64(text, text.size());
  return bytes && encoding == "GZipBase64Binary" ? inflate(*bytes, size) : bytes;
}

/// The numbers of an n x 3 array, row by row.
template <class T>
std::vector<T> read_array(const XmlFile& file, const pugi::xml_node& array) {
  const std::size_t count = 3 * row_count(file, array);
  if (array.attribute("ArrayIndexingOrder").value() == std::string_view("ColumnMajorOrder")) {
    file.fail(array, "arrays in column-major order are not supported");
  }
  if (array.attribute("Encoding").value() == std::string_view("ASCII")) {
    return file.parse_numbers<T>(array.child("Data"), count);
  }
  const std::string_view type_name = array.attribute("DataType").value();
  const std::optional<Number> type = find_number(gifti_numbers, type_name);
  if (!type) {
    file.fail(array, fmt::format("data type {} is not supported", quoted(type_name)));
  }
  const std::optional<std::string> bytes = decode(file, array, count * size_of(*type));
  if (!bytes || bytes->size() != count * size_of(*type)) {
    file.fail(array, "the data of this array are damaged, cut off, or not of the size that the file says");
  }
  const bool big = array.attribute("Endian").value() == std::string_view("BigEndian");
  return load_numbers<T>(*bytes, *type, big ? std::endian::big : std::endian::little);
}

} // namespace

Soup read_gifti(std::string_view content, const std::string& source) {
  Soup soup;
  soup.source = source;
  XmlFile file(content, source);
  file.parse(content.size());
  const pugi::xml_node points = find_array(file, "NIFTI_INTENT_POINTSET");
  file.add_points(points, read_array<double>(file, points), soup.points);
  const pugi::xml_node triangles = find_array(file, "NIFTI_INTENT_TRIANGLE");
  for (const std::int64_t index : read_array<std::int64_t>(file, triangles)) {
    soup.polygon_corners.push_back(file.check_index(triangles, index, soup.point_count()));
  }
  for (std::size_t end = 3; end <= soup.polygon_corners.size(); end += 3) {
    soup.polygon_ends.push_back(end);
  }
  return soup;
}

} // namespace weyl::format
