// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/session.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <thread>

#include "cluster/handles.hpp"
#include "weyl/core/error.hpp"

namespace weyl::cluster {

namespace {

/// What PETSc said of its last error: its handler is a C function and has no other place.
std::string& last_words() {
  static std::string words;
  return words;
}

PetscErrorCode remember(MPI_Comm /*comm*/, int /*line*/, const char* function, const char* /*file*/,
                        PetscErrorCode error, PetscErrorType type, const char* message, void* /*context*/) {
  if (type == PETSC_ERROR_INITIAL) {
    last_words() = std::string(function) + ": " + message;
  }
  return error;
}

enum Kind { fine, unusable, failed };

} // namespace

void check(PetscErrorCode error) {
  if (error != 0) {
    const std::string words = last_words().empty() ? "a library that it calls has failed" : last_words();
    throw NumericalError("PETSc, " + words + " (error " + std::to_string(static_cast<int>(error)) + ")");
  }
}

Session::Session(std::string program, std::vector<std::string> options) {
  std::vector<char*> arguments{program.data()};
  for (std::string& option : options) {
    arguments.push_back(option.data());
  }
  auto count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  char** begin = arguments.data();
  if (SlepcInitialize(&count, &begin, nullptr, nullptr) != 0) {
    std::exit(4); // MPI has said why
  }
  PetscPopSignalHandler();
  PetscPushErrorHandler(remember, nullptr);
  if (!is_root() &&
      (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)) {
    std::exit(4);
  }
  if (!is_root()) { // a time limit is process 0's to keep, and mpirun ends the others
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm, nullptr);
  }
}

Session::~Session() {
  PetscPopErrorHandler();
  SlepcFinalize();
}

void Session::abort(int status) {
  if (!is_root()) {
    std::this_thread::sleep_for(std::chrono::seconds(2));
  }
  std::fflush(nullptr);
  std::signal(SIGTERM, SIG_DFL);
  MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

bool is_root() {
  int rank = 0;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  return rank == 0;
}

int processes() {
  int size = 0;
  MPI_Comm_size(PETSC_COMM_WORLD, &size);
  return size;
}

void together(const std::function<void()>& work) {
  struct {
    int kind = fine;
    int rank = 0;
  } worst;
  std::string what;
  try {
    work();
  } catch (const InputError& e) {
    worst.kind = unusable;
    what = e.what();
  } catch (const std::bad_alloc&) {
    worst.kind = failed;
    what = "a process has run out of memory; use more machines, or a smaller mesh";
  } catch (const std::exception& e) {
    worst.kind = failed;
    what = e.what();
  }
  MPI_Comm_rank(PETSC_COMM_WORLD, &worst.rank);
  MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_2INT, MPI_MAXLOC, PETSC_COMM_WORLD);
  if (worst.kind == fine) {
    return;
  }
  auto length = static_cast<int>(what.size());
  MPI_Bcast(&length, 1, MPI_INT, worst.rank, PETSC_COMM_WORLD);
  what.resize(static_cast<std::size_t>(length));
  MPI_Bcast(what.data(), length, MPI_CHAR, worst.rank, PETSC_COMM_WORLD);
  if (worst.kind == failed) {
    throw NumericalError(what);
  }
  const std::size_t colon = what.find(": "); // as InputError put it there
  throw InputError(what.substr(0, colon), what.substr(colon + 2));
}

void on_root(const std::function<void()>& work) {
  together([&] {
    if (is_root()) {
      work();
    }
  });
}

std::vector<std::string> unused_options() {
  PetscInt count = 0;
  char** names = nullptr;
  char** values = nullptr;
  check(PetscOptionsLeftGet(nullptr, &count, &names, &values));
  std::vector<std::string> result(names, names + count);
  for (std::string& name : result) {
    name.insert(0, "-");
  }
  check(PetscOptionsLeftRestore(nullptr, &count, &names, &values));
  return result;
}

} // namespace weyl::cluster
