// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Generators in JSON files (internal).

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "weyl/model/value.hpp"

namespace weyl::model {

/// \throws InputError with the place in the file.
nlohmann::json read_json(const std::string& path);

/// The list under the key `generators`, or the document itself if it is a list; not empty.
nlohmann::json generators(const nlohmann::json& document, const std::string& path);

/// A number, or text such as "sqrt(3)/2"; JSON numbers are taken by their shortest decimal form.
Number number(const nlohmann::json& entry, const std::string& path);

/// A matrix as a list of rows of one length, at most 64 each way.
std::vector<std::vector<Number>> numbers(const nlohmann::json& matrix, const std::string& path);

} // namespace weyl::model
