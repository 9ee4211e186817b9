// SPDX-License-Identifier: GPL-3.0-or-later
// make_pencil KIND SIZE FILE: the P1 pencil with consistent mass of a model mesh, for every solver to read.

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

#include "measure.hpp"
#include "weyl/weyl.hpp"

namespace {

template <class T>
void write_array(std::ofstream& file, const T* values, std::int64_t size) {
  file.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(size * sizeof(T)));
}

void run(const std::string& kind, double size, const std::string& path) {
  const weyl::Pencil pencil = weyl::laplacian(weyl::make_mesh(kind, size)).pencil;
  const weyl::SparseMatrix& k = pencil.stiffness;
  const weyl::SparseMatrix& m = pencil.mass;
  const std::int64_t sizes[] = {k.rows(), k.nonZeros(), pencil.dimension};
  if (m.nonZeros() != sizes[1] || !std::equal(k.innerIndexPtr(), k.innerIndexPtr() + sizes[1], m.innerIndexPtr())) {
    throw std::runtime_error("K and M differ in their pattern, which the file cannot say");
  }
  std::ofstream file(path, std::ios::binary);
  write_array(file, sizes, 3);
  write_array(file, k.outerIndexPtr(), sizes[0] + 1);
  write_array(file, k.innerIndexPtr(), sizes[1]);
  write_array(file, k.valuePtr(), sizes[1]);
  write_array(file, m.valuePtr(), sizes[1]);
  file.close();
  if (!file) {
    throw std::runtime_error(path + ": cannot be written");
  }
  peers::print({{"n", sizes[0]}, {"nnz", sizes[1]}});
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 4) {
      throw std::runtime_error("usage: make_pencil KIND SIZE FILE");
    }
    run(argv[1], std::stod(argv[2]), argv[3]);
  });
}
