# Warnings that every target of ours is compiled with; errors under WEYL_WERROR (presets and CI).
add_library(weyl_warnings INTERFACE)
target_compile_options(weyl_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wcast-align -Woverloaded-virtual
  -Wnull-dereference -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> # GCC 12 sees overlaps in std::string that are not there (GCC bug 105651)
  $<$<BOOL:${WEYL_WERROR}>:-Werror>)
