// SPDX-License-Identifier: GPL-3.0-or-later
// build/release/bin/bench_stages [--benchmark_filter=REGEX]: what each stage costs, and how far it is from what the
// machine can do. The first number of a name is that of the vertices asked for; then threads, or vectors in a block.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <cblas.h>

#include "weyl/eigen/kernels.hpp"
#include "weyl/eigen/ordered_pencil.hpp"
#include "weyl/eigen/random.hpp"
#include "weyl/weyl.hpp"

extern "C" {                                // not in netlib's cblas.h
char* openblas_get_corename();              // NOLINT(readability-redundant-declaration)
void openblas_set_num_threads(int threads); // NOLINT(readability-redundant-declaration)
}

namespace {

using benchmark::Counter;
using benchmark::State;
using weyl::Block;

enum class Space { sphere, ball };

/// What benchmarks share: a space and the number of vertices asked for.
using Key = std::pair<Space, std::int64_t>;

/// Google Benchmark calls every function several times: what it starts from is made once.
template <class T>
T& kept(const Key& key) {
  static std::map<Key, T> made;
  return made.try_emplace(key, key).first->second;
}

weyl::Mesh make(const Key& key) {
  const auto vertices = static_cast<double>(key.second);
  return key.first == Space::sphere ? weyl::make_sphere(1, 4.2 / std::sqrt(vertices))
                                    : weyl::make_mesh("ball", 3.05 / std::cbrt(vertices));
}

struct Problem {
  explicit Problem(const Key& key) : mesh(make(key)), pencil(weyl::laplacian(mesh).pencil) {}

  weyl::Mesh mesh;
  weyl::Pencil pencil;
};

/// K − σM with a few hundred eigenvalues below σ, and its factorization.
struct Factored {
  explicit Factored(const Key& key)
      : pencil(kept<Problem>(key).pencil), shift(key.first == Space::sphere ? 500 : 200),
        matrix(weyl::shifted(pencil, shift)),
        analysis(std::make_shared<weyl::Analysis>(weyl::analyse(matrix, weyl::Ordering::metis))),
        ordered(weyl::reordered(pencil, *analysis)), lower(weyl::lower_part(pencil, *analysis)),
        factor(analysis, lower, shift) {}

  [[nodiscard]] double entries() const { return static_cast<double>(analysis->factor_size()); }

  const weyl::Pencil& pencil;
  double shift;
  weyl::SparseMatrix matrix;
  std::shared_ptr<const weyl::Analysis> analysis;
  weyl::Pencil ordered;
  weyl::LowerPencil lower;
  weyl::Ldlt factor;
};

/// Blocks of an orthogonalization, and the same columns as BLAS wants them.
struct Basis {
  static constexpr int blocks = 18;
  static constexpr int width = 16;

  explicit Basis(const Key& key) : w(weyl::random_block(kept<Problem>(key).pencil.size(), width, 1)) {
    q_columns.resize(w.rows(), blocks * width);
    for (int j = 0; j < blocks; ++j) {
      own.push_back(weyl::random_block(w.rows(), width, static_cast<unsigned>(2 + j)));
      q_columns.middleCols(j * width, width) = own.back().matrix();
    }
    for (const Block& block : own) {
      q.push_back(&block);
    }
    w_columns = w.matrix();
  }

  [[nodiscard]] double rows() const { return static_cast<double>(w.rows()); }
  [[nodiscard]] double flops() const { return 2 * rows() * blocks * width * width; }
  /// Bytes of `count` blocks.
  [[nodiscard]] double bytes(int count) const { return rows() * width * count * sizeof(double); }

  std::vector<Block> own;
  std::vector<const Block*> q;
  Block w;
  Eigen::MatrixXd q_columns;
  Eigen::MatrixXd w_columns;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Bytes per second that one thread reads from memory. Beyond any cache, and in huge pages as factors are.
double measure_read_bandwidth() {
  constexpr std::size_t size = std::size_t{1} << 26;
  weyl::Buffer array(size);
  std::fill_n(array.data(), size, 1.0);
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 5; ++run) {
    const auto start = std::chrono::steady_clock::now();
    double sums[16] = {}; // independent, so that additions do not wait for each other
    for (std::size_t i = 0; i < size; i += 16) {
      for (std::size_t j = 0; j < 16; ++j) {
        sums[j] += array.data()[i + j];
      }
    }
    benchmark::DoNotOptimize(sums);
    best = std::min(best, seconds_since(start));
  }
  return size * sizeof(double) / best;
}

double read_bandwidth() {
  static const double measured = measure_read_bandwidth();
  return measured;
}

/// Whether two ways to compute the same agree; if not, the benchmark ends with an error.
template <class A, class B>
bool agree(State& state, const Eigen::MatrixBase<A>& a, const Eigen::MatrixBase<B>& b, double tolerance) {
  const bool close = (a - b).norm() <= tolerance * b.norm();
  if (!close) {
    state.SkipWithError("two ways to compute the same disagree");
  }
  return close;
}

/// Seconds of one `body()`, after a `prepare()` that is not timed.
template <class Prepare, class Body>
double timed(State& state, const Prepare& prepare, const Body& body) {
  double total = 0;
  for (auto _ : state) {
    prepare();
    const auto start = std::chrono::steady_clock::now();
    body();
    const double seconds = seconds_since(start);
    state.SetIterationTime(seconds);
    total += seconds;
  }
  return total / static_cast<double>(state.iterations());
}

void report_rate(State& state, const char* name, double per_iteration) {
  state.counters[name] = Counter(per_iteration, Counter::kIsIterationInvariantRate);
}

Key sphere(const State& state) { return {Space::sphere, state.range(0)}; }

// Assembly and analysis.

void assembly(State& state) {
  const Problem& problem = kept<Problem>(sphere(state));
  const weyl::LaplacianOptions options{.threads = static_cast<int>(state.range(1))};
  const weyl::Laplacian made = weyl::laplacian(problem.mesh, options);
  const weyl::Laplacian serial = weyl::laplacian(problem.mesh, {.threads = 1});
  if ((made.pencil.stiffness - serial.pencil.stiffness).norm() > 1e-13 * serial.pencil.stiffness.norm()) {
    state.SkipWithError("the matrix depends on the number of threads");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(weyl::laplacian(problem.mesh, options));
  }
  report_rate(state, "cells", static_cast<double>(problem.mesh.cell_count()));
}

void analysis(State& state, weyl::Ordering ordering) {
  const weyl::SparseMatrix matrix = weyl::shifted(kept<Problem>(sphere(state)).pencil, 1.0);
  weyl::Analysis result;
  for (auto _ : state) {
    result = weyl::analyse(matrix, ordering);
  }
  state.counters["entries_of_L"] = static_cast<double>(result.factor_size());
  state.counters["flop"] = result.flops;
}

// Factorization and solves.

/// Negative pivots of the same matrix in another order.
std::int64_t inertia_by_amd(const weyl::SparseMatrix& matrix) {
  const auto other = std::make_shared<weyl::Analysis>(weyl::analyse(matrix, weyl::Ordering::amd));
  return weyl::Ldlt(other, matrix).negative_pivots();
}

void factorization(State& state, Space space) {
  auto& problem = kept<Factored>({space, state.range(0)});
  static std::map<Key, std::int64_t> inertia;
  const auto [known, is_new] = inertia.try_emplace({space, state.range(0)}, 0);
  if (is_new) {
    known->second = inertia_by_amd(problem.matrix);
  }
  for (auto _ : state) {
    problem.factor.factor(problem.lower, problem.shift);
  }
  if (problem.factor.negative_pivots() != known->second) {
    state.SkipWithError("the inertia depends on the ordering");
  }
  report_rate(state, "flop", problem.analysis->flops);
  state.counters["entries_of_L"] = problem.entries();
  state.counters["negative_pivots"] = static_cast<double>(problem.factor.negative_pivots());
}

/// `over_limit`: how many times longer than reading L twice from memory. Factors that fit into a cache may take less.
void report_solve(State& state, const Factored& problem, double seconds, int width) {
  const double limit = 2 * problem.entries() * sizeof(double) / read_bandwidth();
  state.counters["per_rhs"] = Counter(width, Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["over_limit"] = seconds / limit;
  report_rate(state, "flop", 4 * width * problem.entries());
}

void solve_vector(State& state, Space space) {
  const auto& problem = kept<Factored>({space, state.range(0)});
  const Eigen::VectorXd b = Eigen::VectorXd::Random(problem.matrix.rows());
  Eigen::VectorXd x = b;
  problem.factor.solve(x);
  if (!agree(state, problem.matrix * x, b, 1e-8)) {
    return;
  }
  const double seconds = timed(
      state, [&] { x = b; }, [&] { problem.factor.solve(x); });
  report_solve(state, problem, seconds, 1);
}

void solve_block(State& state, Space space) {
  const auto& problem = kept<Factored>({space, state.range(0)});
  const auto width = static_cast<int>(state.range(1));
  const Block b = weyl::random_block(problem.matrix.rows(), width, 1);
  Block x(b.rows(), width);
  x.matrix() = b.matrix();
  problem.factor.solve(x);

  const Eigen::Map<const Eigen::VectorXi> permutation(problem.analysis->permutation.data(), problem.analysis->size);
  Eigen::VectorXd alone(b.rows());
  alone(permutation) = b.matrix().col(0);
  problem.factor.solve(alone);
  if (!agree(state, weyl::shifted(problem.ordered, problem.shift) * x.matrix(), b.matrix(), 1e-8) ||
      !agree(state, x.matrix().col(0), alone(permutation), 1e-8)) {
    return;
  }
  const double seconds = timed(
      state, [&] { x.matrix() = b.matrix(); }, [&] { problem.factor.solve(x); });
  report_solve(state, problem, seconds, width);
}

// Products with blocks. Bytes are those that must be moved if caches keep the rest.

void sparse_product(State& state) {
  const weyl::SparseMatrix& mass = kept<Factored>(sphere(state)).ordered.mass;
  const Block x = weyl::random_block(mass.rows(), Basis::width, 1);
  if (!agree(state, weyl::product(mass, x, 1).matrix(), mass * x.matrix(), 1e-13)) {
    return;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(weyl::product(mass, x, 1));
  }
  const auto entries = static_cast<double>(mass.nonZeros());
  report_rate(state, "flop", 2 * entries * Basis::width);
  report_rate(state, "bytes",
              entries * (sizeof(double) + sizeof(int)) +
                  2.0 * static_cast<double>(mass.rows()) * Basis::width * sizeof(double));
}

Eigen::MatrixXd gram_by_eigen(const Basis& basis) { return basis.q_columns.transpose() * basis.w_columns; }

Eigen::MatrixXd gram_by_blas(const Basis& basis) {
  const auto rows = static_cast<int>(basis.w_columns.rows());
  const auto columns = static_cast<int>(basis.q_columns.cols());
  Eigen::MatrixXd c(columns, Basis::width);
  cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, columns, Basis::width, rows, 1, basis.q_columns.data(), rows,
              basis.w_columns.data(), rows, 0, c.data(), columns);
  return c;
}

weyl::RowMajor gram_by_kernels(const Basis& basis) { return weyl::gram(basis.q, basis.w, 1); }

/// The same product in three ways, each of which must agree with the next.
template <class Gram, class Other>
void gram(State& state, Gram gram_by, Other other_way) {
  const Basis& basis = kept<Basis>(sphere(state));
  if (!agree(state, gram_by(basis), other_way(basis), 1e-11)) {
    return;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(gram_by(basis));
  }
  report_rate(state, "flop", basis.flops());
  report_rate(state, "bytes", basis.bytes(Basis::blocks + 1));
}

void subtract_product(State& state) {
  const Basis& basis = kept<Basis>(sphere(state));
  const weyl::RowMajor c = weyl::RowMajor::Random(basis.q_columns.cols(), Basis::width);
  Block w(basis.w.rows(), Basis::width);
  w.matrix() = basis.w.matrix();
  weyl::subtract_product(w, basis.q, c, 1);
  if (!agree(state, w.matrix(), basis.w_columns - basis.q_columns * c, 1e-13)) {
    return;
  }
  for (auto _ : state) {
    weyl::subtract_product(w, basis.q, c, 1);
  }
  report_rate(state, "flop", basis.flops());
  report_rate(state, "bytes", basis.bytes(Basis::blocks + 2));
}

// Counting against solving.

constexpr double counted_to = 1040; ///< N(λ) is about λ on the unit sphere; this is between two multiplets

void count(State& state) {
  const weyl::EigenvalueCounter counter(kept<Problem>(sphere(state)).pencil, {.threads = 1});
  weyl::EigenvalueCount result;
  for (auto _ : state) {
    result = counter.at(counted_to);
  }
  state.counters["N"] = static_cast<double>(result.count);
}

/// `over_count`: how many times longer the eigenvalues take than their number. One more than counted is asked for, so
/// that N is seen from both sides.
void eigenvalues_counted(State& state) {
  const weyl::EigenvalueCounter counter(kept<Problem>(sphere(state)).pencil, {.threads = 1});
  const auto start = std::chrono::steady_clock::now();
  const std::int64_t n = counter.at(counted_to).count;
  const double seconds_of_count = seconds_since(start);
  weyl::Eigenpairs pairs;
  const double seconds = timed(
      state, [] {}, [&] { pairs = weyl::eigenpairs(counter, {.count = n + 1, .vectors = false, .threads = 1}); });
  if (pairs.values[n - 1] > counted_to || pairs.values[n] <= counted_to) {
    state.SkipWithError("eigenvalues and count disagree");
  }
  state.counters["N"] = static_cast<double>(n);
  state.counters["over_count"] = seconds / seconds_of_count;
}

const std::vector<std::int64_t> sphere_sizes = {10000, 40000, 160000};
constexpr std::int64_t ball_size = 20000;

template <class... Arguments>
auto* add(const std::string& name, Arguments&&... arguments) {
  return benchmark::RegisterBenchmark(name.c_str(), std::forward<Arguments>(arguments)...)
      ->Unit(benchmark::kMillisecond);
}

void add_matrix_stages() {
  add("assembly/threads", assembly)->ArgsProduct({sphere_sizes, {1, 2}})->UseRealTime();
  add("analysis/amd", analysis, weyl::Ordering::amd)->ArgsProduct({sphere_sizes})->UseRealTime();
  add("analysis/metis", analysis, weyl::Ordering::metis)->ArgsProduct({sphere_sizes})->UseRealTime();
  for (const auto& [name, space, sizes] :
       {std::tuple{"/sphere", Space::sphere, sphere_sizes}, std::tuple{"/ball", Space::ball, std::vector{ball_size}}}) {
    add(std::string("factorization") + name, factorization, space)->ArgsProduct({sizes})->UseRealTime();
    add(std::string("solve/vector") + name, solve_vector, space)->ArgsProduct({sizes})->UseManualTime();
    add(std::string("solve/block") + name, solve_block, space)->ArgsProduct({sizes, {8, 16}})->UseManualTime();
  }
}

void add_block_stages() {
  const auto add_gram = [](const std::string& name, auto way, auto other) {
    const auto run = [way, other](State& state) { gram(state, way, other); };
    add("gram/" + name, run)->ArgsProduct({sphere_sizes})->UseRealTime();
  };
  add("sparse_product", sparse_product)->ArgsProduct({sphere_sizes})->UseRealTime();
  add_gram("kernels", gram_by_kernels, gram_by_eigen);
  add_gram("eigen", gram_by_eigen, gram_by_blas);
  add_gram("openblas", gram_by_blas, gram_by_kernels);
  add("subtract_product", subtract_product)->ArgsProduct({sphere_sizes})->UseRealTime();
}

void add_counts() {
  add("count", count)->ArgsProduct({sphere_sizes})->UseRealTime();
  add("eigenvalues_counted", eigenvalues_counted)->Arg(sphere_sizes.front())->Iterations(1)->UseManualTime();
}

/// What the numbers depend on, at the head of the output. OPENBLAS_CORETYPE in the environment has OpenBLAS use the
/// kernels of a processor that it would not have recognized.
void describe_machine() {
  benchmark::AddCustomContext("kernels", weyl::kernels().name);
  benchmark::AddCustomContext("OpenBLAS core", openblas_get_corename());
  benchmark::AddCustomContext("Eigen", Eigen::SimdInstructionSetsInUse());
  benchmark::AddCustomContext("read bandwidth of one thread", std::to_string(1e-9 * read_bandwidth()) + " GB/s");
}

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    return 1;
  }
  openblas_set_num_threads(1);
  describe_machine();
  add_matrix_stages();
  add_block_stages();
  add_counts();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
