// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// Gmsh MSH 2.x and 4.1, ascii and binary. Sections other than the nodes and elements are passed over.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/text.hpp"
#include "weyl/mesh/format/cells.hpp"
#include "weyl/mesh/format/readers.hpp"
#include "weyl/mesh/format/scanner.hpp"

namespace weyl::format {
namespace {

struct ElementType {
  std::int64_t number;
  Shape shape;
  std::size_t corners; ///< they come first
  std::size_t nodes;
};

constexpr std::array<ElementType, 20> element_types{
    {{1, Shape::segment, 2, 2},       {2, Shape::polygon, 3, 3},       {3, Shape::polygon, 4, 4},
     {4, Shape::tetrahedron, 4, 4},   {8, Shape::segment, 2, 3},       {9, Shape::polygon, 3, 6},
     {10, Shape::polygon, 4, 9},      {11, Shape::tetrahedron, 4, 10}, {15, Shape::point, 1, 1},
     {16, Shape::polygon, 4, 8},      {21, Shape::polygon, 3, 10},     {23, Shape::polygon, 3, 15},
     {25, Shape::polygon, 3, 21},     {26, Shape::segment, 2, 4},      {27, Shape::segment, 2, 5},
     {28, Shape::segment, 2, 6},      {29, Shape::tetrahedron, 4, 20}, {30, Shape::tetrahedron, 4, 35},
     {31, Shape::tetrahedron, 4, 56}, {36, Shape::polygon, 4, 16}}};

/// From the tags that the file numbers its nodes with to points; the tags may have gaps and any order.
class NodeTags {
public:
  void add(std::int64_t tag) { tags_.emplace_back(tag, static_cast<int>(tags_.size())); }
  void finish() {
    std::sort(tags_.begin(), tags_.end());
    // unsigned, because the tags of a damaged file may be further apart than a signed number holds
    contiguous_ = !tags_.empty() &&
                  static_cast<std::uint64_t>(tags_.back().first) - static_cast<std::uint64_t>(tags_.front().first) ==
                      tags_.size() - 1;
  }
  /// The point of a tag; −1 if there is none.
  [[nodiscard]] int find(std::int64_t tag) const {
    if (tags_.empty() || tag < tags_.front().first || tag > tags_.back().first) {
      return -1;
    }
    const auto guess = tags_.begin() + (contiguous_ ? tag - tags_.front().first : 0);
    const auto found = guess->first == tag ? guess : std::lower_bound(tags_.begin(), tags_.end(), std::pair(tag, 0));
    return found->first == tag ? found->second : -1;
  }

private:
  std::vector<std::pair<std::int64_t, int>> tags_;
  bool contiguous_ = false;
};

class GmshReader {
public:
  GmshReader(std::string_view content, const std::string& source) : in_(content, source) { soup_.source = source; }

  Soup read() {
    read_format();
    bool elements_seen = false;
    while (in_.find_line()) {
      const std::string section(in_.word());
      if (section == "$Nodes") {
        version_ == 2 ? read_nodes_2() : read_nodes_4();
        tags_.finish();
      } else if (section == "$Elements") {
        elements_seen = true;
        version_ == 2 ? read_elements_2() : read_elements_4();
      } else if (!section.starts_with('$')) {
        in_.fail(fmt::format("expected a section such as $Nodes, found {}", quoted(section)));
      }
      in_.skip_past("$End" + section.substr(1));
      in_.end_line();
    }
    if (!elements_seen) {
      in_.fail("unexpected end of file: $Elements is missing");
    }
    warn_of_curved_cells(soup_, curved_);
    return std::move(soup_);
  }

private:
  void read_format() {
    const std::string_view keyword = in_.next_word();
    if (keyword == "$NOD") {
      in_.fail("Gmsh MSH 1 is not supported; save the mesh as version 4.1 or 2.2");
    }
    if (keyword != "$MeshFormat") {
      in_.fail("expected $MeshFormat");
    }
    const std::string_view version = in_.next_word();
    version_ = version == "4.1" ? 4 : 2;
    if (version_ == 2 && version != "2" && !version.starts_with("2.")) {
      in_.fail(fmt::format("Gmsh MSH {} is not supported; save the mesh as version 4.1 or 2.2", quoted(version)));
    }
    const bool binary = in_.integer("file type") == 1;
    const std::int64_t data_size = in_.integer("data size");
    if (data_size != 8) {
      in_.fail(fmt::format("data size {} is not supported (8 is)", data_size));
    }
    in_.end_line();
    if (binary) {
      in_.start_binary(std::endian::little);
      const std::int64_t one = in_.integer(Number::i32, "byte-order mark");
      in_.start_binary(one == 1 ? std::endian::little : std::endian::big);
    }
    in_.skip_past("$EndMeshFormat");
    in_.end_line();
  }

  void read_point() {
    for (int c = 0; c < 3; ++c) {
      soup_.points.push_back(in_.coordinate(Number::f64));
    }
  }

  /// Count, then "tag x y z" each.
  void read_nodes_2() {
    in_.find_word();
    const std::size_t count = in_.count("nodes");
    in_.end_line();
    in_.begin("nodes", count);
    for (std::size_t i = 0; i < count; ++i) {
      in_.next_item();
      tags_.add(in_.integer(Number::i32, "node number"));
      read_point();
    }
  }

  /// Blocks, one a model entity: the tags of its nodes, then their coordinates.
  void read_nodes_4() {
    in_.end_line();
    const std::size_t blocks = in_.count(Number::u64, "node blocks");
    const std::size_t total = in_.count(Number::u64, "nodes");
    in_.skip(Number::u64); // smallest tag
    in_.skip(Number::u64); // largest tag
    in_.begin("nodes", total);
    for (std::size_t b = 0; b < blocks; ++b) {
      const std::int64_t dimension = in_.integer(Number::i32, "entity dimension");
      in_.skip(Number::i32); // entity tag
      const bool parametric = in_.integer(Number::i32, "parametric flag") != 0;
      const std::size_t count = in_.count(Number::u64, "nodes");
      for (std::size_t i = 0; i < count; ++i) {
        tags_.add(in_.integer(Number::u64, "node tag"));
      }
      for (std::size_t i = 0; i < count; ++i) {
        in_.next_item();
        read_point();
        for (std::int64_t parameter = 0; parametric && parameter < dimension; ++parameter) {
          in_.skip(Number::f64);
        }
      }
    }
  }

  [[nodiscard]] const ElementType& find_type(std::int64_t number) const {
    const auto* const found = std::find_if(element_types.begin(), element_types.end(),
                                           [number](const ElementType& type) { return type.number == number; });
    if (found == element_types.end()) {
      in_.fail(fmt::format("element type {}: {}", number, unsupported_cell));
    }
    return *found;
  }

  /// The nodes of an element; those besides the corners are passed over.
  void read_element(const ElementType& type, Number number) {
    std::array<int, 4> corners{};
    for (std::size_t n = 0; n < type.nodes; ++n) {
      const std::int64_t tag = in_.integer(number, "node number");
      const int point = tags_.find(tag);
      if (point < 0) {
        in_.fail(fmt::format("node {} is not in the file", tag));
      }
      if (n < type.corners) {
        corners[n] = point;
      }
    }
    add_cell(soup_, type.shape, std::span(corners).first(type.corners));
    curved_ += type.nodes > type.corners ? 1 : 0;
  }

  /// Ascii: "number type tag-count tags... nodes...". Binary: blocks of elements of one type.
  void read_elements_2() {
    in_.find_word();
    const std::size_t count = in_.count("elements");
    in_.end_line();
    in_.begin("elements", count);
    for (std::size_t read = 0; read < count;) {
      if (!in_.is_binary()) {
        in_.skip(Number::i32); // number
      }
      const ElementType& type = find_type(in_.integer(Number::i32, "element type"));
      const std::size_t block = in_.is_binary() ? in_.count(Number::i32, "elements") : 1;
      const std::size_t tags = in_.count(Number::i32, "tags");
      if (block == 0 || block > count - read) {
        in_.fail(fmt::format("a block of {} elements, but {} remain", block, count - read));
      }
      for (std::size_t i = 0; i < block; ++i) {
        in_.next_item();
        const std::size_t skipped = tags + (in_.is_binary() ? 1 : 0); // in binary files the number stands here
        for (std::size_t t = 0; t < skipped; ++t) {
          in_.skip(Number::i32);
        }
        read_element(type, Number::i32);
      }
      read += block;
    }
  }

  /// Blocks, one a model entity and type: "tag nodes..." each.
  void read_elements_4() {
    in_.end_line();
    const std::size_t blocks = in_.count(Number::u64, "element blocks");
    const std::size_t total = in_.count(Number::u64, "elements");
    in_.skip(Number::u64); // smallest tag
    in_.skip(Number::u64); // largest tag
    in_.begin("elements", total);
    for (std::size_t b = 0; b < blocks; ++b) {
      in_.skip(Number::i32); // entity dimension
      in_.skip(Number::i32); // entity tag
      const ElementType& type = find_type(in_.integer(Number::i32, "element type"));
      const std::size_t count = in_.count(Number::u64, "elements");
      for (std::size_t i = 0; i < count; ++i) {
        in_.next_item();
        in_.skip(Number::u64); // tag
        read_element(type, Number::u64);
      }
    }
  }

  Scanner in_;
  Soup soup_;
  NodeTags tags_;
  int version_ = 4;
  std::size_t curved_ = 0;
};

} // namespace

Soup read_gmsh(std::string_view content, const std::string& source) { return GmshReader(content, source).read(); }

} // namespace weyl::format
