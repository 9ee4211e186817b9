// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Large arrays of doubles for the inner loops.

#include <cstddef>
#include <memory>

namespace weyl {

/// `size` doubles, not initialized, at the start of a cache line (64 bytes). For large ones the kernel is asked for
/// huge pages: fewer page faults, fewer misses of the address translation.
class Buffer {
public:
  Buffer() = default;
  explicit Buffer(std::size_t size); ///< `size` doubles, of unknown value.

  [[nodiscard]] std::size_t size() const { return size_; }         ///< in doubles
  [[nodiscard]] double* data() { return data_.get(); }             ///< the first of them
  [[nodiscard]] const double* data() const { return data_.get(); } ///< the first of them

  /// While one of these lives, large buffers that are destroyed wait for another of their size, in any thread: a page
  /// from the system has to be cleared, which costs as much as an iteration spends on it. All are given back with the
  /// last of these.
  class Reuse {
  public:
    Reuse();
    ~Reuse();
    Reuse(const Reuse&) = delete;
    Reuse& operator=(const Reuse&) = delete;
  };

private:
  struct Release {
    Release() : bytes(0) {}
    explicit Release(std::size_t size) : bytes(size) {}
    std::size_t bytes;
    void operator()(double* data) const;
  };
  std::size_t size_ = 0;
  std::unique_ptr<double, Release> data_;
};

} // namespace weyl
