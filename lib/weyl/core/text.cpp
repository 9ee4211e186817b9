// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/text.hpp"

#include <array>
#include <utility>

#include "weyl/core/error.hpp"

namespace weyl {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  return begin == std::string_view::npos ? std::string_view{}
                                         : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string quoted(std::string_view word) {
  constexpr std::size_t longest = 30;
  std::string text = "'";
  for (const char c : word.substr(0, longest)) {
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  return text + (word.size() > longest ? "...'" : "'");
}

std::string_view plain_text(std::string_view content, const std::string& source) {
  using Entry = std::pair<std::string_view, const char*>;
  static constexpr std::array<Entry, 7> beginnings{
      {{"\x1F\x8B", "is gzip-compressed; decompress it first (gunzip)"},
       {"BZh", "is bzip2-compressed; decompress it first (bunzip2)"},
       {"\xFD\x37zXZ", "is xz-compressed; decompress it first (unxz)"},
       {"\x28\xB5\x2F\xFD", "is zstd-compressed; decompress it first (unzstd)"},
       {"PK\x03\x04", "is a ZIP archive; unpack it first (unzip)"},
       {"\xFF\xFE", "is text in UTF-16; save it as UTF-8"},
       {"\xFE\xFF", "is text in UTF-16; save it as UTF-8"}}};
  for (const auto& [beginning, reason] : beginnings) {
    if (content.starts_with(beginning)) {
      throw InputError(source, std::string("the file ") + reason);
    }
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  return content.starts_with(byte_order_mark) ? content.substr(byte_order_mark.size()) : content;
}

} // namespace weyl
