// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for each instruction set: WEYL_ISA names it, WEYL_LANES is the number of doubles in a vector register,
// WEYL_REGISTERS how many of these there are (CMakeLists.txt). Nothing here may be inline in a header: the linker keeps
// one copy of such functions, of whatever instruction set.
#include "weyl/eigen/kernels.hpp"

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace weyl::WEYL_ISA {

namespace {

constexpr int lanes = WEYL_LANES;
constexpr long next_vector = lanes; ///< the same as an offset
using Vector [[gnu::vector_size(8 * WEYL_LANES)]] = double;
using Loose [[gnu::vector_size(8 * WEYL_LANES), gnu::aligned(8), gnu::may_alias]] = double;

inline Vector load(const double* p) { return *reinterpret_cast<const Loose*>(p); }
inline void store(double* p, Vector v) { *reinterpret_cast<Loose*>(p) = v; }

/// Which of a vector's places are meant: the first `count` ≤ lanes. Others are loaded as zeros and not stored.
#if defined(__AVX512F__)
using Mask = __mmask8;
inline Mask first(int count) { return static_cast<Mask>((1U << count) - 1); }
inline Vector load(const double* p, Mask some) { return _mm512_maskz_loadu_pd(some, p); }
inline void store(double* p, Vector v, Mask some) { _mm512_mask_storeu_pd(p, some, v); }
#elif defined(__AVX2__)
using Mask = __m256i;
inline Mask first(int count) { return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3)); }
inline Vector load(const double* p, Mask some) { return _mm256_maskload_pd(p, some); }
inline void store(double* p, Vector v, Mask some) { _mm256_maskstore_pd(p, some, v); }
#else
using Mask = int;
inline Mask first(int count) { return count; }
inline Vector load(const double* p, Mask some) {
  Vector v = {};
  for (int i = 0; i < some; ++i) {
    v[i] = p[i];
  }
  return v;
}
inline void store(double* p, Vector v, Mask some) {
  for (int i = 0; i < some; ++i) {
    p[i] = v[i];
  }
}
#endif

inline int smaller(int a, int b) { return a < b ? a : b; }
inline int larger(int a, int b) { return a > b ? a : b; }

// ---- Dense: C −= A diag(d) Bᵀ with packed operands (Goto & van de Geijn 2008) ----

constexpr int tile_vectors = WEYL_REGISTERS >= 32 ? 3 : 2; ///< registers of a tile's column
constexpr int tile_rows = tile_vectors * lanes;
constexpr int tile_columns = WEYL_REGISTERS >= 32 ? 8 : 4;
constexpr int depth = 128;        ///< columns of A and B multiplied at a time: a tile's rows of A stay in the L1 cache
constexpr int strip_columns = 96; ///< rows of B packed at a time; they stay in the L2 cache

/// The first `rows` × `columns` of c −= a b, or = −a b, from packed b and packed a; of a tile `packed` rows high the V
/// vectors from `a` on.
template <int V>
inline void multiply_tile(int k, const double* a, int packed, const double* b, double* c, int ldc, int rows,
                          int columns, bool overwrite) {
  Vector sum[tile_columns][V] = {};
  for (int p = 0; p < k; ++p) {
    Vector column[V];
#pragma GCC unroll 3
    for (int v = 0; v < V; ++v) {
      column[v] = load(a + long{packed} * p + v * next_vector);
    }
#pragma GCC unroll 8
    for (int j = 0; j < tile_columns; ++j) {
#pragma GCC unroll 3
      for (int v = 0; v < V; ++v) {
        sum[j][v] += column[v] * b[long{tile_columns} * p + j];
      }
    }
  }
  const int in_last = rows - (V - 1) * lanes;
#pragma GCC unroll 8
  for (int j = 0; j < tile_columns; ++j) {
    if (j == columns) {
      break;
    }
    double* target = c + static_cast<long>(j) * ldc;
#pragma GCC unroll 3
    for (int v = 0; v < V; ++v, target += lanes) {
      if (v < V - 1 || in_last == lanes) {
        store(target, overwrite ? -sum[j][v] : load(target) - sum[j][v]);
      } else {
        const Mask some = first(in_last);
        store(target, overwrite ? -sum[j][v] : load(target, some) - sum[j][v], some);
      }
    }
  }
}

/// out[p·width + i] = a(i, p)·scale[p] for i < count, 0 up to `width`, a whole number of vectors.
template <int Width>
inline void pack(const double* a, int lda, int count, int k, const double* scale, double* out) {
  for (int p = 0; p < k; ++p, a += lda, out += Width) {
    const double factor = scale != nullptr ? scale[p] : 1;
#pragma GCC unroll 4
    for (int i = 0; i < Width; i += lanes) {
      const Vector values = i + lanes <= count ? load(a + i) : load(a + i, first(larger(0, count - i)));
      store(out + i, values * factor);
    }
  }
}

/// body.operator()<N>() for N = number ≤ Most.
template <int Most, class Body>
inline void with_constant(int number, const Body& body) {
  if constexpr (Most > 1) {
    if (number < Most) {
      with_constant<Most - 1>(number, body);
      return;
    }
  }
  body.template operator()<Most>();
}

/// C (m × n) −= A (m × k) diag(d) B (n × k)ᵀ, or = − with `overwrite`, all column-major; only vectors that meet the
/// lower triangle.
void subtract_product(double* c, int ldc, const double* a, int lda, const double* b, int ldb, int m, int n, int k,
                      const double* d, bool overwrite) {
  alignas(64) double packed_a[depth * tile_rows];
  alignas(64) double packed_b[depth * strip_columns];
  for (int first_column = 0; first_column < n; first_column += strip_columns) {
    const int columns = smaller(strip_columns, n - first_column);
    for (int p = 0; p < k; p += depth) {
      const int some = smaller(depth, k - p);
      for (int j = 0; j < columns; j += tile_columns) {
        pack<tile_columns>(b + static_cast<long>(p) * ldb + first_column + j, ldb, smaller(tile_columns, columns - j),
                           some, d + p, packed_b + long{depth} * j);
      }
      for (int i = first_column; i < m; i += tile_rows) {
        const int rows = smaller(tile_rows, m - i);
        const int vectors = (rows + lanes - 1) / lanes;
        with_constant<tile_vectors>(vectors, [&]<int V>() {
          pack<V * lanes>(a + static_cast<long>(p) * lda + i, lda, rows, some, nullptr, packed_a);
        });
        for (int j = 0; j < columns && first_column + j < i + rows; j += tile_columns) {
          const int skipped = larger(0, (first_column + j - i) / lanes); // vectors above the diagonal
          const int above = skipped * lanes;
          with_constant<tile_vectors>(vectors - skipped, [&]<int V>() {
            multiply_tile<V>(some, packed_a + above, vectors * lanes, packed_b + long{depth} * j,
                             c + static_cast<long>(first_column + j) * ldc + i + above, ldc, rows - above,
                             smaller(tile_columns, columns - j), overwrite && p == 0);
          });
        }
      }
    }
  }
}

constexpr int narrow = 8;

/// L D Lᵀ of N columns: the triangle, then all rows below, some at a time in registers.
template <int N>
void factor_narrow(double* block, int ld, int rows, double* d) {
  double scaled[N][N]; // l_jk·d_k
  double inverse[N];
#pragma GCC unroll 8
  for (int k = 0; k < N; ++k) {
    double* column = block + static_cast<long>(k) * ld;
    d[k] = column[k];
    inverse[k] = 1 / d[k];
#pragma GCC unroll 8
    for (int j = k + 1; j < N; ++j) {
      scaled[j][k] = column[j]; // before division by d_k
      double* target = block + static_cast<long>(j) * ld;
#pragma GCC unroll 8
      for (int i = j; i < N; ++i) {
        target[i] -= column[i] * inverse[k] * column[j];
      }
    }
#pragma GCC unroll 8
    for (int i = k + 1; i < N; ++i) {
      column[i] *= inverse[k];
    }
  }
  // X ← X L⁻ᵀ D⁻¹: x_j −= Σ_{k<j} (x_k/d_k)·(l_jk d_k).
  for (int i = N; i < rows; i += lanes) {
    const bool whole = i + lanes <= rows;
    const Mask some = first(smaller(lanes, rows - i));
    Vector x[N];
#pragma GCC unroll 8
    for (int j = 0; j < N; ++j) {
      double* place = block + static_cast<long>(j) * ld + i;
      x[j] = whole ? load(place) : load(place, some);
#pragma GCC unroll 8
      for (int k = 0; k < j; ++k) {
        x[j] -= x[k] * scaled[j][k];
      }
      x[j] *= inverse[j];
      whole ? store(place, x[j]) : store(place, x[j], some);
    }
  }
}

/// Recursive: left half, update of the right half, right half.
void factor_recursive(double* block, int ld, int rows, int columns, double* d) {
  if (columns <= narrow) {
    with_constant<narrow>(columns, [&]<int N>() { factor_narrow<N>(block, ld, rows, d); });
    return;
  }
  const int left = (columns / 2 + narrow - 1) / narrow * narrow;
  factor_recursive(block, ld, rows, left, d);
  double* right = block + static_cast<long>(left) * ld + left;
  subtract_product(right, ld, block + left, ld, block + left, ld, rows - left, columns - left, left, d, false);
  factor_recursive(right, ld, rows - left, columns - left, d + left);
}

void factor_columns(double* block, int rows, int columns, double* d) {
  factor_recursive(block, rows, rows, columns, d);
}

void outer(double* u, int order, const double* l2, int ld, int columns, const double* d) {
  subtract_product(u, order, l2, ld, l2, ld, order, order, columns, d, true);
}

double largest(const double* x, int count) {
  Vector most = {};
  int i = 0;
  for (; i + lanes <= count; i += lanes) {
    const Vector value = load(x + i);
    const Vector size = value < 0 ? -value : value;
    most = size > most ? size : most;
  }
  double result = 0;
  for (int lane = 0; lane < lanes; ++lane) {
    result = most[lane] > result ? most[lane] : result;
  }
  for (; i < count; ++i) {
    const double size = x[i] < 0 ? -x[i] : x[i];
    result = size > result ? size : result;
  }
  return result;
}

// ---- Tall and narrow: everything is s_i = Σ_k a(i, k) x_k with x_k a row of `width` values ----

constexpr int sum_rows = WEYL_REGISTERS >= 32 ? 8 : 4;

/// A row of a row-major block, by number or by the number in a list.
struct Direct {
  const double* x;
  long stride;
  const double* operator()(long k) const { return x + k * stride; }
};
struct Indexed {
  const double* x;
  long stride;
  const int* index;
  const double* operator()(long k) const { return x + index[k] * stride; }
};

/// sum[i] += Σ_{k<count} a[i·row_stride + k·step]·x(k), for M rows i and V vectors of values.
template <int M, int V, class Rows>
inline void accumulate(long count, const double* a, long row_stride, long step, const Rows& x, Vector (&sum)[M][V]) {
  for (long k = 0; k < count; ++k) {
    const double* row = x(k);
    const double* column = a + k * step;
    Vector values[V];
#pragma GCC unroll 2
    for (int v = 0; v < V; ++v) {
      values[v] = load(row + v * next_vector);
    }
#pragma GCC unroll 8
    for (int i = 0; i < M; ++i) {
#pragma GCC unroll 2
      for (int v = 0; v < V; ++v) {
        sum[i][v] += values[v] * column[i * row_stride];
      }
    }
  }
}

template <int V>
inline void copy(const Vector (&from)[V], Vector (&to)[V]) {
#pragma GCC unroll 2
  for (int v = 0; v < V; ++v) {
    to[v] = from[v];
  }
}

/// y −= factor·x
template <int V>
inline void subtract_multiple(Vector (&y)[V], const Vector (&x)[V], double factor) {
#pragma GCC unroll 2
  for (int v = 0; v < V; ++v) {
    y[v] -= x[v] * factor;
  }
}

/// Calls body.operator()<V>(first) for strips of 2 vector registers, or 1 where the width has no more.
template <class Body>
inline void for_strips(int width, const Body& body) {
  if (width % (2 * lanes) == 0) {
    for (int first = 0; first < width; first += 2 * lanes) {
      body.template operator()<2>(first);
    }
  } else {
    for (int first = 0; first < width; first += lanes) {
      body.template operator()<1>(first);
    }
  }
}

/// Calls body.operator()<M>(first) for tiles of M ≤ sum_rows rows that are about equally high: a tile of one row would
/// wait for its own sums.
template <class Body>
inline void for_tiles(int rows, const Body& body) {
  int tiles = (rows + sum_rows - 1) / sum_rows;
  for (int first = 0; tiles > 0; --tiles) {
    const int height = (rows - first + tiles - 1) / tiles;
    with_constant<sum_rows>(height, [&]<int M>() { body.template operator()<M>(first); });
    first += height;
  }
}

/// The M rows x(first), …: loaded, body(values) applied, stored.
template <int M, int V, class Target, class Body>
inline void change_rows(int first, const Target& target, const Body& body) {
  Vector x[M][V];
  double* row[M];
#pragma GCC unroll 8
  for (int i = 0; i < M; ++i) {
    row[i] = target(first + i);
#pragma GCC unroll 2
    for (int v = 0; v < V; ++v) {
      x[i][v] = load(row[i] + v * next_vector);
    }
  }
  body(x);
#pragma GCC unroll 8
  for (int i = 0; i < M; ++i) {
#pragma GCC unroll 2
    for (int v = 0; v < V; ++v) {
      store(row[i] + v * next_vector, x[i][v]);
    }
  }
}

/// Cache lines at equal distances, to be fetched before they are used.
struct Lines {
  const double* first;
  long step;
  void fetch(long k) const { __builtin_prefetch(first + k * step); }
};

/// What the next supernodes of a solve will read: a line of L and a row of x for each that is used now, a fixed
/// distance on in the direction of the sweep. Within a large block of L memory is not read in this order, and need not
/// be fetched: the processor sees its columns coming. (160,000 vertices, 16 vectors, one thread: 32 → 23 ms.)
class Ahead {
public:
  Ahead(const SupernodeBlock& node, const double* x, int width, int direction) {
    constexpr long small_block = 4096; // doubles
    constexpr long distance = 1024;
    constexpr long rows_distance = 24;
    const long size = long{node.rows} * node.columns;
    const long row = node.row[0] + (direction > 0 ? rows_distance : node.columns - 1 - rows_distance);
    lines_ = {node.values + (direction > 0 ? distance : size - distance), size <= small_block ? direction * 8 : 0};
    rows_ = {x + row * width, long{direction} * width};
  }

  [[nodiscard]] const Lines& lines() const { return lines_; }
  void pass_lines(long count) { lines_.first += count * lines_.step; }

  void fetch_rows(int count) {
    for (int k = 0; k < count; ++k, rows_.first += rows_.step) {
      rows_.fetch(0);
      __builtin_prefetch(rows_.first + 8);
    }
  }

private:
  Lines lines_; ///< of L
  Lines rows_;  ///< of x
};

/// Rows of x as `Indexed` gives them, a line is fetched with each.
struct IndexedAhead {
  Indexed rows;
  Lines lines;
  const double* operator()(long k) const {
    lines.fetch(k);
    return rows(k);
  }
};

void solve_lower(const SupernodeBlock& node, double* x, int width) {
  const long ld = node.rows;
  for_strips(width, [&]<int V>(int strip) {
    Ahead ahead(node, x, width, 1);
    const auto row = [&](int i) { return x + static_cast<long>(node.row[i]) * width + strip; };
    for_tiles(node.columns, [&]<int M>(int first) { // a few unknowns in registers, subtracted from all rows below
      const double* panel = node.values + first * ld;
      ahead.fetch_rows(M);
      Vector solved[M][V];
      change_rows<M, V>(first, row, [&](Vector(&values)[M][V]) {
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) {
#pragma GCC unroll 8
          for (int i = k + 1; i < M; ++i) {
            subtract_multiple(values[i], values[k], panel[k * ld + first + i]);
          }
          copy(values[k], solved[k]);
        }
      });
      for (int i = first + M; i < node.rows; ++i) {
        ahead.lines().fetch(i - first - M);
        change_rows<1, V>(i, row, [&](Vector(&values)[1][V]) {
#pragma GCC unroll 8
          for (int k = 0; k < M; ++k) {
            subtract_multiple(values[0], solved[k], panel[k * ld + i]);
          }
        });
      }
      ahead.pass_lines(node.rows - first - M);
    });
  });
}

void solve_upper(const SupernodeBlock& node, const double* d, double* x, int width) {
  const long ld = node.rows;
  for_strips(width, [&]<int V>(int strip) {
    Ahead ahead(node, x, width, -1);
    const auto row = [&](int i) { return x + static_cast<long>(node.row[i]) * width + strip; };
    for_tiles(node.columns, [&]<int M>(int from_end) { // the last unknowns first: all rows below, then their triangle
      const int first = node.columns - from_end - M;
      const int last = first + M;
      const double* panel = node.values + first * ld;
      ahead.fetch_rows(M);
      Vector sum[M][V] = {};
      accumulate<M, V>(node.rows - last, panel + last, ld, 1,
                       IndexedAhead{{x + strip, width, node.row + last}, ahead.lines()}, sum);
      ahead.pass_lines(node.rows - last);
      double inverse[M];
#pragma GCC unroll 8
      for (int k = 0; k < M; ++k) {
        inverse[k] = 1 / d[first + k];
      }
      change_rows<M, V>(first, row, [&](Vector(&values)[M][V]) {
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) {
#pragma GCC unroll 2
          for (int v = 0; v < V; ++v) {
            values[k][v] = values[k][v] * inverse[k] - sum[k][v];
          }
        }
#pragma GCC unroll 8
        for (int i = M - 1; i > 0; --i) {
#pragma GCC unroll 8
          for (int k = 0; k < i; ++k) {
            subtract_multiple(values[k], values[i], panel[k * ld + first + i]);
          }
        }
      });
    });
  });
}

void multiply(const int* row_start, const int* column, const double* value, int first, int rows, const double* x,
              double* y, int width) {
  for (int i = first; i < first + rows; ++i) {
    for_strips(width, [&]<int V>(int strip) {
      Vector sum[1][V] = {};
      accumulate<1, V>(row_start[i + 1] - row_start[i], value + row_start[i], 0, 1,
                       Indexed{x + strip, width, column + row_start[i]}, sum);
      for (int v = 0; v < V; ++v) {
        store(y + static_cast<long>(i) * width + strip + v * next_vector, sum[0][v]);
      }
    });
  }
}

/// Asks for the values that come next, `line` cache lines on.
inline void prefetch(const double* next, long line) { __builtin_prefetch(next + 8 * line, 0, 2); }

void add_gram(const double* q, int q_width, const double* w, int w_width, int rows, double* c, const double* next) {
  for_strips(w_width, [&]<int V>(int strip) {
    const Direct row{w + strip, w_width};
    for (int j = 0; j < q_width; j += sum_rows) {
      constexpr int at_a_time = 8; // rows, between requests for what comes next
      Vector sum[sum_rows][V] = {};
      for (int first = 0; first < rows; first += at_a_time) {
        for (int line = 0; line < sum_rows; ++line) {
          prefetch(next, static_cast<long>(first / at_a_time * (q_width / sum_rows) + j / sum_rows) * sum_rows + line);
        }
        accumulate<sum_rows, V>(smaller(at_a_time, rows - first), q + static_cast<long>(first) * q_width + j, 1,
                                q_width, Direct{row.x + static_cast<long>(first) * w_width, w_width}, sum);
      }
      for (int i = 0; i < sum_rows; ++i) {
        for (int v = 0; v < V; ++v) {
          double* target = c + static_cast<long>(j + i) * w_width + strip + v * next_vector;
          store(target, load(target) + sum[i][v]);
        }
      }
    }
  });
}

void subtract(const double* q, int q_width, const double* c, int rows, double* w, int w_width, const double* next) {
  for_strips(w_width, [&]<int V>(int strip) {
    for_tiles(rows, [&]<int M>(int first) {
      for (int line = 0; line < q_width * M / 8; ++line) {
        prefetch(next, first * q_width / 8 + line);
      }
      Vector sum[M][V] = {};
      accumulate<M, V>(q_width, q + static_cast<long>(first) * q_width, q_width, 1, Direct{c + strip, w_width}, sum);
      change_rows<M, V>(
          first, [&](int i) { return w + static_cast<long>(i) * w_width + strip; },
          [&](Vector(&values)[M][V]) {
#pragma GCC unroll 8
            for (int i = 0; i < M; ++i) {
              subtract_multiple(values[i], sum[i], 1);
            }
          });
    });
  });
}

} // namespace

extern const Kernels table;
const Kernels table = {WEYL_ISA_NAME, factor_columns, outer,    largest, solve_lower,
                       solve_upper,   multiply,       add_gram, subtract};

} // namespace weyl::WEYL_ISA
