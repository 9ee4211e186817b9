// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file What `weyl-count` and `weyl-spectrum` say of a space whose spectrum is known exactly.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/report/figure.hpp"

namespace weyl {

/// N at one λ.
struct ExactCount {
  Value lambda;
  BigInt count; ///< #{k : λ_k ≤ λ}
  BigInt below; ///< #{k : λ_k < λ}
};

struct ModelCountReport {
  ModelSpace space;
  std::vector<ExactCount> counts;
  std::optional<WeylFit> fit; ///< absent for fewer than six samples, or above dimension 12
  double seconds = 0;
};

struct ModelSpectrumReport {
  ModelSpace space;
  std::vector<Level> levels; ///< ascending; the last one may hold more than is wanted
  BigInt first = 0;          ///< number of eigenvalues below the first of the list
  std::int64_t count = 0;    ///< eigenvalues that are wanted: all of `levels` but the end of the last
  double seconds = 0;
};

/// Eigenvalues of the last multiplet that are beyond `count`.
BigInt cut(const ModelSpectrumReport& report);

/// Tables for a terminal; N takes the room it needs.
std::string text(const ModelCountReport& report);
std::string text(const ModelSpectrumReport& report);
/// Keys as in docs/json.md. Whole numbers above 2⁵³ are strings of digits.
std::string json(const ModelCountReport& report);
std::string json(const ModelSpectrumReport& report);
/// A header line and a line per λ, or per eigenvalue.
std::string csv(const ModelCountReport& report);
std::string csv(const ModelSpectrumReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const ModelCountReport& report);
std::vector<Figure> figures(const ModelSpectrumReport& report);
/// One self-contained page.
std::string html_page(const ModelCountReport& report, const std::string& command);
std::string html_page(const ModelSpectrumReport& report, const std::string& command);

} // namespace weyl
