// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What is fuzzed: everything that reads what a stranger wrote.

#include <string_view>
#include <vector>

namespace weyl::fuzz {

/// A reader. Its `run` returns whether the bytes were accepted; InputError and NumericalError are a refusal, and
/// whatever else happens (a crash, a hang, another exception, memory) is a fault.
struct Target {
  std::string_view name;
  void (*read)(std::string_view bytes);

  [[nodiscard]] bool run(std::string_view bytes) const;
};

const std::vector<Target>& targets();

/// The target of a name. \throws std::invalid_argument that lists the names.
const Target& target(std::string_view name);

} // namespace weyl::fuzz
