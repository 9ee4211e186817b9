// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How much memory there is.

namespace weyl {

/// Bytes that can be taken without swapping (MemAvailable of /proc/meminfo; 1 GiB where that cannot be read) and
/// within the limits of this process (`ulimit -v`, `ulimit -d`).
double available_memory();

} // namespace weyl
