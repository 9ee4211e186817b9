// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file What the parts of the extension _weyl share: arrays without copies, pencils, computations with Ctrl-C.

#include <chrono>
#include <future>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "weyl/weyl.hpp"

namespace weyl::python {

namespace py = pybind11;

/// One part of the module each; classes that others take or return come first (module.cpp).
void bind_mesh(py::module_& m);
void bind_eigen(py::module_& m);
void bind_asymptotics(py::module_& m);
void bind_fem(py::module_& m);
void bind_symmetry(py::module_& m);
void bind_model(py::module_& m);
void bind_learning(py::module_& m);

/// f(stop) in a thread of its own, without the interpreter's lock. This thread looks for signals meanwhile: on Ctrl-C
/// it requests the stop, waits for the end of what runs, and throws KeyboardInterrupt.
template <class F>
auto interruptible(F&& f) {
  std::stop_source stop;
  const py::gil_scoped_release release;
  auto result = std::async(std::launch::async, std::forward<F>(f), stop.get_token());
  while (result.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0) {
      stop.request_stop();
      const py::error_already_set interrupt;
      {
        const py::gil_scoped_release wait;
        result.wait();
      }
      throw interrupt;
    }
  }
  return result.get();
}

/// An array over memory that belongs to `owner`, which the array keeps alive.
template <class T>
py::array_t<T> view(const T* data, std::vector<py::ssize_t> shape, const py::object& owner, bool writable = false) {
  py::array_t<T> result(std::move(shape), data, owner);
  if (!writable) {
    py::detail::array_proxy(result.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  }
  return result;
}

/// The same for a column-major matrix; writable.
inline py::array_t<double> view(const Eigen::MatrixXd& matrix, const py::object& owner) {
  constexpr py::ssize_t size = sizeof(double);
  return {{matrix.rows(), matrix.cols()}, {size, size * matrix.rows()}, matrix.data(), owner};
}

/// A value on the heap that arrays may share.
template <class T>
py::capsule owned(T* value) {
  return {value, [](void* p) { delete static_cast<T*>(p); }};
}

/// A vector as an array, moved.
template <class T>
py::array_t<T> array(std::vector<T> values) {
  auto* kept = new std::vector<T>(std::move(values));
  return view(kept->data(), {static_cast<py::ssize_t>(kept->size())}, owned(kept), true);
}

/// Square matrices of one size as an array (count, n, n); None if there are none.
py::object stack(const std::vector<Eigen::MatrixXd>& matrices);

/// "neumann" or "dirichlet". \throws InputError
Boundary read_boundary(const std::string& name);

/// `text` as the elements of a Python int, and back; of any size.
py::int_ python_int(const BigInt& value);

} // namespace weyl::python
