// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How a tool ends when a signal ends it.

#include <string>

namespace weyl::tool {

/// From here on SIGINT and SIGTERM print "TOOL: error: interrupted" (or "terminated") on one line of standard error and
/// end the process by that signal, so that a shell sees 130 or 143; a signal that the caller ignores stays ignored.
/// No half-written file is left (`PendingFile`). Writing beyond the size that a file may have (SIGXFSZ) becomes an
/// error as a full disk is.
void end_in_one_line(const std::string& tool);

/// What the line says besides, for example where finished work is kept.
void on_interrupt_say(const std::string& remark);

} // namespace weyl::tool
