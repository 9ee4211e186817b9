// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The condition on the boundary of a space, which fem/ imposes and Weyl's law feels.

namespace weyl {

/// `neumann` is the natural condition (∂u/∂ν = 0); `dirichlet` is u = 0.
enum class Boundary { neumann, dirichlet };

} // namespace weyl
