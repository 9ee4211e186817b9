// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// MPI and PETSc from beginning to end: who speaks, and how failures end.

#include <functional>
#include <string>
#include <vector>

#include <mpi.h>

namespace weyl::cluster {

/// MPI, PETSc and SLEPc while it lives; one in a program. Process 0 alone speaks: what the others print goes nowhere.
class Session {
public:
  /// \param options  for PETSc, such as -eps_monitor
  Session(std::string program, std::vector<std::string> options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Ends every process with this status, although some may wait for others. Process 0 goes first, so that its line is
  /// the one that is read.
  [[noreturn]] static void abort(int status);
};

/// Whether this is process 0.
bool is_root();
/// Number of processes.
int processes();

/// Runs `work` on every process. If it throws on one, every process throws the same: an InputError, or a NumericalError
/// for anything else.
void together(const std::function<void()>& work);

/// The same for work of process 0 alone.
void on_root(const std::function<void()>& work);

/// PETSc options that nothing has read, such as mistyped ones.
std::vector<std::string> unused_options();

} // namespace weyl::cluster
