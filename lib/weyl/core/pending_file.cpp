// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/pending_file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr int attempts = 100;

std::string temporary_name(const std::string& target, int attempt) {
  return target + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
}

/// A file without a name, to be named through /proc; -1 where that cannot be.
int open_without_name(const std::string& target) {
#ifdef O_TMPFILE
  if (::access("/proc/self/fd", X_OK) == 0) {
    const std::string folder = std::filesystem::path(target).parent_path().string();
    return ::open(folder.empty() ? "." : folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
  }
#endif
  return -1;
}

} // namespace

std::string reason(int error) { return std::generic_category().message(error); }

PendingFile::PendingFile(std::string path) : path_(std::move(path)), target_(path_) {
  struct stat status {};
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists) {
    std::error_code ignored;
    target_ = std::filesystem::canonical(path_, ignored).string();
  }
  descriptor_ = open_without_name(target_);
  if (descriptor_ < 0) {
    open_under_a_name();
  }
  if (exists && ::fchmod(descriptor_, status.st_mode & 07777U) != 0) {
    const int error = errno;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    fail(error);
  }
}

void PendingFile::open_under_a_name() {
  for (int attempt = 0; descriptor_ < 0 && attempt < attempts; ++attempt) {
    temporary_ = temporary_name(target_, attempt);
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) {
      break;
    }
  }
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(errno);
  }
}

/// A link cannot replace a file, a name can: so the file gets a name beside the target first.
void PendingFile::give_name() {
  const std::string self = "/proc/self/fd/" + std::to_string(descriptor_);
  for (int attempt = 0; temporary_.empty() && attempt < attempts; ++attempt) {
    const std::string name = temporary_name(target_, attempt);
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary_ = name;
    } else if (errno != EEXIST) {
      break;
    }
  }
  if (temporary_.empty()) {
    fail(errno);
  }
}

PendingFile::~PendingFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
  }
}

void PendingFile::commit() {
  if (temporary_.empty()) {
    give_name();
  }
  const int status = ::close(descriptor_); // a full disk may be noticed only here
  descriptor_ = -1;
  if (status != 0 || std::rename(temporary_.c_str(), target_.c_str()) != 0) {
    fail(errno);
  }
  temporary_.clear();
}

void PendingFile::fail(int error) const { throw InputError(path_, "cannot be written: " + reason(error)); }

} // namespace weyl
