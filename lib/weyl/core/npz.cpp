// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/npz.hpp"

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <zlib.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

static_assert(std::endian::native == std::endian::little, "NPY files are written in the machine's own byte order");

/// Magic, header and data as in NumPy's NEP 1: the header is padded so that the data begin at a multiple of 64.
std::string npy(const NamedArray& array) {
  std::string shape;
  for (const std::size_t extent : array.shape) {
    shape += fmt::format("{},", extent);
  }
  std::string header = fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}), }}", shape);
  constexpr std::size_t before_header = 10;
  header.append(63 - (before_header + header.size()) % 64, ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() % 256);
  out += static_cast<char>(header.size() / 256);
  out += header;
  const auto offset = out.size();
  out.resize(offset + array.values.size() * sizeof(double));
  std::memcpy(out.data() + offset, array.values.data(), array.values.size() * sizeof(double));
  return out;
}

void append(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xff);
  }
}

/// What the local header and the central directory of a ZIP entry share (APPNOTE 4.3.7, 4.3.12): version needed,
/// flags, method "stored", time and date (1980-01-01), checksum, sizes, length of the name, no extra field.
std::string entry_fields(const std::string& name, const std::string& data) {
  const auto checksum = crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size());
  std::string out;
  append(out, 20, 2);
  append(out, 0, 2);
  append(out, 0, 2);
  append(out, 0, 2);
  append(out, 0x21, 2);
  append(out, checksum, 4);
  append(out, data.size(), 4);
  append(out, data.size(), 4);
  append(out, name.size(), 2);
  append(out, 0, 2);
  return out;
}

} // namespace

std::string npz(const std::vector<NamedArray>& arrays) {
  std::string out;
  std::string directory;
  for (const NamedArray& array : arrays) {
    const std::string name = array.name + ".npy";
    const std::string data = npy(array);
    if (out.size() + data.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw InputError(array.name, "an npz archive holds at most 4 GiB; ask for fewer eigenvectors");
    }
    const std::string fields = entry_fields(name, data);
    directory += "PK\x01\x02";
    append(directory, 20, 2); // version made by
    directory += fields;
    append(directory, 0, 2); // no comment
    append(directory, 0, 2); // first disk
    append(directory, 0, 2); // internal attributes
    append(directory, 0, 4); // external attributes
    append(directory, out.size(), 4);
    directory += name;
    out += "PK\x03\x04";
    out += fields;
    out += name;
    out += data;
  }
  const std::size_t directory_offset = out.size();
  out += directory + "PK\x05\x06";
  append(out, 0, 4); // this is the only disk
  append(out, arrays.size(), 2);
  append(out, arrays.size(), 2);
  append(out, directory.size(), 4);
  append(out, directory_offset, 4);
  append(out, 0, 2);
  return out;
}

namespace {

/// Bytes of an archive from a place on, with a check that they are there.
class Cursor {
public:
  Cursor(std::string_view bytes, const std::string& source) : bytes_(bytes), source_(source) {}

  [[nodiscard]] bool at(std::string_view magic) const { return bytes_.starts_with(magic); }

  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) {
      throw InputError(source_, "the archive is cut off");
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

private:
  std::string_view bytes_;
  const std::string& source_;
};

/// Array `name` from its NPY file.
NamedArray parse_npy(const std::string& name, std::string_view data, const std::string& source) {
  Cursor cursor(data, source);
  cursor.take(8);
  std::string_view header = cursor.take(cursor.number(2));
  const std::size_t open = header.find("'shape': (");
  if (!data.starts_with("\x93NUMPY") || header.find("'<f8', 'fortran_order': False") == std::string_view::npos ||
      open == std::string_view::npos) {
    throw InputError(source, "array " + name + " is not one of double precision in row-major order");
  }
  header.remove_prefix(open + std::strlen("'shape': ("));
  NamedArray array{name, {}, {}};
  std::size_t count = 1;
  while (!header.starts_with(")")) {
    std::size_t extent = 0;
    const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), extent);
    const auto used = static_cast<std::size_t>(end - header.data());
    if (error != std::errc() || used >= header.size() || header[used] != ',') {
      throw InputError(source, "array " + name + " has no readable shape");
    }
    header.remove_prefix(used + 1);
    array.shape.push_back(extent);
    count *= extent;
  }
  if (count > data.size() / sizeof(double)) {
    throw InputError(source, "array " + name + " is shorter than its shape says");
  }
  array.values.resize(count);
  std::memcpy(array.values.data(), cursor.take(count * sizeof(double)).data(), count * sizeof(double));
  return array;
}

} // namespace

std::vector<NamedArray> parse_npz(std::string_view archive, const std::string& source) {
  std::vector<NamedArray> arrays;
  Cursor cursor(archive, source);
  while (cursor.at("PK\x03\x04")) {
    cursor.take(8);
    const std::uint64_t method = cursor.number(2);
    cursor.take(4);
    const std::uint64_t checksum = cursor.number(4);
    const std::uint64_t size = cursor.number(4);
    cursor.take(4);
    const std::uint64_t name_size = cursor.number(2);
    const std::uint64_t extra = cursor.number(2);
    std::string name(cursor.take(name_size));
    cursor.take(extra);
    const std::string_view data = cursor.take(size);
    if (method != 0 || !name.ends_with(".npy") ||
        crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size()) != checksum) {
      throw InputError(source, "entry " + name + " is damaged");
    }
    name.resize(name.size() - std::strlen(".npy"));
    arrays.push_back(parse_npy(name, data, source));
  }
  if (!cursor.at("PK\x01\x02") && !cursor.at("PK\x05\x06")) {
    throw InputError(source, "is not an archive of arrays, or is cut off");
  }
  return arrays;
}

} // namespace weyl
