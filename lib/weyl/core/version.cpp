// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/version.hpp"

namespace weyl {

std::string version() { return WEYL_VERSION; }

} // namespace weyl
