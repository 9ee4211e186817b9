# The sequential MUMPS of Debian's libmumps-seq-dev: target MUMPS::MUMPS.
# (The MPI build carries the same symbols and cannot live in the same program.)
find_path(MUMPS_INCLUDE_DIR dmumps_c.h)

set(_mumps_libraries)
foreach(_name dmumps_seq mumps_common_seq mpiseq_seq pord_seq)
  find_library(MUMPS_${_name}_LIBRARY ${_name})
  mark_as_advanced(MUMPS_${_name}_LIBRARY)
  list(APPEND _mumps_libraries ${MUMPS_${_name}_LIBRARY})
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MUMPS REQUIRED_VARS
  MUMPS_dmumps_seq_LIBRARY MUMPS_mumps_common_seq_LIBRARY MUMPS_mpiseq_seq_LIBRARY MUMPS_INCLUDE_DIR)
mark_as_advanced(MUMPS_INCLUDE_DIR)
if(MUMPS_FOUND AND NOT TARGET MUMPS::MUMPS)
  add_library(MUMPS::MUMPS INTERFACE IMPORTED)
  set_target_properties(MUMPS::MUMPS PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${MUMPS_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${_mumps_libraries}")
endif()
