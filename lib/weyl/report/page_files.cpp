// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/page_files.hpp"

// The assembler copies the files, found by the include path that CMake gives, between two labels each.
#define WEYL_EMBED(name, file)                                                                                         \
  asm(".pushsection .rodata\n"                                                                                         \
      ".hidden weyl_" #name "_begin\n.globl weyl_" #name "_begin\nweyl_" #name "_begin:\n"                             \
      ".incbin \"" file "\"\n"                                                                                         \
      ".hidden weyl_" #name "_end\n.globl weyl_" #name "_end\nweyl_" #name "_end:\n"                                   \
      ".popsection\n");                                                                                                \
  extern "C" {                                                                                                         \
  [[gnu::visibility("hidden")]] extern const char weyl_##name##_begin[];                                               \
  [[gnu::visibility("hidden")]] extern const char weyl_##name##_end[];                                                 \
  }

WEYL_EMBED(page_css, "page.css")
WEYL_EMBED(page_js, "page.js")
#ifdef WEYL_PLOTLY
WEYL_EMBED(plotly_js, "plotly-gl3d.min.js")
#endif

namespace weyl::html {

std::string_view style_sheet() { return {weyl_page_css_begin, weyl_page_css_end}; }

std::string_view script() { return {weyl_page_js_begin, weyl_page_js_end}; }

std::string_view plotly() {
#ifdef WEYL_PLOTLY
  return {weyl_plotly_js_begin, weyl_plotly_js_end};
#else
  return {};
#endif
}

} // namespace weyl::html
