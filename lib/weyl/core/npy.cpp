// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/npy.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>

namespace weyl {

namespace {

constexpr std::size_t header_size = 128; // a multiple of 64, as the format asks

/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
std::string header(Eigen::Index rows, Eigen::Index columns) {
  std::string text = std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header_size - 10) + '\0' +
                     "{'descr': '<f8', 'fortran_order': True, 'shape': (" + std::to_string(rows) + ", " +
                     std::to_string(columns) + "), }";
  text.resize(header_size - 1, ' ');
  return text + '\n';
}

} // namespace

NpyFile::NpyFile(const std::string& path, Eigen::Index rows, Eigen::Index columns)
    : file_(path), rows_(rows), columns_(columns),
      bytes_(header_size + static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * sizeof(double)) {
  if (const int error = ::posix_fallocate(file_.descriptor(), 0, static_cast<off_t>(bytes_)); error != 0) {
    file_.fail(error);
  }
  void* mapped = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, file_.descriptor(), 0);
  if (mapped == MAP_FAILED) {
    file_.fail(errno);
  }
  mapped_ = static_cast<char*>(mapped);
  std::ranges::copy(header(rows, columns), mapped_);
}

NpyFile::~NpyFile() { unmap(); }

Eigen::Map<Eigen::MatrixXd> NpyFile::matrix() {
  return {reinterpret_cast<double*>(mapped_ + header_size), rows_, columns_};
}

void NpyFile::commit() {
  if (::msync(mapped_, bytes_, MS_SYNC) != 0) {
    file_.fail(errno);
  }
  unmap();
  file_.commit();
}

void NpyFile::unmap() {
  if (mapped_ != nullptr) {
    ::munmap(mapped_, bytes_);
    mapped_ = nullptr;
  }
}

} // namespace weyl
