// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-count` and `weyl-spectrum` say of a space whose spectrum is known exactly.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/report/figure.hpp"

namespace weyl {

/// N at one λ.
struct ExactCount {
  Value lambda; ///< 1/length²
  BigInt count; ///< #{k : λ_k ≤ λ}
  BigInt below; ///< #{k : λ_k < λ}
};

/// What `weyl-count` prints of an exact spectrum.
struct ModelCountReport {
  ModelSpace space;               ///< where it was counted
  std::vector<ExactCount> counts; ///< ascending in λ
  std::optional<WeylFit> fit;     ///< absent for fewer than six samples, or above dimension 12
  double seconds = 0;             ///< wall time
};

/// What `weyl-spectrum` prints of an exact spectrum.
struct ModelSpectrumReport {
  ModelSpace space;                       ///< whose spectrum it is
  std::vector<Level> levels;              ///< ascending; the last one may hold more than is wanted
  BigInt first = 0;                       ///< number of eigenvalues below the first of the list
  std::int64_t count = 0;                 ///< eigenvalues that are wanted: all of `levels` but the end of the last
  std::optional<Diagnosis> analysis = {}; ///< where it was asked for
  double seconds = 0;                     ///< wall time
};

/// Eigenvalues of the last multiplet that are beyond `count`.
BigInt cut(const ModelSpectrumReport& report);

/// Tables for a terminal; N takes the room it needs.
std::string text(const ModelCountReport& report);
/// For people.
std::string text(const ModelSpectrumReport& report);
/// Keys as in docs/json.md. Whole numbers above 2⁵³ are strings of digits.
std::string json(const ModelCountReport& report);
/// For programs; docs/json.md has the keys.
std::string json(const ModelSpectrumReport& report);
/// A header line and a line per λ, or per eigenvalue.
std::string csv(const ModelCountReport& report);
/// For tables.
std::string csv(const ModelSpectrumReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const ModelCountReport& report);
/// Of a list with all from λ = 0 on also remainder, heat trace and spacings.
std::vector<Figure> figures(const ModelSpectrumReport& report);
/// One self-contained page.
std::string html_page(const ModelCountReport& report, const std::string& command);
/// To look at; `command` made it.
std::string html_page(const ModelSpectrumReport& report, const std::string& command);

} // namespace weyl
