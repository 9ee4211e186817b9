// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/file.hpp"

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "weyl/core/error.hpp"
#include "weyl/core/pending_file.hpp"

namespace weyl {
namespace {

/// A file descriptor that is closed when it goes out of scope; standard input stays open.
class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ > STDIN_FILENO) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }
  /// Closes now, because a full disk may be noticed only here. \return 0 or the error.
  int close() {
    const int status = ::close(number_);
    number_ = -1;
    return status == 0 ? 0 : errno;
  }

private:
  int number_;
};

/// \return 0 or the error.
int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno != EINTR) {
      return errno;
    }
    content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  return 0;
}

void write_in_place(const std::string& path, std::string_view content) {
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  int error = out.number() < 0 ? errno : write_all(out.number(), content);
  error = error != 0 ? error : out.close();
  if (error != 0) {
    throw InputError(path, "cannot be written: " + reason(error));
  }
}

} // namespace

std::string read_file(const std::string& path) {
  const bool standard_input = path == "-";
  const std::string source = standard_input ? "standard input" : path;
  const Descriptor in(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (in.number() < 0 || ::fstat(in.number(), &status) != 0) {
    throw InputError(source, "cannot be read: " + reason(errno));
  }
  if (S_ISDIR(status.st_mode)) {
    throw InputError(source, "is a directory, not a file");
  }
  if (!standard_input && (S_ISBLK(status.st_mode) || (S_ISCHR(status.st_mode) && ::isatty(in.number()) == 0))) {
    throw InputError(source, "is a device, not a file");
  }
  constexpr std::size_t chunk = 1 << 16;
  std::string content;
  content.resize(S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : chunk);
  std::size_t size = 0;
  while (true) {
    const ssize_t got = ::read(in.number(), content.data() + size, content.size() - size);
    if (got < 0 && errno != EINTR) {
      throw InputError(source, "cannot be read: " + reason(errno));
    }
    if (got == 0) {
      break;
    }
    size += got > 0 ? static_cast<std::size_t>(got) : 0;
    if (size == content.size()) {
      content.resize(2 * size + chunk);
    }
  }
  content.resize(size);
  return content;
}

void write_file(const std::string& path, std::string_view content) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    throw InputError(path, "cannot be written: it is a directory");
  }
  // /dev/stdout may lead to a regular file that the shell holds open: replacing that would lose what goes there next.
  if (exists && (!S_ISREG(status.st_mode) || path.starts_with("/dev/"))) {
    write_in_place(path, content);
    return;
  }
  PendingFile out(path);
  if (const int error = write_all(out.descriptor(), content); error != 0) {
    out.fail(error);
  }
  out.commit();
}

} // namespace weyl
