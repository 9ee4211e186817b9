// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Binary data inside XML files.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace weyl::format {

/// The first `limit` bytes (or all, if fewer) of base64 text; blanks are passed over. Padding may stand in the middle,
/// where one stream ends and the next begins. Nothing if a character does not belong there.
std::optional<std::string> decode_base64(std::string_view text, std::size_t limit);

/// Inflates a zlib or gzip stream of exactly `size` bytes. Nothing if the stream is damaged or of another size; a size
/// that `data` cannot hold is noticed before memory is taken.
std::optional<std::string> inflate(std::string_view data, std::size_t size);

} // namespace weyl::format
