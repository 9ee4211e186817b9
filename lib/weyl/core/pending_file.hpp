// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file A file in the making, which appears whole or not at all.

#include <string>

namespace weyl {

/// The message of an error number of the operating system.
std::string reason(int error);

/// An open temporary file beside `path`, readable and writable; it takes that name with `commit`, and is removed
/// without. A symbolic link stays one: its target is replaced. An existing file keeps its permissions.
class PendingFile {
public:
  /// \throws InputError with the operating system's reason.
  explicit PendingFile(std::string path);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// \throws InputError if closing fails, as on a full disk, or the file cannot be renamed.
  void commit();

  /// \throws InputError that `path` cannot be written for this error number.
  [[noreturn]] void fail(int error) const;

private:
  std::string path_;
  std::string target_;
  std::string temporary_;
  int descriptor_ = -1;
};

} // namespace weyl
