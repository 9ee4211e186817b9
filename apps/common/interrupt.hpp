// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How a tool ends when a signal or its time limit ends it.

#include <string>

namespace weyl::tool {

/// From here on SIGINT and SIGTERM print "TOOL: error: interrupted" (or "terminated") on one line of standard error and
/// end the process by that signal, so that a shell sees 130 or 143; a signal that the caller ignores stays ignored.
/// No half-written file is left (`PendingFile`). Writing beyond the size that a file may have (SIGXFSZ) becomes an
/// error as a full disk is.
void end_in_one_line(const std::string& tool);

/// From now on the process has this much time, at least a microsecond; then it says so in one line and exits with
/// `status`.
void end_after(double seconds, int status);

/// What these lines say besides, for example where finished work is kept.
void on_interrupt_say(const std::string& remark);

} // namespace weyl::tool
