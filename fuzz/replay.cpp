// SPDX-License-Identifier: GPL-3.0-or-later
// Every file of a corpus through its target, without libFuzzer: `replay CORPUS [TARGET...]`, CORPUS/TARGET/*.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "targets.hpp"
#include "weyl/core/file.hpp"

int main(int argc, char** argv) {
  try {
    std::vector<std::string> names(argv + (argc > 2 ? 2 : argc), argv + argc);
    if (names.empty()) {
      for (const weyl::fuzz::Target& target : weyl::fuzz::targets()) {
        names.emplace_back(target.name);
      }
    }
    for (const std::string& name : names) {
      const weyl::fuzz::Target& target = weyl::fuzz::target(name);
      int accepted = 0;
      int files = 0;
      for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(argv[1]) / name)) {
        std::printf("%s\r", entry.path().c_str()); // the last one that is shown is the one that crashes
        std::fflush(stdout);
        accepted += target.run(weyl::read_file(entry.path().string())) ? 1 : 0;
        ++files;
      }
      std::printf("%s: %d files, %d accepted\n", name.c_str(), files, accepted);
      if (accepted == 0) {
        std::printf("%s: error: a corpus needs files that are accepted\n", name.c_str());
        return 1;
      }
    }
  } catch (const std::exception& e) {
    std::printf("\nerror: %s\n", e.what());
    return 1;
  }
}
