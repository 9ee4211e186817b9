// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/modes.hpp"

#include <algorithm>
#include <cmath>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// N − N̄ is a function of λ that jumps at levels. Calls take(λ, N before λ, N from λ on) at each of them.
template <class Function>
void for_each_jump(const std::vector<ModeLevel>& levels, const Function& take) {
  double before = 0;
  for (const ModeLevel& level : levels) {
    take(level.lambda, before, before + level.multiplicity);
    before += level.multiplicity;
  }
}

struct Moments {
  double mean = 0;
  double square = 0; ///< mean square
};

/// Of (N − N̄)/λ^`power` over [½Λ, Λ], by the middle of every step.
Moments moments(const Modes& modes, const WeylTail& law, double power) {
  const double top = modes.complete_up_to;
  double length = 0;
  Moments sum;
  double last = 0;
  double count = 0;
  const auto step = [&](double end) {
    const double low = std::max(last, top / 2);
    if (end > low) {
      const double middle = (low + end) / 2;
      const double value = (count - law.count(middle)) / std::pow(middle, power);
      sum.mean += (end - low) * value;
      sum.square += (end - low) * value * value;
      length += end - low;
    }
  };
  for_each_jump(modes.levels, [&](double lambda, double, double after) {
    step(std::min(lambda, top));
    last = lambda;
    count = after;
  });
  step(top);
  return {sum.mean / length, sum.square / length};
}

/// The last λ ≤ Λ at which N̄ lies between N before λ and N from λ on, or where N̄ crosses a step; Λ if there is none.
double last_crossing(const Modes& modes, const WeylTail& law) {
  double end = modes.complete_up_to;
  double count = 0;
  for (const ModeLevel& level : modes.levels) {
    count += level.multiplicity;
  }
  for (auto level = modes.levels.rbegin(); level != modes.levels.rend(); ++level) {
    double low = level->lambda;
    if (law.count(low) <= count && count <= law.count(end)) { // N̄ ascends through the step [λ_k, end)
      for (int i = 0; i < 60; ++i) {
        const double middle = (low + end) / 2;
        (law.count(middle) < count ? low : end) = middle;
      }
      return end;
    }
    count -= level->multiplicity;
    if (count <= law.count(level->lambda) && law.count(level->lambda) <= count + level->multiplicity) {
      return level->lambda;
    }
    end = level->lambda;
  }
  return modes.complete_up_to;
}

} // namespace

Modes modes(const Spectrum& spectrum) {
  Modes result{.levels = {}, .complete_up_to = 0, .geometry = spectrum.geometry};
  const double scale = spectrum.eigenvalues.empty() ? 0 : spectrum.eigenvalues.back();
  for (const double lambda : spectrum.eigenvalues) {
    if (lambda > spectrum.trusted_up_to) {
      result.complete_up_to = spectrum.trusted_up_to;
      break;
    }
    const double shown = lambda > 1e-12 * scale ? lambda : 0.0; // rounding of the eigenvalue 0
    if (result.levels.empty() || shown > result.levels.back().lambda * (1 + 1e-7)) {
      result.levels.push_back({shown, 0});
    }
    result.levels.back().multiplicity += 1;
  }
  if (result.complete_up_to == 0 && !result.levels.empty()) { // the last level may go on beyond the list
    result.complete_up_to = result.levels.back().lambda;
    result.levels.pop_back();
  }
  if (result.levels.size() < 2) {
    throw InputError(spectrum.origin.empty() ? "the spectrum" : spectrum.origin,
                     "has fewer than two complete levels; compute more eigenvalues, or refine the mesh");
  }
  return result;
}

double WeylTail::count(double lambda) const {
  return weyl_count_two_term(geometry, lambda) + constant * std::pow(lambda, exponent);
}

double WeylTail::density(double lambda) const {
  const double d = geometry.dimension;
  return std::max(0.0, (d / 2 * weyl_count(geometry, lambda) + (d - 1) / 2 * weyl_boundary_term(geometry, lambda) +
                        exponent * constant * std::pow(lambda, exponent)) /
                           lambda);
}

double WeylTail::doubt(double lambda) const {
  return remainder * std::pow(lambda / start, (geometry.dimension - 1) / 2.0);
}

WeylTail weyl_tail(const Modes& modes) {
  if (!(modes.geometry.volume > 0)) {
    throw InputError("the space", "its volume is not known, and Weyl's law needs it beyond the known eigenvalues");
  }
  WeylTail law{.geometry = modes.geometry,
               .start = modes.complete_up_to,
               .constant = 0,
               .exponent = std::max(0.0, (modes.geometry.dimension - 2) / 2.0)};
  law.constant = moments(modes, law, law.exponent).mean;
  const double growth = (modes.geometry.dimension - 1) / 2.0;
  const double scatter = std::sqrt(moments(modes, law, growth).square);
  law.start = last_crossing(modes, law);
  law.remainder = scatter * std::pow(law.start, growth);
  return law;
}

} // namespace weyl
