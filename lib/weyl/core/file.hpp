// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Whole files in, whole files out.

#include <string>
#include <string_view>

namespace weyl {

/// The whole content of a file or, for "-", of standard input. Cost: one pass, memory = file size.
/// \throws InputError with the operating system's reason; for a directory or a device it says so.
std::string read_file(const std::string& path);

/// Writes `content` whole or not at all: into a temporary file beside `path`, which then takes its name.
/// A path that exists and is not a regular file (`/dev/stdout`, a FIFO) is written in place.
/// \throws InputError with the operating system's reason; an existing file is then left as it was.
void write_file(const std::string& path, std::string_view content);

} // namespace weyl
