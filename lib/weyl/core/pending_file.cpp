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

std::string reason(int error) { return std::generic_category().message(error); }

PendingFile::PendingFile(std::string path) : path_(std::move(path)), target_(path_) {
  struct stat status {};
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists) {
    std::error_code ignored;
    target_ = std::filesystem::canonical(path_, ignored).string();
  }
  for (int attempt = 0; descriptor_ < 0 && attempt < 100; ++attempt) {
    temporary_ = target_ + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) {
      break;
    }
  }
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(errno);
  }
  if (exists && ::fchmod(descriptor_, status.st_mode & 07777U) != 0) {
    const int error = errno;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    fail(error);
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
  const int status = ::close(descriptor_); // a full disk may be noticed only here
  descriptor_ = -1;
  if (status != 0 || std::rename(temporary_.c_str(), target_.c_str()) != 0) {
    fail(errno);
  }
  temporary_.clear();
}

void PendingFile::fail(int error) const { throw InputError(path_, "cannot be written: " + reason(error)); }

} // namespace weyl
