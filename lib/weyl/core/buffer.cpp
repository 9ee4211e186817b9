// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/buffer.hpp"

#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace weyl {

namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t huge_page = std::size_t{2} << 20;

bool is_large(std::size_t bytes) { return bytes >= huge_page; }

/// Large buffers that wait for their next user, by size.
struct Waiting {
  std::mutex guard;
  int scopes = 0; ///< of `Buffer::Reuse`
  std::map<std::size_t, std::vector<double*>> buffers;
};

Waiting& waiting() {
  static Waiting instance;
  return instance;
}

double* take_waiting(std::size_t bytes) {
  const std::scoped_lock lock(waiting().guard);
  auto& same = waiting().buffers[bytes];
  if (same.empty()) {
    return nullptr;
  }
  double* data = same.back();
  same.pop_back();
  return data;
}

double* allocate(std::size_t bytes) {
  auto* data = static_cast<double*>(std::aligned_alloc(is_large(bytes) ? huge_page : cache_line, bytes));
  if (data == nullptr) {
    throw std::bad_alloc();
  }
#ifdef __linux__
  if (is_large(bytes)) {
    madvise(data, bytes, MADV_HUGEPAGE); // advice only: where it is refused small pages do
  }
#endif
  return data;
}

std::size_t rounded(std::size_t bytes) {
  const std::size_t unit = is_large(bytes) ? huge_page : cache_line;
  return (bytes / unit + 1) * unit;
}

} // namespace

Buffer::Buffer(std::size_t size) : size_(size) {
  const std::size_t bytes = rounded(size * sizeof(double));
  double* data = is_large(bytes) ? take_waiting(bytes) : nullptr;
  data_ = std::unique_ptr<double, Release>(data != nullptr ? data : allocate(bytes), Release{bytes});
}

void Buffer::Release::operator()(double* data) const {
  if (is_large(bytes)) {
    const std::scoped_lock lock(waiting().guard);
    if (waiting().scopes > 0) {
      waiting().buffers[bytes].push_back(data);
      return;
    }
  }
  std::free(data); // NOLINT(cppcoreguidelines-no-malloc): aligned_alloc's
}

Buffer::Reuse::Reuse() {
  const std::scoped_lock lock(waiting().guard);
  ++waiting().scopes;
}

Buffer::Reuse::~Reuse() {
  const std::scoped_lock lock(waiting().guard);
  if (--waiting().scopes == 0) {
    for (const auto& [bytes, buffers] : waiting().buffers) {
      for (double* data : buffers) {
        std::free(data); // NOLINT(cppcoreguidelines-no-malloc): aligned_alloc's
      }
    }
    waiting().buffers.clear();
  }
}

} // namespace weyl
