// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/eigenpairs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <vector>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include "weyl/core/blas.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/memory.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/core/stop.hpp"
#include "weyl/eigen/checkpoint.hpp"
#include "weyl/eigen/joints.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/lowest.hpp"
#include "weyl/eigen/slice.hpp"
#include "weyl/eigen/slicing.hpp"

namespace weyl {

namespace {

/// The counts at the two ends of an interval; empty if a number of pairs is asked for.
using Ends = std::vector<EigenvalueCount>;

/// How many of `total` pairs were asked for.
std::int64_t wanted_pairs(const EigenOptions& options, const Ends& ends, std::int64_t total) {
  return ends.empty() ? std::min(options.count, total) : ends[1].count - ends[0].below;
}

/// Room for all of `total` pairs, of which the first is number `first` of the pencil, and for the vectors that are
/// asked for.
Pairs room(const EigenvalueCounter& counter, const EigenOptions& options, const Ends& ends, std::int64_t first,
           std::int64_t total) {
  const std::int64_t wanted = wanted_pairs(options, ends, total);
  return {.values = Eigen::VectorXd(total),
          .residuals = Eigen::VectorXd(total),
          .vectors = VectorStore(counter.pencil().size(), options.vectors ? wanted : 0, options.vector_file),
          .first = ends.empty() || total == 0 ? 0 : ends[0].below - first,
          .wanted = wanted};
}

Pairs all_pairs_dense(const EigenvalueCounter& counter, const EigenOptions& options, const Ends& ends) {
  const Pencil& pencil = counter.pencil();
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> dense(Eigen::MatrixXd(pencil.stiffness),
                                                                        Eigen::MatrixXd(pencil.mass));
  if (dense.info() != Eigen::Success) {
    throw NumericalError(fmt::format("the dense eigensolver did not converge on a pencil of order {}", pencil.size()));
  }
  Pairs found = room(counter, options, ends, 0, pencil.size());
  found.values = dense.eigenvalues();
  found.residuals = relative_residuals(pencil, spectral_scale(pencil), found.values, dense.eigenvectors());
  found.vectors.put(-found.first, dense.eigenvectors());
  return found;
}

/// Whether AMD may do, which is eight times as fast as METIS and leaves factors of a surface that are up to a third
/// larger, which some ten factorizations do not pay back. In three dimensions METIS saves much more.
bool may_order_by_amd(const Pencil& pencil, const EigenOptions& options) {
  const bool sparse = pencil.stiffness.nonZeros() < 9 * pencil.size(); // a surface has 7 a row
  return sparse && !options.interval && options.count <= 200;
}

/// Whether AMD was good enough: METIS takes 5 µs an unknown and leaves 55·n^(3/2) operations or fewer on a surface, and
/// a computation has about five factorizations or counts. AMD does it in 28·n^(3/2) to 105·n^(3/2).
bool amd_will_do(const Analysis& amd) {
  const double n = amd.size;
  constexpr double operations_a_second = 4e10;
  return 5 * (amd.flops - 55 * n * std::sqrt(n)) / operations_a_second < 5e-6 * n;
}

// A slice of c pairs takes, while it is solved, about 5·c vectors of a Krylov space, the pairs among them, and some
// more.
constexpr double vectors_a_pair = 5;
constexpr double more_vectors = 10 * Block::widest;

constexpr std::int64_t few_pairs = 128;

/// Whether all threads work on one slice at a time: where pairs are few, more slices would take more memory. Threads do
/// not pay where a factorization takes milliseconds; without them vectors repeat on any number of them.
bool shares_slices(const Analysis& analysis, std::int64_t wanted) {
  return wanted <= few_pairs && analysis.flops >= 1e8;
}

/// Eigenvalues a slice for which factorization and orthogonalization cost about the same: a factorization and two
/// counts a slice against 10·n·c operations a pair for a slice of c (the Krylov space has about 2c vectors). Few pairs
/// are one slice; more are enough slices for all threads. None is so large that its Krylov space nears the whole space.
/// Where slices have all threads, memory that a process takes for the first time counts, too: some 70 operations a
/// byte; half a GiB is little enough for one slice.
std::int64_t slice_size(const Analysis& analysis, std::int64_t wanted, int threads) {
  const double n = analysis.size;
  const auto balanced = [&](double operations) { // of a pair, by c
    constexpr double least = 48;
    return std::clamp(std::sqrt(2 * analysis.flops / operations), least, std::max(least, n / 16));
  };
  if (shares_slices(analysis, wanted)) {
    constexpr double one_slice = 1 << 29;               // bytes
    const double bytes_a_pair = 8 * n * vectors_a_pair; // of one slice, taken once for all
    const auto pairs = static_cast<double>(wanted);
    const double size = 1.4 * balanced(10 * n + 70 * bytes_a_pair / pairs);
    const double slices = bytes_a_pair * pairs <= one_slice ? 1 : std::ceil(pairs / size);
    return std::max<std::int64_t>(16, static_cast<std::int64_t>(std::ceil(pairs / slices)));
  }
  const auto size = static_cast<std::int64_t>(balanced(10 * n));
  if (wanted <= std::min(few_pairs, 7 * size / 5)) {
    return std::max<std::int64_t>(16, wanted);
  }
  return std::min(size, (wanted + threads - 1) / threads);
}

/// Bytes that one slice takes whatever its size.
double least_bytes(const Analysis& analysis) { return analysis.bytes() + blas::buffer_bytes; }

/// Bytes that one slice of c pairs takes: the factor and the vectors.
double slice_bytes(const Analysis& analysis, std::int64_t c) {
  return least_bytes(analysis) + 8.0 * analysis.size * (vectors_a_pair * static_cast<double>(c) + more_vectors);
}

/// The pairs of a slice that takes so many bytes at most; the cuts may leave 1.4 times as many as were aimed at.
std::int64_t pairs_that_fit(const Analysis& analysis, double bytes) {
  const double vectors = (bytes - least_bytes(analysis)) / (8.0 * analysis.size);
  return static_cast<std::int64_t>(std::max(0.0, (vectors - more_vectors) / vectors_a_pair / 1.4));
}

/// As many slices at a time, `most` of them, as there are slices and memory for: `available` bytes, beside which `kept`
/// vectors need some.
/// \throws NumericalError if there is not enough for one.
void plan_memory(const Analysis& analysis, const std::vector<Slice>& slices, Eigen::Index kept, int most,
                 double available, EigenPlan& plan) {
  std::int64_t largest = 0;
  for (const Slice& slice : slices) {
    largest = std::max(largest, slice.count);
  }
  const double vectors = 8.0 * analysis.size * static_cast<double>(kept);
  const double each = slice_bytes(analysis, largest);
  const auto fitting = static_cast<std::int64_t>(std::floor((available - vectors) / each));
  if (fitting < 1 && !slices.empty()) {
    constexpr double gibibyte = 1 << 30;
    throw NumericalError(fmt::format(
        "{:.3g} GiB of memory are needed ({:.3g} for {} eigenvectors of {} values, {:.3g} to solve "
        "{} at a time), but only {:.3g} may be taken: {}",
        (vectors + each) / gibibyte, vectors / gibibyte, kept, analysis.size, each / gibibyte, largest,
        available / gibibyte,
        kept > 0 ? "ask for fewer, for eigenvalues only, or for vectors in a .npy file" : "use a coarser mesh"));
  }
  plan.slices = static_cast<std::int64_t>(slices.size());
  plan.concurrent = static_cast<int>(std::min<std::int64_t>({fitting, plan.slices, most}));
  plan.memory = vectors + plan.concurrent * each;
}

/// The vectors of a slice as columns, in the numbering of the pencil.
Eigen::MatrixXd columns_of(const std::vector<Block>& blocks, Eigen::Index count, const std::vector<int>& permutation,
                           int threads) {
  Eigen::MatrixXd vectors(static_cast<Eigen::Index>(permutation.size()), count);
  parallel_ranges(permutation.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (Eigen::Index first = 0; first < vectors.cols(); first += Block::widest) {
      const Block& block = blocks[static_cast<std::size_t>(first / Block::widest)];
      const Eigen::Index some = std::min<Eigen::Index>(Block::widest, vectors.cols() - first);
      for (std::size_t k = begin; k < end; ++k) {
        const double* row = block.row(static_cast<Eigen::Index>(k));
        for (Eigen::Index j = 0; j < some; ++j) {
          vectors(permutation[k], first + j) = row[j];
        }
      }
    }
  });
  return vectors;
}

/// Eigenvalues a slice: what suits the cost, or fewer, which fit into `memory`.
std::int64_t fitting_slice_size(const Analysis& analysis, const EigenOptions& options, std::int64_t wanted, int threads,
                                double memory) {
  return options.slice > 0 ? options.slice
                           : std::min(slice_size(analysis, wanted, threads),
                                      std::max<std::int64_t>(16, pairs_that_fit(analysis, memory)));
}

SliceOptions slice_options(const EigenOptions& options, std::int64_t count, std::size_t number, int threads) {
  constexpr std::int64_t narrow_up_to = 128; // pairs for which blocks of 8 were as fast as 16, in less memory
  return {.block = options.block > 0       ? options.block
                   : count <= narrow_up_to ? 8
                                           : 16,
          .tolerance = options.tolerance,
          .seed = options.seed + 1000 * static_cast<unsigned>(number),
          .threads = threads,
          .stop = options.stop};
}

SolvedSlice in_pencil_order(SlicePairs pairs, const SliceProblem& problem, const EigenOptions& options, int threads) {
  SolvedSlice solved{.values = std::move(pairs.values),
                     .residuals = std::move(pairs.residuals),
                     .vectors = Eigen::MatrixXd(problem.pencil.size(), 0),
                     .solves = pairs.solves,
                     .recovered = pairs.recovered};
  if (options.vectors) {
    solved.vectors = columns_of(pairs.vectors, solved.values.size(), problem.analysis->permutation, threads);
  }
  return solved;
}

/// The pairs that were asked for and perhaps more, ascending; `result` learns where they come from.
Pairs by_slices(const EigenvalueCounter& counter, const EigenOptions& options, const Ends& ends, Eigenpairs& result) {
  const SliceProblem problem(counter);
  const int threads = thread_count(options.threads);
  std::optional<Checkpoint> checkpoint;
  if (!options.checkpoint.empty()) {
    const std::int64_t below = ends.empty() ? 0 : ends[0].below;
    checkpoint.emplace(options.checkpoint, counter.pencil(), options,
                       std::array{below, below + wanted_pairs(options, ends, counter.pencil().size())});
  }
  const double available = options.memory > 0 ? options.memory : 0.9 * available_memory();
  const auto kept = [&](std::int64_t total) {
    return options.vectors && options.vector_file.path.empty() ? wanted_pairs(options, ends, total) : 0;
  };
  const std::int64_t wanted = wanted_pairs(options, ends, counter.pencil().size());
  const double room_for_slices = available - 8.0 * static_cast<double>(counter.pencil().size() * kept(wanted));
  const std::int64_t size = fitting_slice_size(*problem.analysis, options, wanted, threads, room_for_slices);
  const bool shared = shares_slices(*problem.analysis, wanted);
  const bool begun = checkpoint && checkpoint->slices();
  std::vector<Slice> slices;
  std::optional<SolvedSlice> lowest;
  if (!options.interval && !checkpoint && options.slice == 0 && wanted <= size) {
    plan_memory(*problem.analysis, {{0, 0, 0, wanted}}, kept(wanted), 1, available, result.plan);
    const int inside = shared ? threads : 1;
    if (auto solved = solve_lowest(problem, counter, wanted, slice_options(options, wanted, 0, inside))) {
      slices = {solved->slice};
      lowest = in_pencil_order(std::move(solved->pairs), problem, options, threads);
    }
  }
  if (begun) {
    slices = *checkpoint->slices();
  } else if (options.interval) {
    slices = slices_for_interval(counter, (*options.interval)[0], (*options.interval)[1], size);
  } else if (!lowest) {
    slices = slices_for_count(counter, wanted, size);
  }
  if (checkpoint && !begun) {
    checkpoint->begin(slices);
  }
  const std::int64_t first = slices.empty() ? 0 : slices.front().first;
  const std::int64_t total = slices.empty() ? 0 : slices.back().first + slices.back().count - first;
  plan_memory(*problem.analysis, slices, kept(total), shared ? 1 : threads, available, result.plan);
  result.plan.kernels = Ldlt::instruction_set();
  const int within = std::max(1, threads / std::max(1, result.plan.concurrent));

  Pairs found = room(counter, options, ends, first, total);
  std::mutex guard;
  EigenProgress progress{.expected = total};
  parallel_tasks(slices.size(), result.plan.concurrent, [&](std::size_t i) {
    const Slice& slice = slices[i];
    std::optional<SolvedSlice> solved = checkpoint ? checkpoint->load(i, slice) : std::move(lowest);
    const bool resumed = checkpoint && solved;
    if (!solved) {
      check(options.stop);
      solved = in_pencil_order(solve_slice(problem, slice, slice_options(options, slice.count, i, within)), problem,
                               options, within);
      if (checkpoint) {
        checkpoint->save(i, *solved);
      }
    }
    const Eigen::Index start = slice.first - first;
    found.vectors.put(start - found.first, solved->vectors);
    const std::scoped_lock lock(guard);
    found.values.segment(start, slice.count) = solved->values;
    found.residuals.segment(start, slice.count) = solved->residuals;
    result.solves += solved->solves;
    result.recovered += solved->recovered;
    result.plan.resumed += resumed ? 1 : 0;
    progress.found += slice.count;
    progress.loaded += resumed ? slice.count : 0;
    if (options.progress) {
      options.progress(progress);
    }
  });
  std::vector<Eigen::Index> cuts(slices.size());
  std::ranges::transform(slices, cuts.begin(), [&](const Slice& slice) { return slice.first - first; });
  result.overlap = join_slices(counter.pencil(), problem.scale, cuts, found);
  return found;
}

/// The pairs in [a, b], rounding included, must be those that inertia says.
void check_ends(const Pairs& found, const EigenvalueCounter& counter, const Ends& ends) {
  const double low = ends[0].lambda - counter.rounding(ends[0].lambda);
  const double high = ends[1].lambda + counter.rounding(ends[1].lambda);
  const auto begin = std::ranges::lower_bound(found.values, low) - found.values.begin();
  const auto end = std::ranges::upper_bound(found.values, high) - found.values.begin();
  if (end - begin != found.wanted || (found.wanted > 0 && begin != found.first)) {
    throw NumericalError("an end of the interval lies so close to an eigenvalue that rounding decides whether it is "
                         "inside; move it a little");
  }
}

/// How many eigenvalues beyond the first `kept` belong to the same multiplet as the last of these.
std::int64_t cut_off(const Eigen::VectorXd& values, Eigen::Index kept, double tolerance, double scale,
                     const EigenvalueCounter& counter, const Eigenpairs& result) {
  const double last = values[kept - 1];
  const double same = last + tolerance * std::max(std::abs(last), scale);
  const auto seen = std::ranges::count_if(values, [&](double value) { return value <= same; });
  const bool seen_all = seen < values.size() || values.size() == counter.pencil().size();
  return (seen_all ? seen : counter.at(same).count - result.first) - kept;
}

} // namespace

Eigenpairs eigenpairs(const Pencil& pencil, const EigenOptions& options) {
  const auto counter = [&](Ordering ordering) {
    return EigenvalueCounter(pencil, {.threads = options.threads, .ordering = ordering, .stop = options.stop});
  };
  if (may_order_by_amd(pencil, options)) {
    if (const EigenvalueCounter amd = counter(Ordering::amd); amd_will_do(*amd.shared_analysis())) {
      return eigenpairs(amd, options);
    }
  }
  return eigenpairs(counter(Ordering::automatic), options);
}

Eigenpairs eigenpairs(const EigenvalueCounter& counter, const EigenOptions& options) {
  const Pencil& pencil = counter.pencil();
  const auto& interval = options.interval;
  if (!interval && options.count < 1) {
    throw InputError("eigenpairs", "the number of eigenpairs must be at least 1");
  }
  if (interval &&
      !(std::isfinite((*interval)[0]) && std::isfinite((*interval)[1]) && (*interval)[0] <= (*interval)[1])) {
    throw InputError("eigenpairs", "the interval must be finite, its lower end first");
  }
  const Ends ends = interval ? counter.at(*interval) : Ends{};
  Eigenpairs result;
  constexpr Eigen::Index dense_up_to = 400;
  result.plan.dense = pencil.size() <= dense_up_to;
  Pairs found = result.plan.dense ? all_pairs_dense(counter, options, ends) : by_slices(counter, options, ends, result);
  if (interval) {
    check_ends(found, counter, ends);
    result.first = ends[0].below;
  }
  result.values = found.values.segment(found.first, found.wanted);
  result.residuals = found.residuals.segment(found.first, found.wanted);
  if (found.wanted > 0) {
    result.cut = cut_off(found.values.tail(found.values.size() - found.first), found.wanted,
                         options.multiplet_tolerance, spectral_scale(pencil), counter, result);
    if (!(result.residuals.maxCoeff() <= options.tolerance)) {
      throw NumericalError(fmt::format("the largest relative residual is {:.1e}, above the tolerance {:.1e}",
                                       result.residuals.maxCoeff(), options.tolerance));
    }
  }
  result.vectors = found.vectors.finish();
  return result;
}

} // namespace weyl
