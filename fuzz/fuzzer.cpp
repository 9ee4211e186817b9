// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's entry: `fuzzer TARGET CORPUS -max_total_time=60`. The target's name is the first argument.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>

#include "targets.hpp"

namespace {

const weyl::fuzz::Target* chosen = nullptr;

} // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  try {
    chosen = &weyl::fuzz::target(*count > 1 ? (*arguments)[1] : "");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "fuzzer: error: %s\n", e.what());
    return 2;
  }
  for (int i = 1; i + 1 < *count; ++i) { // libFuzzer takes the rest
    (*arguments)[i] = (*arguments)[i + 1];
  }
  --*count;
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(chosen->run({reinterpret_cast<const char*>(data), size}));
  return 0;
}
