// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Computations that somebody else may end.

#include <stop_token>

#include "weyl/core/error.hpp"

namespace weyl {

/// The computation ended because its `std::stop_token` was asked for that. Nothing is left of it.
class Stopped : public Error {
public:
  using Error::Error;
};

/// \throws Stopped if `stop` was requested. A default token never is.
inline void check(const std::stop_token& stop) {
  if (stop.stop_requested()) {
    throw Stopped("stopped on request");
  }
}

} // namespace weyl
