// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/npz.hpp"

#include <bit>
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

} // namespace weyl
