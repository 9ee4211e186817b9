// SPDX-License-Identifier: GPL-3.0-or-later
// run_weyl PENCIL K VALUES: the K smallest eigenpairs by weyl::eigenpairs with its defaults.

#include <stdexcept>
#include <string>

#include "measure.hpp"
#include "pencil_file.hpp"
#include "weyl/weyl.hpp"

namespace {

void run(const std::string& path, std::int64_t count, const std::string& values) {
  const peers::PencilFile file = peers::read_pencil(path);
  const weyl::Pencil pencil{view(file, file.stiffness), view(file, file.mass), file.dimension};

  const peers::Stopwatch watch;
  const weyl::Eigenpairs pairs = weyl::eigenpairs(pencil, {.count = count});
  const double seconds = watch.seconds();
  const double memory = peers::peak_memory();

  peers::write_values(values, pairs.values);
  peers::print({{"solver", "weyl"},
                {"version", weyl::version()},
                {"n", file.size()},
                {"k", pairs.values.size()},
                {"scale", peers::spectral_scale(file)},
                {"seconds", seconds},
                {"memory", memory},
                {"residual", peers::largest_residual(file, pairs.values, pairs.vectors)},
                {"blas", peers::mapped_blas()}});
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 4) {
      throw std::runtime_error("usage: run_weyl PENCIL K VALUES");
    }
    run(argv[1], std::stoll(argv[2]), argv[3]);
  });
}
