// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/spectrum/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/eigenpairs.hpp"

namespace weyl {

BlockCounter::BlockCounter(std::span<const SpectrumBlock> blocks, const CountOptions& options)
    : blocks_(blocks), counters_(blocks.size()), threads_(options.threads) {
  CountOptions of_block = options;
  of_block.threads = 1;
  parallel_tasks(blocks.size(), options.threads, [&](std::size_t b) {
    if (blocks_[b].pencil.size() > 0) {
      counters_[b] = std::make_unique<EigenvalueCounter>(blocks_[b].pencil, of_block);
    }
  });
}

std::vector<std::int64_t> BlockCounter::copies(double lambda) const {
  std::vector<std::int64_t> result(blocks_.size(), 0);
  parallel_tasks(blocks_.size(), threads_, [&](std::size_t b) {
    if (counters_[b]) {
      const std::int64_t count = counters_[b]->at(lambda).count;
      if (count % blocks_[b].copies != 0) {
        throw NumericalError("block " + std::to_string(b) + " has " + std::to_string(count) + " eigenvalues up to " +
                             std::to_string(lambda) + ", which should come in groups of " +
                             std::to_string(blocks_[b].copies) + "; try another lambda");
      }
      result[b] = count / blocks_[b].copies;
    }
  });
  return result;
}

std::int64_t BlockCounter::total(double lambda) const {
  const std::vector<std::int64_t> each = copies(lambda);
  std::int64_t sum = 0;
  for (std::size_t b = 0; b < each.size(); ++b) {
    sum += blocks_[b].dimension * each[b];
  }
  return sum;
}

namespace {

/// A λ with at least `count` eigenvalues of the whole up to it, and not many more where multiplicities allow.
double enough(const BlockCounter& counter, std::int64_t count, double start) {
  double low = 0;
  double high = 0; // 0: not known
  double lambda = start;
  for (int round = 0; round < 60; ++round) {
    const std::int64_t found = counter.total(lambda);
    if (found >= count && static_cast<double>(found) <= 1.05 * static_cast<double>(count) + 10) {
      return lambda;
    }
    (found < count ? low : high) = lambda;
    if (high > 0 && high - low < 1e-4 * high) {
      return high;
    }
    lambda = high > 0 ? (low + high) / 2 : 1.1 * lambda;
  }
  return high > 0 ? high : lambda;
}

} // namespace

BlockSpectrum spectrum_of_blocks(std::span<const SpectrumBlock> blocks, const BlockCounter& counter,
                                 const BlockOptions& options) {
  double all = 0;
  for (const SpectrumBlock& block : blocks) {
    all += static_cast<double>(block.pencil.size()) * block.dimension / block.copies;
  }
  const std::int64_t count = std::min(options.count, static_cast<std::int64_t>(std::llround(all)));
  BlockSpectrum result;
  result.up_to = enough(counter, count, options.start);
  const std::vector<std::int64_t> copies = counter.copies(result.up_to);
  result.eigenvalues.resize(blocks.size());
  // The most expensive first, so that threads end together.
  std::vector<std::size_t> order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, std::greater<>(), [&](std::size_t b) { return blocks[b].pencil.size() * copies[b]; });
  parallel_tasks(blocks.size(), options.threads, [&](std::size_t i) {
    const std::size_t b = order[i];
    if (copies[b] == 0) {
      return;
    }
    const int t = blocks[b].copies;
    const Eigenpairs pairs = eigenpairs(
        *counter.block(b),
        {.count = t * copies[b], .vectors = false, .seed = options.seed, .threads = 1, .stop = options.stop});
    for (std::int64_t k = 0; k < copies[b]; ++k) {
      result.eigenvalues[b].push_back(pairs.values.segment(k * t, t).mean());
    }
  });
  return result;
}

std::vector<double> merged(const BlockSpectrum& spectrum, std::span<const SpectrumBlock> blocks) {
  std::vector<double> all;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (const double lambda : spectrum.eigenvalues[b]) {
      all.insert(all.end(), static_cast<std::size_t>(blocks[b].dimension), lambda);
    }
  }
  std::ranges::sort(all);
  return all;
}

} // namespace weyl
