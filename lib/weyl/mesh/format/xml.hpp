// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What the XML formats share: the place of a node in its file, and arrays of numbers.

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {

class XmlFile {
public:
  /// \param content must outlive the object.
  XmlFile(std::string_view content, std::string source) : content_(content), source_(std::move(source)) {}

  /// Parses the first `size` bytes of the file followed by `closing`. \throws InputError if that is no XML.
  void parse(std::size_t size, std::string_view closing = {});
  [[nodiscard]] pugi::xml_node child(const char* name) const { return document_.child(name); }
  /// \throws InputError at the line of the node.
  [[noreturn]] void fail(const pugi::xml_node& node, const std::string& reason) const;

  /// The first `count` numbers (double or std::int64_t) of the node's text.
  template <class T>
  [[nodiscard]] std::vector<T> parse_numbers(const pugi::xml_node& node, std::size_t count) const {
    Scanner in(node.child_value(), source_, {}, line_at(node.first_child().offset_debug()));
    std::vector<T> numbers;
    in.begin("array", count);
    for (std::size_t i = 0; i < count; ++i) {
      in.next_item();
      if constexpr (std::is_floating_point_v<T>) {
        numbers.push_back(in.real(Number::f64, "number"));
      } else {
        numbers.push_back(in.integer(Number::i64, "number"));
      }
    }
    return numbers;
  }

  /// Appends the coordinates to `points`. \throws InputError at the node's line if one is not finite.
  void add_points(const pugi::xml_node& node, std::span<const double> coordinates, std::vector<double>& points) const;
  /// The index as an int. \throws InputError at the node's line if it is out of range.
  [[nodiscard]] int check_index(const pugi::xml_node& node, std::int64_t index, std::size_t vertex_count) const;

private:
  /// 1-based line of a place in the file; the first where the place is not known.
  [[nodiscard]] long line_at(std::ptrdiff_t offset) const;

  std::string_view content_;
  std::string source_;
  pugi::xml_document document_;
};

/// The numbers (double or std::int64_t) that `bytes` hold one after the other.
template <class T>
std::vector<T> load_numbers(std::string_view bytes, Number type, std::endian order) {
  std::vector<T> numbers(bytes.size() / size_of(type));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const char* const at = bytes.data() + i * size_of(type);
    if constexpr (std::is_floating_point_v<T>) {
      numbers[i] = load_real(at, type, order);
    } else {
      numbers[i] = load_integer(at, type, order);
    }
  }
  return numbers;
}

} // namespace weyl::format
