// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/format/scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/text.hpp"

namespace weyl::format {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

template <class T>
T load(const char* bytes, std::endian order) {
  std::array<char, sizeof(T)> raw{};
  std::memcpy(raw.data(), bytes, sizeof(T));
  if (order != std::endian::native) {
    std::reverse(raw.begin(), raw.end());
  }
  return std::bit_cast<T>(raw);
}

/// What a number that no double can hold stands for.
double beyond_double(std::string_view number) {
  const bool tiny = number.find("e-") != std::string_view::npos || number.find("E-") != std::string_view::npos;
  return tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

} // namespace

std::size_t size_of(Number type) {
  switch (type) {
  case Number::i8:
  case Number::u8:
    return 1;
  case Number::i16:
  case Number::u16:
    return 2;
  case Number::i32:
  case Number::u32:
  case Number::f32:
    return 4;
  case Number::i64:
  case Number::u64:
  case Number::f64:
    break;
  }
  return 8;
}

double load_real(const char* bytes, Number type, std::endian order) {
  switch (type) {
  case Number::f32:
    return static_cast<double>(load<float>(bytes, order));
  case Number::f64:
    return load<double>(bytes, order);
  case Number::u64:
    return static_cast<double>(load<std::uint64_t>(bytes, order));
  default:
    return static_cast<double>(load_integer(bytes, type, order));
  }
}

std::int64_t load_integer(const char* bytes, Number type, std::endian order) {
  switch (type) {
  case Number::i8:
    return load<std::int8_t>(bytes, order);
  case Number::u8:
    return load<std::uint8_t>(bytes, order);
  case Number::i16:
    return load<std::int16_t>(bytes, order);
  case Number::u16:
    return load<std::uint16_t>(bytes, order);
  case Number::i32:
    return load<std::int32_t>(bytes, order);
  case Number::u32:
    return load<std::uint32_t>(bytes, order);
  case Number::i64:
  case Number::u64:
    return load<std::int64_t>(bytes, order);
  case Number::f32:
  case Number::f64:
    break;
  }
  return -1;
}

std::optional<Number> find_number(std::span<const std::pair<std::string_view, Number>> table, std::string_view name) {
  const auto* const found = std::find_if(table.data(), table.data() + table.size(),
                                         [name](const auto& entry) { return entry.first == name; });
  return found == table.data() + table.size() ? std::nullopt : std::optional(found->second);
}

Scanner::Scanner(std::string_view content, std::string source, Syntax syntax, long first_line)
    : begin_(content.data()), at_(begin_), end_(begin_ + content.size()), source_(std::move(source)), syntax_(syntax),
      line_(first_line) {}

void Scanner::fail(const std::string& reason) const {
  if (binary_) {
    throw InputError(source_, fmt::format("{}, at byte {}", reason, at_ - begin_));
  }
  // At the end of the file the place is the last line, not the empty one after it.
  const bool past_last_line = at_ == end_ && at_ != begin_ && at_[-1] == '\n';
  throw InputError(source_, line_ - (past_last_line ? 1 : 0), reason);
}

void Scanner::fail_at_end() const {
  if (items_ == nullptr) {
    fail("unexpected end of file");
  }
  fail(fmt::format("unexpected end of file in the {} ({} expected, {} found)", items_, expected_,
                   started_ > 0 ? started_ - 1 : 0));
}

bool Scanner::ends_word(const char* p) const {
  return p == end_ || *p == '\n' || is_blank(*p) || (syntax_.comment != '\0' && *p == syntax_.comment);
}

void Scanner::skip_blanks() {
  while (at_ != end_) {
    if (is_blank(*at_)) {
      ++at_;
    } else if (*at_ == '\\' && syntax_.continuation) {
      const char* after = at_ + 1;
      after += after != end_ && *after == '\r' ? 1 : 0;
      if (after == end_ || *after != '\n') {
        return;
      }
      at_ = after + 1;
      ++line_;
    } else if (*at_ == syntax_.comment && syntax_.comment != '\0') {
      at_ = std::find(at_, end_, '\n');
      return;
    } else {
      return;
    }
  }
}

bool Scanner::at_line_end() {
  skip_blanks();
  return at_ == end_ || *at_ == '\n';
}

bool Scanner::find_word() {
  while (at_line_end()) {
    if (at_ == end_) {
      return false;
    }
    ++at_;
    ++line_;
  }
  return true;
}

bool Scanner::find_line() {
  if (at_ != begin_ && at_[-1] != '\n') {
    end_line();
  }
  return find_word();
}

void Scanner::end_line() {
  at_ = std::find(at_, end_, '\n');
  if (at_ != end_) {
    ++at_;
    ++line_;
  }
}

std::string_view Scanner::word() {
  skip_blanks();
  const char* first = at_;
  while (!ends_word(at_)) {
    ++at_;
  }
  return {first, static_cast<std::size_t>(at_ - first)};
}

std::string_view Scanner::rest_of_line() {
  skip_blanks();
  const char* first = at_;
  at_ = std::find(at_, end_, '\n');
  const char* last = at_;
  while (last != first && is_blank(last[-1])) {
    --last;
  }
  return {first, static_cast<std::size_t>(last - first)};
}

void Scanner::skip_past(std::string_view marker) {
  const std::string_view rest(at_, remaining());
  std::size_t found = rest.find(marker);
  while (found != std::string_view::npos && !ends_word(at_ + found + marker.size())) {
    found = rest.find(marker, found + 1);
  }
  if (found == std::string_view::npos) {
    line_ += std::count(at_, end_, '\n');
    at_ = end_;
    fail("unexpected end of file: " + std::string(marker) + " is missing");
  }
  line_ += std::count(at_, at_ + found, '\n');
  at_ += found + marker.size();
}

void Scanner::start_number(const char* what) {
  if (at_line_end()) {
    const long too_short = line_;
    if (!find_word()) {
      fail_at_end();
    }
    line_ = too_short;
    fail(fmt::format("expected a {}, found the end of the line", what));
  }
  if (*at_ == '+') {
    ++at_;
  }
}

void Scanner::fail_number(const char* what, const char* kind) {
  fail(fmt::format("{} {} is not {}", what, quoted(word()), kind));
}

double Scanner::real(const char* what) {
  start_number(what);
  double value = 0.0;
  const auto [last, error] = std::from_chars(at_, end_, value);
  if (error == std::errc::invalid_argument || !ends_word(last)) {
    fail_number(what, "a number");
  }
  if (error == std::errc::result_out_of_range) {
    value = beyond_double({at_, static_cast<std::size_t>(last - at_)});
  }
  at_ = last;
  return value;
}

std::int64_t Scanner::integer(const char* what) {
  start_number(what);
  std::int64_t value = 0;
  const auto [last, error] = std::from_chars(at_, end_, value);
  if (error == std::errc::invalid_argument || !ends_word(last)) {
    fail_number(what, "an integer");
  }
  if (error == std::errc::result_out_of_range) {
    fail_number(what, "an integer that fits 64 bits");
  }
  at_ = last;
  return value;
}

double Scanner::check_finite(double value) const {
  if (!std::isfinite(value)) {
    fail("coordinate is not finite");
  }
  return value;
}

int Scanner::check_index(std::int64_t value, std::size_t vertex_count, int base) const {
  if (value < base || static_cast<std::uint64_t>(value - base) >= vertex_count) {
    fail(value < base && base == 1 ? fmt::format("vertex index {}: indices start at 1", value)
                                   : fmt::format("vertex index {} is out of range ({} vertices)", value, vertex_count));
  }
  return static_cast<int>(value - base);
}

double Scanner::coordinate() { return check_finite(real("coordinate")); }

int Scanner::index(std::size_t vertex_count, int base) {
  return check_index(integer("vertex index"), vertex_count, base);
}

std::size_t Scanner::check_count(std::int64_t value, const char* items) const {
  if (value < 0) {
    fail(fmt::format("the number of {} is negative", items));
  }
  if (static_cast<std::uint64_t>(value) > remaining()) {
    fail(fmt::format("the header promises {} {}, but only {} byte{} follow", value, items, remaining(),
                     remaining() == 1 ? "" : "s"));
  }
  if (value > std::numeric_limits<int>::max()) {
    fail(fmt::format("{} {} are too many (at most {})", value, items, std::numeric_limits<int>::max()));
  }
  return static_cast<std::size_t>(value);
}

void Scanner::begin(const char* items, std::size_t expected) {
  items_ = items;
  expected_ = expected;
  started_ = 0;
}

void Scanner::next_line_item() {
  ++started_;
  if (!find_line()) {
    fail_at_end();
  }
}

void Scanner::start_binary(std::endian order) {
  binary_ = true;
  order_ = order;
}

std::string_view Scanner::bytes(std::size_t size) {
  if (size > remaining()) {
    at_ = end_;
    fail_at_end();
  }
  const std::string_view taken(at_, size);
  at_ += size;
  return taken;
}

double Scanner::real(Number type, const char* what) {
  if (binary_) {
    return load_real(bytes(size_of(type)).data(), type, order_);
  }
  find_word();
  return real(what);
}

std::int64_t Scanner::integer(Number type, const char* what) {
  if (binary_) {
    return load_integer(bytes(size_of(type)).data(), type, order_);
  }
  find_word();
  return integer(what);
}

void Scanner::skip(Number type) {
  if (binary_) {
    bytes(size_of(type));
  } else if (next_word().empty()) {
    fail_at_end();
  }
}

double Scanner::coordinate(Number type) { return check_finite(real(type, "coordinate")); }

int Scanner::index(Number type, std::size_t vertex_count, int base) {
  return check_index(integer(type, "vertex index"), vertex_count, base);
}

} // namespace weyl::format
