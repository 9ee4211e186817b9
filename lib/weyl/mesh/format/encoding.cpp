// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/format/encoding.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

namespace weyl::format {
namespace {

/// The six bits of a base64 character; −1 for others.
int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

} // namespace

std::optional<std::string> decode_base64(std::string_view text, std::size_t limit) {
  constexpr std::string_view blanks = " \t\r\n";
  std::string bytes;
  bytes.reserve(std::min(limit, text.size() / 4 * 3) + 3);
  std::uint32_t bits = 0;
  int characters = 0; // of the current group of four
  int padding = 0;
  for (const char c : text) {
    if (bytes.size() >= limit) {
      break;
    }
    if (blanks.find(c) != std::string_view::npos) {
      continue;
    }
    const int value = c == '=' ? 0 : base64_value(c);
    padding += c == '=' ? 1 : 0;
    if (value < 0 || padding > 2 || (padding > 0 && c != '=')) {
      return std::nullopt;
    }
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    if (++characters == 4) {
      for (int byte = 0; byte < 3 - padding; ++byte) {
        bytes += static_cast<char>(bits >> (16U - 8U * static_cast<std::uint32_t>(byte)) & 0xFFU);
      }
      bits = 0;
      characters = 0;
      padding = 0;
    }
  }
  bytes.resize(std::min(bytes.size(), limit));
  return bytes;
}

std::optional<std::string> inflate(std::string_view data, std::size_t size) {
  constexpr std::size_t best_ratio = 1032; // of deflate
  constexpr int zlib_or_gzip = 15 + 32;
  if (size / best_ratio > data.size() || std::max(data.size(), size) > std::numeric_limits<uInt>::max()) {
    return std::nullopt;
  }
  z_stream stream{};
  if (inflateInit2(&stream, zlib_or_gzip) != Z_OK) {
    return std::nullopt;
  }
  std::string bytes(size, '\0');
  char beyond = 0; // zlib wants room even for nothing
  stream.next_in = reinterpret_cast<const Bytef *>(data.data());
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef *>(size > 0 ? bytes.data() : &beyond);
  stream.avail_out = static_cast<uInt>(size);
  const int status = ::inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return status == Z_STREAM_END && stream.total_out == size ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace weyl::format
