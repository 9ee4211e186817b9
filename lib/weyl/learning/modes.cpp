// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/modes.hpp"

#include <algorithm>
#include <cmath>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// Of (N − N̄)/λ^p over [½Λ, Λ].
struct Deviation {
  double mean = 0;
  double largest = 0; ///< of its absolute value
};

/// N is constant between levels: the mean by the middle of every step, the largest at its ends.
Deviation deviation(const Modes& modes, const WeylTail& law, double p) {
  const double top = modes.complete_up_to;
  Deviation result;
  double last = 0;
  double count = 0;
  const auto step = [&](double end) {
    const double low = std::max(last, top / 2);
    if (end > low) {
      const auto at = [&](double lambda) { return (count - law.count(lambda)) / std::pow(lambda, p); };
      result.mean += (end - low) / (top / 2) * at((low + end) / 2);
      result.largest = std::max({result.largest, std::abs(at(low)), std::abs(at(end))});
    }
  };
  for (const ModeLevel& level : modes.levels) {
    step(std::min(level.lambda, top));
    last = level.lambda;
    count += level.multiplicity;
  }
  step(top);
  return result;
}

/// The last λ ≤ Λ at which N̄ lies between N before λ and N from λ on, or where N̄ crosses a step; Λ if there is none.
double last_crossing(const Modes& modes, const WeylTail& law) {
  double end = modes.complete_up_to;
  double count = 0;
  for (const ModeLevel& level : modes.levels) {
    count += level.multiplicity;
  }
  for (std::size_t k = modes.levels.size(); k-- > 0;) {
    const ModeLevel& level = modes.levels[k];
    double low = level.lambda;
    if (law.count(low) <= count && count <= law.count(end)) { // N̄ ascends through the step [λ_k, end)
      for (int i = 0; i < 60; ++i) {
        const double middle = (low + end) / 2;
        (law.count(middle) < count ? low : end) = middle;
      }
      return end;
    }
    count -= level.multiplicity;
    if (count <= law.count(level.lambda) && law.count(level.lambda) <= count + level.multiplicity) {
      return level.lambda;
    }
    end = level.lambda;
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

Modes modes(const ModelSpace& space, std::int64_t count) {
  constexpr std::size_t many_levels = 200;
  constexpr std::size_t few_levels = 20;
  Modes result{.levels = {}, .complete_up_to = 0, .geometry = geometry(space)};
  LevelStream stream(space);
  double found = 0;
  try {
    while (found < static_cast<double>(count) || result.levels.size() < many_levels) {
      const Level next = stream.next();
      found += next.multiplicity.convert_to<double>();
      result.levels.push_back({next.value.approximate(), next.multiplicity.convert_to<double>()});
    }
  } catch (const NumericalError&) { // more would take too long
    if (result.levels.size() < few_levels) {
      throw;
    }
  }
  result.complete_up_to = result.levels.back().lambda;
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
  law.constant = deviation(modes, law, law.exponent).mean;
  const double growth = (modes.geometry.dimension - 1) / 2.0;
  const double scatter = deviation(modes, law, growth).largest;
  law.start = last_crossing(modes, law);
  law.remainder = scatter * std::pow(law.start, growth);
  return law;
}

} // namespace weyl
