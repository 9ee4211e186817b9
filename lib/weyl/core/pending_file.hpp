// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A file in the making, which appears whole or not at all.

#include <string>

namespace weyl {

/// The message of an error number of the operating system.
std::string reason(int error);

/// An open file on the file system of `path`, readable and writable; it takes that name with `commit`, and is gone
/// without. Where the system can (Linux on most file systems) it has no name until then, so that nothing is left of it
/// even if the process is killed; elsewhere it is called PATH.tmp-… meanwhile. A symbolic link stays one: its target is
/// replaced. An existing file keeps its permissions.
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
  void give_name();
  void open_under_a_name();

  std::string path_;
  std::string target_;
  std::string temporary_; ///< the name meanwhile; empty if there is none
  int descriptor_ = -1;
};

} // namespace weyl
