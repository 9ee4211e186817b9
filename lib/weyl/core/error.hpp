// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The family of exceptions that the library throws.

#include <stdexcept>
#include <string>

namespace weyl {

/// Base of every exception thrown on purpose by the library. `what()` is one line: place, reason, remedy.
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// The input cannot be used (a tool exits with status 3). `what()` reads "source:line: reason", or
/// "source: reason" where there is no line.
class InputError : public Error {
public:
  InputError(const std::string& source, const std::string& reason)
      : Error(source + ": " + reason) {} ///< `source`: file, option or function.
  /// \param line 1-based line of the text file.
  InputError(const std::string& source, long line, const std::string& reason)
      : Error(source + ":" + std::to_string(line) + ": " + reason) {}
};

/// A computation did not converge or ran out of resources (a tool exits with status 4). `what()` says what was tried.
class NumericalError : public Error {
public:
  using Error::Error;
};

} // namespace weyl
