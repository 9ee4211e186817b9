// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"

namespace fs = std::filesystem;
using weyl::read_file;
using weyl::write_file;
using weyl::test::slurp;
using weyl::test::TempDir;

namespace {

std::string complaint(const std::string& path, const std::string& content) {
  try {
    write_file(path, content);
  } catch (const weyl::InputError& error) {
    return error.what();
  }
  return "";
}

std::size_t file_count(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST_CASE("what is written is read back, byte by byte") {
  const TempDir dir;
  const std::string content("a\0b\r\n\xFF", 6);
  write_file(dir.path("a"), content);
  CHECK(read_file(dir.path("a")) == content);
  write_file(dir.path("a"), "");
  CHECK(read_file(dir.path("a")).empty());
  CHECK(file_count(dir.folder()) == 1);
}

TEST_CASE("files of several chunks are read whole, also from a pipe") {
  const TempDir dir;
  const std::string content(1000003, 'x');
  const std::string pipe = dir.path("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { write_file(pipe, content); });
  CHECK(read_file(pipe) == content);
  writer.join();
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a folder or a missing file says so") {
  const TempDir dir;
  CHECK_THROWS_WITH(static_cast<void>(read_file(dir.folder().string())),
                    (dir.folder().string() + ": is a directory, not a file").c_str());
  CHECK_THROWS_WITH(static_cast<void>(read_file(dir.path("none"))),
                    (dir.path("none") + ": cannot be read: No such file or directory").c_str());
  CHECK(complaint(dir.folder().string(), "x").ends_with("cannot be written: it is a directory"));
  CHECK(complaint(dir.path("none/a"), "x").ends_with("cannot be written: No such file or directory"));
}

TEST_CASE("a replaced file keeps its permissions, and a link keeps leading to it") {
  const TempDir dir;
  const std::string target = dir.write("target", "old");
  fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("target", dir.path("link"));
  write_file(dir.path("link"), "new");
  CHECK(fs::is_symlink(dir.path("link")));
  CHECK(slurp(target) == "new");
  CHECK(fs::status(target).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a new file obeys the umask") {
  const TempDir dir;
  const mode_t before = ::umask(022);
  write_file(dir.path("a"), "x");
  ::umask(before);
  CHECK((static_cast<unsigned>(fs::status(dir.path("a")).permissions()) & 0777U) == 0644U);
}

TEST_CASE("a full device is noticed") {
  if (fs::exists("/dev/full")) {
    CHECK(complaint("/dev/full", "x") == "/dev/full: cannot be written: No space left on device");
  }
}
