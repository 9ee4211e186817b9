// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The version of the library that is linked.

#include <string>

namespace weyl {

/// "major.minor.patch", from the project() line of CMakeLists.txt.
std::string version();

} // namespace weyl
