// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Words and numbers of a file held in memory, with the place where they stand.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace weyl::format {

/// The number types of mesh files.
enum class Number { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 };

/// Bytes of one number.
std::size_t size_of(Number type);

/// The number stored at `bytes` (at least `size_of(type)` of them). An unsigned integer beyond 2^63 comes out negative.
double load_real(const char* bytes, Number type, std::endian order);
/// As `load_real`, for integer types; a floating-point type gives −1, which is no index and no count.
std::int64_t load_integer(const char* bytes, Number type, std::endian order);

/// The type that a format calls `name`, if it is in the format's table.
std::optional<Number> find_number(std::span<const std::pair<std::string_view, Number>> table, std::string_view name);

/// A cursor over a file in memory. It starts as a text: words between blanks, lines that are counted. `start_binary`
/// turns it to binary numbers; words can still be read between them. The typed `real(Number)` and `integer(Number)`
/// read whichever of the two the file holds.
///
/// Everything that fails throws InputError with the line (text) or the byte (binary).
class Scanner {
public:
  struct Syntax {
    char comment = '\0';       ///< starts a comment that ends with the line
    bool continuation = false; ///< a backslash at the end of a line joins the next one
  };

  /// \param content must outlive the scanner.
  Scanner(std::string_view content, std::string source, Syntax syntax, long first_line = 1);
  Scanner(std::string_view content, std::string source) : Scanner(content, std::move(source), Syntax()) {}

  [[noreturn]] void fail(const std::string& reason) const;

  /// To the first word of the next line that has one; at the start of a line, of this one. False at the end.
  bool find_line();
  /// To the next word, on this line or a later one. False at the end.
  bool find_word();
  /// True if no word is left on this line.
  bool at_line_end();
  /// The next word of this line; empty at its end.
  std::string_view word();
  /// The next word, on this line or a later one; empty at the end of the file.
  std::string_view next_word() { return find_word() ? word() : std::string_view{}; }
  /// What is left of this line, without blanks around it.
  std::string_view rest_of_line();
  /// Past the end of this line, and no further.
  void end_line();
  /// Past the next line that is `marker` followed by blanks.
  void skip_past(std::string_view marker);

  /// Number on this line. `what` names it in messages.
  double real(const char* what);
  std::int64_t integer(const char* what);
  /// Finite number on this line.
  double coordinate();
  /// Vertex index on this line, made 0-based. \param base what the format counts from, 0 or 1.
  int index(std::size_t vertex_count, int base);

  /// How many `items` ("vertices") the file promises, on this line; checked against what the file can hold.
  std::size_t count(const char* items) { return check_count(integer("count"), items); }
  /// The same, on this line or a later one.
  std::size_t next_count(const char* items) {
    find_word();
    return count(items);
  }
  std::size_t check_count(std::int64_t value, const char* items) const;

  /// Starts a list whose early end is to be reported as "unexpected end of file in the `items` (...)".
  void begin(const char* items, std::size_t expected);
  /// The next item of that list.
  void next_item() { ++started_; }
  /// The next item of that list, on a line of its own.
  void next_line_item();

  /// From here on typed numbers are binary, and places are bytes.
  void start_binary(std::endian order);
  [[nodiscard]] bool is_binary() const { return binary_; }

  double real(Number type, const char* what);
  std::int64_t integer(Number type, const char* what);
  double coordinate(Number type);
  int index(Number type, std::size_t vertex_count, int base);
  std::size_t count(Number type, const char* items) { return check_count(integer(type, "count"), items); }
  void skip(Number type);

  /// 1-based line of the cursor.
  [[nodiscard]] long line() const { return line_; }
  /// The next `size` bytes.
  std::string_view bytes(std::size_t size);
  [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }

private:
  void skip_blanks();
  void start_number(const char* what);
  [[noreturn]] void fail_at_end() const;
  [[noreturn]] void fail_number(const char* what, const char* kind);
  [[nodiscard]] bool ends_word(const char* p) const;
  [[nodiscard]] int check_index(std::int64_t value, std::size_t vertex_count, int base) const;
  [[nodiscard]] double check_finite(double value) const;

  const char* begin_;
  const char* at_;
  const char* end_;
  std::string source_;
  Syntax syntax_;
  long line_;
  bool binary_ = false;
  std::endian order_ = std::endian::little;
  const char* items_ = nullptr;
  std::size_t expected_ = 0;
  std::size_t started_ = 0;
};

} // namespace weyl::format
