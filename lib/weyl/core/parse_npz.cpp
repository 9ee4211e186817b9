// SPDX-License-Identifier: GPL-3.0-or-later
/// \file
/// NumPy files (NEP 1) and archives of them (ZIP, APPNOTE 4.3).
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

#include <zlib.h>

#include "weyl/core/error.hpp"
#include "weyl/core/npz.hpp"

namespace weyl {

namespace {

/// Bytes from a place on, with a check that they are there.
class Cursor {
public:
  Cursor(std::string_view bytes, const std::string& source) : bytes_(bytes), source_(source) {}

  [[nodiscard]] bool at(std::string_view magic) const { return bytes_.starts_with(magic); }

  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) {
      throw InputError(source_, "the file is cut off");
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  std::uint64_t number(std::size_t bytes) {
    const std::string_view taken = take(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, taken.data(), taken.size());
    return value;
  }

  [[nodiscard]] std::string_view rest() const { return bytes_; }

private:
  std::string_view bytes_;
  const std::string& source_;
};

/// What stands behind `'key':` in the header, a literal of Python.
std::string_view header_value(std::string_view header, std::string_view key) {
  const auto found = header.find("'" + std::string(key) + "'");
  if (found == std::string_view::npos) {
    return {};
  }
  header.remove_prefix(found + key.size() + 2);
  header.remove_prefix(std::min(header.find_first_not_of(": "), header.size()));
  return header;
}

std::vector<std::size_t> parse_shape(std::string_view text, const std::string& what, const std::string& source) {
  std::vector<std::size_t> shape;
  constexpr std::size_t most_axes = 4;
  bool good = text.starts_with("(");
  text.remove_prefix(good ? 1 : 0);
  while (good && !text.starts_with(")")) {
    std::size_t extent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    good = error == std::errc() && shape.size() < most_axes;
    shape.push_back(extent);
    text.remove_prefix(std::min(text.find_first_not_of(", "), text.size()));
    good = good && !text.empty();
  }
  if (!good) {
    throw InputError(source, what + " has no readable shape of at most 4 axes");
  }
  return shape;
}

template <class T>
double load(const char* bytes, bool swapped) {
  std::array<char, sizeof(T)> copy{};
  std::memcpy(copy.data(), bytes, sizeof(T));
  if (swapped) {
    std::ranges::reverse(copy);
  }
  return static_cast<double>(std::bit_cast<T>(copy));
}

using Load = double (*)(const char*, bool);

Load find_load(char kind, std::size_t size) {
  switch (kind) {
  case 'f':
    return size == 8 ? load<double> : size == 4 ? load<float> : nullptr;
  case 'b':
    return size == 1 ? load<std::uint8_t> : nullptr;
  case 'i':
    return size == 8   ? load<std::int64_t>
           : size == 4 ? load<std::int32_t>
           : size == 2 ? load<std::int16_t>
           : size == 1 ? load<std::int8_t>
                       : Load{};
  case 'u':
    return size == 8   ? load<std::uint64_t>
           : size == 4 ? load<std::uint32_t>
           : size == 2 ? load<std::uint16_t>
           : size == 1 ? load<std::uint8_t>
                       : Load{};
  default:
    return nullptr;
  }
}

/// Where the value at `position` of the file belongs in row-major order, for a file that has columns first.
std::size_t row_major(std::size_t position, const std::vector<std::size_t>& shape) {
  std::size_t result = 0;
  std::size_t stride = 1;
  for (const std::size_t extent : shape) {
    stride *= extent;
  }
  for (const std::size_t extent : shape) {
    stride /= extent;
    result += position % extent * stride;
    position /= extent;
  }
  return result;
}

/// A deflated entry; empty if it is damaged or not `size` bytes long.
std::string inflate_raw(std::string_view data, std::size_t size) {
  constexpr std::size_t largest_ratio = 1032; // of deflate
  std::string out;
  if (size / largest_ratio > data.size()) {
    return out;
  }
  out.resize(size);
  z_stream stream{};
  if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return {};
  }
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = ::inflate(&stream, Z_FINISH);
  const bool whole = status == Z_STREAM_END && stream.avail_out == 0;
  ::inflateEnd(&stream);
  return whole ? out : std::string();
}

} // namespace

NamedArray parse_npy(std::string_view file, const std::string& name, const std::string& source) {
  const std::string what = name.empty() ? "the array" : "array " + name;
  Cursor cursor(file, source);
  if (!cursor.at("\x93NUMPY")) {
    throw InputError(source, what + " is no NPY file");
  }
  cursor.take(6);
  const std::uint64_t version = cursor.number(2) % 256;
  const std::string_view header = cursor.take(cursor.number(version == 1 ? 2 : 4));
  std::string_view type = header_value(header, "descr");
  type = type.substr(0, type.find('\'', 1));
  std::size_t size = 0;
  if (type.size() >= 4) {
    std::from_chars(type.data() + 3, type.data() + type.size(), size);
  }
  const Load load_value = type.size() >= 4 ? find_load(type[2], size) : nullptr;
  if (load_value == nullptr) {
    throw InputError(source, what + " does not hold real numbers that fit a double; save it as float64");
  }
  NamedArray array{name, parse_shape(header_value(header, "shape"), what, source), {}};
  const std::string_view data = cursor.rest();
  std::size_t count = 1;
  for (const std::size_t extent : array.shape) {
    if (extent != 0 && count > data.size() / extent) {
      throw InputError(source, what + " is shorter than its shape says");
    }
    count *= extent;
  }
  if (count > data.size() / size) {
    throw InputError(source, what + " is shorter than its shape says");
  }
  const bool columns_first = header_value(header, "fortran_order").starts_with("True");
  array.values.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    array.values[columns_first ? row_major(i, array.shape) : i] = load_value(data.data() + i * size, type[1] == '>');
  }
  return array;
}

std::vector<NamedArray> parse_npz(std::string_view archive, const std::string& source) {
  const auto end = archive.rfind("PK\x05\x06");
  if (end == std::string_view::npos) {
    throw InputError(source, "is not an archive of arrays, or is cut off");
  }
  Cursor last(archive.substr(end), source);
  last.take(16);
  Cursor directory(archive.substr(std::min<std::size_t>(last.number(4), archive.size())), source);
  std::vector<NamedArray> arrays;
  std::uint64_t taken = 0; // entries that overlap would let a small archive claim any amount of memory
  while (directory.at("PK\x01\x02")) {
    directory.take(10);
    const std::uint64_t method = directory.number(2);
    directory.take(4);
    const std::uint64_t checksum = directory.number(4);
    const std::uint64_t stored = directory.number(4);
    const std::uint64_t size = directory.number(4);
    const std::uint64_t name_size = directory.number(2);
    const std::uint64_t extra = directory.number(2);
    const std::uint64_t comment = directory.number(2);
    directory.take(8);
    const std::uint64_t offset = directory.number(4);
    std::string name(directory.take(name_size));
    directory.take(extra + comment);
    Cursor entry(archive.substr(std::min<std::size_t>(offset, archive.size())), source);
    entry.take(26);
    const std::uint64_t local_name = entry.number(2);
    entry.take(local_name + entry.number(2));
    const std::string_view raw = entry.take(stored);
    taken += stored;
    const std::string inflated = method == 8 ? inflate_raw(raw, size) : std::string();
    const std::string_view data = method == 8 ? std::string_view(inflated) : raw;
    if (taken > archive.size() || (method != 0 && method != 8) || !name.ends_with(".npy") || data.size() != size ||
        crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size()) != checksum) {
      throw InputError(source, "entry " + name + " is damaged, or no array");
    }
    name.resize(name.size() - std::strlen(".npy"));
    arrays.push_back(parse_npy(data, name, source));
  }
  return arrays;
}

} // namespace weyl
