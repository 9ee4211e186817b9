# Installs BUILD, moves the installation elsewhere, then configures, builds and runs the project beside this file
# against it. Given: BUILD, SOURCE, WORK, and the compiler and flags that weyl was built with.
cmake_minimum_required(VERSION 3.25)

macro(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endmacro()

file(REMOVE_RECURSE "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/first")
file(RENAME "${WORK}/first" "${WORK}/moved elsewhere")

# Nothing installed may know where it was built or first installed.
file(GLOB package "${WORK}/moved elsewhere/lib*/cmake/weyl/*" "${WORK}/moved elsewhere/lib*/*/cmake/weyl/*")
if(NOT package)
  message(FATAL_ERROR "no CMake package was installed")
endif()
foreach(file IN LISTS package)
  file(READ "${file}" text)
  foreach(place "${BUILD}" "${SOURCE}" "${WORK}/first")
    string(FIND "${text}" "${place}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${place}")
    endif()
  endforeach()
endforeach()

run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${WORK}/build" -G "${GENERATOR}"
  "-DCMAKE_PREFIX_PATH=${WORK}/moved elsewhere" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}"
  "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}" "-DCMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}")
run("${CMAKE_COMMAND}" --build "${WORK}/build")
run("${WORK}/build/consumer")
run("${WORK}/moved elsewhere/bin/weyl-count" --version)
