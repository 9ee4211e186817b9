// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/learning/kernel.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {
namespace {

/// The numbers of "2,0.5". \throws InputError
std::vector<double> numbers(std::string_view list, const std::string& text) {
  std::vector<double> values;
  for (;;) {
    double value = 0;
    const auto [end, error] = std::from_chars(list.data(), list.data() + list.size(), value);
    const auto used = static_cast<std::size_t>(end - list.data());
    if (error != std::errc() || (used < list.size() && list[used] != ',')) {
      throw InputError(text, fmt::format("'{}' is not a number", list.substr(0, list.find(','))));
    }
    values.push_back(value);
    if (used == list.size()) {
      return values;
    }
    list.remove_prefix(used + 1);
  }
}

} // namespace

Kernel sobolev_kernel(double s, double length) {
  const std::string name = length == 1 ? fmt::format("sobolev:{}", s) : fmt::format("sobolev:{},{}", s, length);
  if (!(s > 0 && length > 0 && std::isfinite(s) && std::isfinite(length))) {
    throw InputError(name, "the smoothness and the length of a Sobolev kernel must be positive");
  }
  return {name, [s, length](double lambda) { return std::pow(1 + length * length * lambda, -s); }, s};
}

Kernel heat_kernel(double t) {
  const std::string name = fmt::format("heat:{}", t);
  if (!(t > 0 && std::isfinite(t))) {
    throw InputError(name, "the time of a heat kernel must be positive");
  }
  return {name, [t](double lambda) { return std::exp(-t * lambda); }, std::numeric_limits<double>::infinity()};
}

Kernel band_limited_kernel(double cutoff) {
  const std::string name = fmt::format("band:{}", cutoff);
  if (!(cutoff >= 0 && std::isfinite(cutoff))) {
    throw InputError(name, "the cut-off of a band-limited kernel must not be negative");
  }
  return {name, [cutoff](double lambda) { return lambda <= cutoff ? 1.0 : 0.0; },
          std::numeric_limits<double>::infinity()};
}

Kernel read_kernel(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string_view family = std::string_view(text).substr(0, colon);
  if (colon != std::string::npos) {
    const std::vector<double> values = numbers(std::string_view(text).substr(colon + 1), text);
    if (family == "sobolev" && values.size() <= 2) {
      return sobolev_kernel(values[0], values.size() == 2 ? values[1] : 1.0);
    }
    if (family == "heat" && values.size() == 1) {
      return heat_kernel(values[0]);
    }
    if (family == "band" && values.size() == 1) {
      return band_limited_kernel(values[0]);
    }
  }
  throw InputError(text, "not a kernel; use sobolev:S, sobolev:S,LENGTH, heat:T or band:CUTOFF");
}

} // namespace weyl
