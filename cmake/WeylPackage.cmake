# `cpack -G DEB` in a build folder makes Debian packages: weyl (tools, manual pages, completion), libweyl-dev (static
# library, headers, CMake package) and, where it is built, python3-weyl. Their version is the project's.
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT tools)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT tools)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/weyl COMPONENT tools)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME weyl)
set(CPACK_PACKAGE_CONTACT "The weyl authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL tools dev)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME weyl)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION math)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_RECOMMENDS gnuplot-nox) # for --plot
set(CPACK_COMPONENT_TOOLS_DESCRIPTION "Laplace-Beltrami spectra, Weyl's law and what symmetry saves
 Tools that count and compute the modes of meshes, of spaces with a formula and of
 their quotients by symmetries, and predict what symmetry saves in learning.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libweyl-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libboost-dev, libeigen3-dev, libfmt-dev, libgmp-dev, libmpfr-dev, \
libmumps-seq-dev, libopenblas-dev, libpugixml-dev, libsuitesparse-dev, zlib1g-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION "Laplace-Beltrami spectra: headers, static library and CMake package
 find_package(weyl) gives the target weyl::weyl.")

if(WEYL_BUILD_PYTHON)
  find_package(Python3 REQUIRED COMPONENTS Interpreter) # the one that python/ has found
  list(APPEND CPACK_COMPONENTS_ALL python)
  math(EXPR next "${Python3_VERSION_MINOR} + 1")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-weyl)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3 (>= 3.${Python3_VERSION_MINOR}), python3 (<< 3.${next}~), \
python3-numpy, python3-scipy")
  set(CPACK_COMPONENT_PYTHON_DESCRIPTION "Laplace-Beltrami spectra: the Python module weyl
 NumPy arrays of vertices and cells in, eigenvalues, eigenvectors and symmetries out.")
endif()
include(CPack)
