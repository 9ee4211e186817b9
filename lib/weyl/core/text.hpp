// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Text that strangers wrote.

#include <string>
#include <string_view>

namespace weyl {

/// Without the blanks, tabs and carriage returns at both ends.
std::string_view trimmed(std::string_view text);

/// The first characters of `word` between quotation marks, fit for a one-line message.
std::string quoted(std::string_view word);

/// `content` without the byte-order mark of UTF-8.
/// \throws InputError if it begins as compressed files, archives and UTF-16 do.
std::string_view plain_text(std::string_view content, const std::string& source);

} // namespace weyl
