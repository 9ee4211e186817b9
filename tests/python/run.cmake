# Uses the module as its users do, from an empty folder: installed by CMake, then by pip. Given: BUILD, SOURCE, WORK, PYTHON.
cmake_minimum_required(VERSION 3.25)

macro(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endmacro()

set(session [[
import pathlib, sys, weyl
assert weyl.__file__.startswith(sys.argv[1]), weyl.__file__
assert not any(pathlib.Path().iterdir())
K, M = weyl.laplacian(weyl.make_mesh("icosphere", size=0.5), order=2)
evals, evecs = weyl.eigenpairs(K, M, k=4)
assert evecs.shape == (K.shape[0], 4) and abs(evals[1:] - 2).max() < 0.1, evals
]])

function(use folder)
  file(MAKE_DIRECTORY "${WORK}/empty")
  execute_process(COMMAND "${CMAKE_COMMAND}" -E env "PYTHONPATH=${folder}" PYTHONDONTWRITEBYTECODE=1
    "${PYTHON}" -c "${session}" "${folder}" WORKING_DIRECTORY "${WORK}/empty" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --component python --prefix "${WORK}/first")
file(RENAME "${WORK}/first" "${WORK}/moved elsewhere")
use("${WORK}/moved elsewhere/lib/python3/dist-packages")

# /usr/local is where Debian's Python looks for modules of its own version alone.
run("${CMAKE_COMMAND}" -E env "DESTDIR=${WORK}/staged" "${CMAKE_COMMAND}" --install "${BUILD}" --component python
  --prefix /usr/local)
file(GLOB local "${WORK}/staged/usr/local/lib/python3.*/dist-packages")
use("${local}")

# A copy, since setuptools writes beside its sources. WEYL_CMAKE_BUILD: without it pip compiles the library anew.
file(COPY "${SOURCE}/pyproject.toml" "${SOURCE}/setup.py" "${SOURCE}/CMakeLists.txt" "${SOURCE}/README.md" "${SOURCE}/python"
  DESTINATION "${WORK}/source")
run("${CMAKE_COMMAND}" -E env "WEYL_CMAKE_BUILD=${BUILD}" "${PYTHON}" -m pip install --quiet --no-index
  --no-build-isolation --no-deps --root-user-action=ignore --target "${WORK}/by pip" "${WORK}/source")
use("${WORK}/by pip")
