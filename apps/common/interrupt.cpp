// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/interrupt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <string_view>

#include <fmt/format.h>
#include <sys/time.h>
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
Line late;
std::string name;
std::string remark_at_end;
double limit = 0; // seconds
int status_when_late = 0;

void say(const Line& line) {
  constexpr std::string_view clear = "\r\x1b[K"; // of a progress bar
  [[maybe_unused]] ssize_t ignored = isatty(STDERR_FILENO) != 0 ? write(STDERR_FILENO, clear.data(), clear.size()) : 0;
  ignored = write(STDERR_FILENO, line.text.data(), line.size);
}

void end(int signal) {
  say(signal == SIGINT ? interrupted : terminated);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void end_late(int /*signal*/) {
  say(late);
  _exit(status_when_late);
}

void compose() {
  const std::string rest = remark_at_end.empty() ? "" : "; " + remark_at_end;
  interrupted.set(name + ": error: interrupted" + rest);
  terminated.set(name + ": error: terminated" + rest);
  late.set(fmt::format("{}: error: not done within the time limit of {} s{}", name, limit, rest));
}

} // namespace

void end_in_one_line(const std::string& tool) {
  name = tool;
  compose();
  for (const int signal : {SIGINT, SIGTERM}) {
    if (std::signal(signal, end) == SIG_IGN) { // NOLINT(performance-no-int-to-ptr): the system's macro
      std::signal(signal, SIG_IGN);
    }
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

void end_after(double seconds, int status) {
  limit = seconds;
  status_when_late = status;
  compose();
  std::signal(SIGALRM, end_late);
  const double whole = std::floor(seconds);
  const itimerval timer{
      .it_interval = {},
      .it_value = {.tv_sec = static_cast<time_t>(whole), .tv_usec = static_cast<suseconds_t>(1e6 * (seconds - whole))}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

void on_interrupt_say(const std::string& remark) {
  remark_at_end = remark;
  compose();
}

} // namespace weyl::tool
