// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// How much memory there is.

namespace weyl {

/// Bytes that can be taken without swapping (MemAvailable of /proc/meminfo); 1 GiB where that cannot be read.
double available_memory();

/// Bytes that this process has in memory now (VmRSS of /proc/self/status); 0 where that cannot be read.
double resident_memory();

} // namespace weyl
