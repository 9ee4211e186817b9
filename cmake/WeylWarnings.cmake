# Warnings that every target of ours is compiled with; errors under WEYL_WERROR (presets and CI).
add_library(weyl_warnings INTERFACE)
target_compile_options(weyl_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wcast-align -Woverloaded-virtual
  -Wnull-dereference -Wimplicit-fallthrough $<$<BOOL:${WEYL_WERROR}>:-Werror>)
