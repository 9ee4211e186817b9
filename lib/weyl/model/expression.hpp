// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The grammar of model spaces, read into a small tree.
///
///     space    = product [";neumann" | ";dirichlet"]
///     product  = quotient {"*" quotient}
///     quotient = power {"/" group}
///     power    = atom ["^" n]
///     atom     = name [":" number {"," number}] | "lattice:[[..],[..]]" | "file:" path | "(" space ")"
///     group    = a name such as antipodal, C5v, Oh, S, A, C, B, SO:k, 2I | a file ending in .json
///
/// A path ends before the first of * ^ ; ( ), so that file:a/b.off^3/S is a power modulo permutations.
///
/// A condition at the end is for every boundary of the space; in parentheses it is for what they hold.

#include <optional>
#include <string>
#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/model/value.hpp"

namespace weyl {

/// A node of the tree.
struct Expression {
  /// What stands at the root of the expression.
  enum class Kind { atom, product, power, quotient };
  Kind kind = Kind::atom;                     ///< of this node
  std::string name = {};                      ///< of the atom, or of the group of a quotient
  std::vector<Number> numbers = {};           ///< what follows the atom's name; k of SO:k
  std::vector<std::vector<Number>> rows = {}; ///< basis of a lattice, a vector a row
  std::string file = {};                      ///< of `polygon:FILE`, `file:PATH`, or of a quotient's group; else empty
  int exponent = 1;                           ///< of a power
  std::optional<Boundary> boundary = {};      ///< the condition asked for here
  std::vector<Expression> parts = {};         ///< factors; the one base of a power or a quotient
  std::size_t column = 1;                     ///< where it begins in the text, from 1 on
};

/// Reads a whole expression. Numbers of the wrong kind or number are refused here, so that the column can be named.
/// \throws InputError "sphere:x: column 8: expected … but found 'x'".
Expression parse_space(const std::string& text);

/// Does the text begin with the name of a model space (`sphere`, …), so that an error in it is one of grammar?
bool names_a_model_space(const std::string& text);

/// Has every atom a spectrum, exact or a file's? The others (`lshape`, `drum:gww1`, `ngon:N`, `polygon:FILE`,
/// `ellipsoid:a,b,c`, `revolution-torus:R,r`, `bolza`) must be meshed.
bool has_closed_form(const Expression& space);

/// Is an atom of it a file?
bool has_files(const Expression& space);

/// As in `parse_space`: for errors that only the builder of a spectrum can see.
/// \throws InputError always.
[[noreturn]] void refuse(const std::string& text, std::size_t column, const std::string& reason);

} // namespace weyl
