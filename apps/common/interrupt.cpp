// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/interrupt.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

#include <unistd.h>

namespace weyl::tool {

namespace {

/// What a handler may use: it must not allocate.
struct Line {
  std::array<char, 1024> text{};
  std::size_t size = 0;

  void set(std::string_view words) {
    size = std::min(words.size(), text.size() - 1);
    std::copy_n(words.begin(), size, text.begin());
    text[size++] = '\n';
  }
};

Line interrupted;
Line terminated;
std::string name;

void end(int signal) {
  const Line& line = signal == SIGINT ? interrupted : terminated;
  constexpr std::string_view clear = "\r\x1b[K"; // of a progress bar
  [[maybe_unused]] ssize_t ignored = isatty(STDERR_FILENO) != 0 ? write(STDERR_FILENO, clear.data(), clear.size()) : 0;
  ignored = write(STDERR_FILENO, line.text.data(), line.size);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

} // namespace

void end_in_one_line(const std::string& tool) {
  name = tool;
  on_interrupt_say("");
  for (const int signal : {SIGINT, SIGTERM}) {
    if (std::signal(signal, end) == SIG_IGN) { // NOLINT(performance-no-int-to-ptr): the system's macro
      std::signal(signal, SIG_IGN);
    }
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

void on_interrupt_say(const std::string& remark) {
  const std::string rest = remark.empty() ? "" : "; " + remark;
  interrupted.set(name + ": error: interrupted" + rest);
  terminated.set(name + ": error: terminated" + rest);
}

} // namespace weyl::tool
