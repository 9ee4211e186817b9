// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/format/xml.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl::format {

void XmlFile::parse(std::size_t size, std::string_view closing) {
  const std::string text = std::string(content_.substr(0, size)).append(closing);
  const pugi::xml_parse_result result = document_.load_buffer(text.data(), text.size());
  if (!result) {
    throw InputError(source_, line_at(result.offset), fmt::format("damaged XML: {}", result.description()));
  }
}

long XmlFile::line_at(std::ptrdiff_t offset) const {
  const auto end = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), content_.size());
  return 1 + std::count(content_.begin(), content_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
}

void XmlFile::fail(const pugi::xml_node &node, const std::string &reason) const {
  throw InputError(source_, line_at(node.offset_debug()), reason);
}

void XmlFile::add_points(const pugi::xml_node &node, std::span<const double> coordinates,
                         std::vector<double> &points) const {
  if (!std::all_of(coordinates.begin(), coordinates.end(), [](double x) { return std::isfinite(x); })) {
    fail(node, "coordinate is not finite");
  }
  points.insert(points.end(), coordinates.begin(), coordinates.end());
}

int XmlFile::check_index(const pugi::xml_node &node, std::int64_t index, std::size_t vertex_count) const {
  if (index < 0 || static_cast<std::uint64_t>(index) >= vertex_count) {
    fail(node, fmt::format("vertex index {} is out of range ({} vertices)", index, vertex_count));
  }
  return static_cast<int>(index);
}

} // namespace weyl::format
