// SPDX-License-Identifier: GPL-3.0-or-later
// solve_weyl PENCIL THREADS: one solve with L D Lᵀ for 16 right-hand sides, and how much of L it has to read.

#include <stdexcept>
#include <string>

#include "measure.hpp"
#include "pencil_file.hpp"
#include "weyl/weyl.hpp"

namespace {

void run(const std::string& path, int threads) {
  const peers::PencilFile file = peers::read_pencil(path);
  const weyl::Pencil pencil{view(file, file.stiffness), view(file, file.mass), file.dimension};
  const double sigma = -weyl::spectral_scale(pencil);
  const weyl::SparseMatrix matrix = weyl::shifted(pencil, sigma);
  const auto analysis = std::make_shared<weyl::Analysis>(weyl::analyse(matrix, weyl::Ordering::metis));
  const weyl::Ldlt factor(analysis, matrix, threads);
  weyl::Block x(pencil.size(), weyl::Block::widest);
  x.matrix().setOnes();
  const double seconds = peers::best_of(9, [&] { factor.solve(x); });
  peers::print({{"solver", "weyl"},
                {"version", weyl::version()},
                {"n", file.size()},
                {"threads", threads},
                {"width", x.width()},
                {"bytes", 8.0 * static_cast<double>(analysis->factor_size())},
                {"seconds", seconds}});
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 3) {
      throw std::runtime_error("usage: solve_weyl PENCIL THREADS");
    }
    run(argv[1], std::stoi(argv[2]));
  });
}
