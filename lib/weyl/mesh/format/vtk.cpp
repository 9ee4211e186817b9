// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// VTK legacy files, ascii and binary (big-endian): POLYDATA and UNSTRUCTURED_GRID, with cells in the classic
/// layout (size and points of each) and in that of version 5.1 (OFFSETS and CONNECTIVITY).
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
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
#include "weyl/mesh/format/vtk_cells.hpp"

namespace weyl::format {
namespace {

constexpr std::array<std::pair<std::string_view, Number>, 14> vtk_numbers{{{"char", Number::i8},
                                                                           {"unsigned_char", Number::u8},
                                                                           {"short", Number::i16},
                                                                           {"unsigned_short", Number::u16},
                                                                           {"int", Number::i32},
                                                                           {"unsigned_int", Number::u32},
                                                                           {"vtkIdType", Number::i32},
                                                                           {"vtkidtype", Number::i32},
                                                                           {"long", Number::i64},
                                                                           {"unsigned_long", Number::u64},
                                                                           {"vtktypeint64", Number::i64},
                                                                           {"vtktypeint32", Number::i32},
                                                                           {"float", Number::f32},
                                                                           {"double", Number::f64}}};

/// Cells that share one list of nodes: cell i has nodes[ends[i-1]] to before nodes[ends[i]].
struct CellList {
  std::vector<int> nodes;
  std::vector<std::size_t> ends;
};

class VtkReader {
public:
  VtkReader(std::string_view content, const std::string& source) : in_(content, source) { soup_.source = source; }

  Soup read() {
    read_prologue();
    bool attributes = false; // they come last and are not needed
    while (!attributes && in_.find_word()) {
      attributes = read_section(in_.word());
    }
    add_cells(cells_, types_);
    warn_of_curved_cells(soup_, curved_);
    return std::move(soup_);
  }

private:
  void read_prologue() {
    if (!in_.rest_of_line().starts_with("# vtk DataFile")) {
      in_.fail("expected '# vtk DataFile Version'");
    }
    in_.end_line();
    in_.end_line(); // title
    const std::string_view encoding = in_.next_word();
    if (encoding != "ASCII" && encoding != "BINARY") {
      in_.fail(fmt::format("expected ASCII or BINARY, found {}", quoted(encoding)));
    }
    if (in_.next_word() != "DATASET") {
      in_.fail("expected DATASET");
    }
    const std::string_view dataset = in_.word();
    if (dataset != "POLYDATA" && dataset != "UNSTRUCTURED_GRID") {
      in_.fail(fmt::format("data set {} is not supported (POLYDATA and UNSTRUCTURED_GRID are)", quoted(dataset)));
    }
    if (encoding == "BINARY") {
      in_.start_binary(std::endian::big);
    }
  }

  /// \return true where the attributes of points or cells begin.
  bool read_section(std::string_view keyword) {
    constexpr std::int64_t by_cell_types = 0;
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> lists{
        {{"CELLS", by_cell_types}, {"VERTICES", 2}, {"LINES", 4}, {"POLYGONS", 7}, {"TRIANGLE_STRIPS", 6}}};
    for (const auto& [name, type] : lists) {
      if (keyword == name) {
        CellList cells = read_cell_list();
        if (type == by_cell_types) {
          cells_ = std::move(cells);
        } else {
          add_cells(cells, std::vector<std::int64_t>(cells.ends.size(), type));
        }
        return false;
      }
    }
    if (keyword == "POINTS") {
      read_points();
    } else if (keyword == "CELL_TYPES") {
      read_cell_types();
    } else if (keyword == "METADATA") {
      skip_metadata();
    } else if (keyword == "FIELD") {
      skip_field();
    } else if (keyword == "POINT_DATA" || keyword == "CELL_DATA") {
      return true;
    } else {
      in_.fail(fmt::format("unknown keyword {}", quoted(keyword)));
    }
    return false;
  }

  /// The type that ends a line; the numbers begin on the next.
  Number header_type() {
    const std::string_view name = in_.word();
    const std::optional<Number> type = find_number(vtk_numbers, name);
    if (!type) {
      in_.fail(fmt::format("number type {} is not supported", quoted(name)));
    }
    in_.end_line();
    return *type;
  }

  void read_points() {
    const std::size_t count = in_.count("vertices");
    const Number type = header_type();
    in_.begin("vertices", count);
    for (std::size_t i = 0; i < count; ++i) {
      in_.next_item();
      for (int c = 0; c < 3; ++c) {
        soup_.points.push_back(in_.coordinate(type));
      }
    }
  }

  CellList read_cell_list() {
    const std::size_t first = in_.count("cells");
    const std::size_t second = in_.count("cell entries");
    in_.end_line();
    Scanner ahead = in_;
    if (ahead.next_word() == "OFFSETS") {
      in_ = ahead;
      return read_offsets_and_connectivity(first, second);
    }
    return read_classic_cells(first);
  }

  CellList read_classic_cells(std::size_t count) {
    CellList cells;
    in_.begin("cells", count);
    for (std::size_t i = 0; i < count; ++i) {
      in_.next_item();
      const std::size_t nodes = in_.count(Number::i32, "cell points");
      for (std::size_t n = 0; n < nodes; ++n) {
        cells.nodes.push_back(in_.index(Number::i32, soup_.point_count(), 0));
      }
      cells.ends.push_back(cells.nodes.size());
    }
    return cells;
  }

  CellList read_offsets_and_connectivity(std::size_t offset_count, std::size_t node_count) {
    CellList cells;
    const Number offset_type = header_type();
    in_.begin("offsets", offset_count);
    std::int64_t previous = 0;
    for (std::size_t i = 0; i < offset_count; ++i) {
      in_.next_item();
      const std::int64_t offset = in_.integer(offset_type, "offset");
      if (offset < previous || static_cast<std::uint64_t>(offset) > node_count || (i == 0 && offset != 0)) {
        in_.fail(fmt::format("offset {} is not between {} and {}", offset, previous, node_count));
      }
      if (i > 0) {
        cells.ends.push_back(static_cast<std::size_t>(offset));
      }
      previous = offset;
    }
    if (in_.next_word() != "CONNECTIVITY") {
      in_.fail("expected CONNECTIVITY");
    }
    const Number node_type = header_type();
    in_.begin("connectivity", node_count);
    for (std::size_t n = 0; n < node_count; ++n) {
      in_.next_item();
      cells.nodes.push_back(in_.index(node_type, soup_.point_count(), 0));
    }
    return cells;
  }

  void read_cell_types() {
    const std::size_t count = in_.count("cell types");
    in_.end_line();
    in_.begin("cell types", count);
    for (std::size_t i = 0; i < count; ++i) {
      in_.next_item();
      types_.push_back(in_.integer(Number::i32, "cell type"));
    }
  }

  void add_cells(const CellList& cells, std::span<const std::int64_t> types) {
    if (types.size() != cells.ends.size()) {
      in_.fail(fmt::format("{} cells, but {} cell types", cells.ends.size(), types.size()));
    }
    const std::span<const int> nodes = cells.nodes;
    std::size_t start = 0;
    for (std::size_t i = 0; i < types.size(); ++i) {
      add_vtk_cell(soup_, i, types[i], nodes.subspan(start, cells.ends[i] - start), curved_);
      start = cells.ends[i];
    }
  }

  /// A block of text up to a blank line.
  void skip_metadata() {
    in_.end_line();
    while (!in_.at_line_end()) {
      in_.end_line();
    }
  }

  /// Arrays that belong to the whole data set.
  void skip_field() {
    in_.word(); // name
    const std::size_t arrays = in_.count("field arrays");
    for (std::size_t a = 0; a < arrays; ++a) {
      in_.next_word(); // name
      const std::size_t components = in_.count("components");
      const std::size_t tuples = in_.count("tuples");
      const Number type = header_type();
      in_.begin("field arrays", arrays);
      for (std::size_t i = 0; i < components * tuples; ++i) {
        in_.skip(type);
      }
    }
  }

  Scanner in_;
  Soup soup_;
  CellList cells_;
  std::vector<std::int64_t> types_;
  std::size_t curved_ = 0;
};

} // namespace

Soup read_vtk(std::string_view content, const std::string& source) { return VtkReader(content, source).read(); }

} // namespace weyl::format
