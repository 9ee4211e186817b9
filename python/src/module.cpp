// SPDX-License-Identifier: GPL-3.0-or-later
// The extension _weyl: C++ for the package `weyl`, whose functions check, document and wrap what is here.

#include "bindings.hpp"

namespace weyl::python {

namespace {

/// weyl.Error(Exception), weyl.InputError(Error, ValueError), weyl.NumericalError(Error, RuntimeError).
void bind_errors(py::module_& m) {
  const auto add = [&](const char* name, const char* doc, const py::object& bases) {
    const std::string full = std::string("weyl.") + name;
    PyObject* type = PyErr_NewExceptionWithDoc(full.c_str(), doc, bases.ptr(), nullptr);
    if (type == nullptr) {
      throw py::error_already_set();
    }
    m.attr(name) = py::reinterpret_steal<py::object>(type);
    return type; // the module keeps it
  };
  const auto builtin = [](PyObject* type) { return py::reinterpret_borrow<py::object>(type); };
  static PyObject* base = add("Error", "Base of all errors that weyl raises on purpose.", builtin(PyExc_Exception));
  static PyObject* input = add("InputError", "The input cannot be used; the message says where, why, what to do.",
                               py::make_tuple(builtin(base), builtin(PyExc_ValueError)));
  static PyObject* numerical = add("NumericalError", "A computation did not converge or ran out of resources.",
                                   py::make_tuple(builtin(base), builtin(PyExc_RuntimeError)));
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      std::rethrow_exception(std::move(thrown));
    } catch (const InputError& e) {
      PyErr_SetString(input, e.what());
    } catch (const NumericalError& e) {
      PyErr_SetString(numerical, e.what());
    } catch (const Error& e) {
      PyErr_SetString(base, e.what());
    }
  });
}

} // namespace

py::object stack(const std::vector<Eigen::MatrixXd>& matrices) {
  if (matrices.empty()) {
    return py::none();
  }
  const py::ssize_t n = matrices.front().rows();
  py::array_t<double> result({static_cast<py::ssize_t>(matrices.size()), n, n});
  auto entries = result.mutable_unchecked<3>();
  for (std::size_t g = 0; g < matrices.size(); ++g) {
    for (py::ssize_t i = 0; i < n; ++i) {
      for (py::ssize_t j = 0; j < n; ++j) {
        entries(static_cast<py::ssize_t>(g), i, j) = matrices[g](i, j);
      }
    }
  }
  return result;
}

Boundary read_boundary(const std::string& name) {
  if (name != "neumann" && name != "dirichlet") {
    throw InputError("boundary", "must be \"neumann\" or \"dirichlet\", not \"" + name + "\"");
  }
  return name == "neumann" ? Boundary::neumann : Boundary::dirichlet;
}

py::int_ python_int(const BigInt& value) {
  const std::string digits = BigInt(abs(value)).str(0, std::ios_base::hex); // as decimals Python limits their number
  PyObject* result = PyLong_FromString(((value < 0 ? "-" : "") + digits).c_str(), nullptr, 16);
  if (result == nullptr) {
    throw py::error_already_set();
  }
  return py::reinterpret_steal<py::int_>(result);
}

} // namespace weyl::python

PYBIND11_MODULE(_weyl, m) {
  using namespace weyl::python;
  py::options options;
  options.disable_function_signatures();
  m.attr("__version__") = weyl::version();
  bind_errors(m);
  bind_mesh(m);
  bind_eigen(m);
  bind_asymptotics(m);
  bind_fem(m);
  bind_symmetry(m);
  bind_model(m);
  bind_learning(m);
}
