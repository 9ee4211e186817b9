// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for each instruction set: WEYL_ISA names it, WEYL_LANES is the number of doubles in a vector register,
// WEYL_REGISTERS how many of these there are (CMakeLists.txt). Nothing here may be inline in a header: the linker keeps
// one copy of such functions, of whatever instruction set.
#include "weyl/eigen/kernels.hpp"

namespace weyl::WEYL_ISA {

namespace {

constexpr int lanes = WEYL_LANES;
constexpr long next_vector = lanes; ///< the same as an offset
using Vector [[gnu::vector_size(8 * WEYL_LANES)]] = double;
using Loose [[gnu::vector_size(8 * WEYL_LANES), gnu::aligned(8), gnu::may_alias]] = double;

inline Vector load(const double* p) { return *reinterpret_cast<const Loose*>(p); }
inline void store(double* p, Vector v) { *reinterpret_cast<Loose*>(p) = v; }

inline int smaller(int a, int b) { return a < b ? a : b; }

// ---- Dense: C −= A diag(d) Bᵀ with packed operands (Goto & van de Geijn 2008) ----

constexpr int tile_vectors = WEYL_REGISTERS >= 32 ? 3 : 2; ///< registers of a tile's column
constexpr int tile_rows = tile_vectors * lanes;
constexpr int tile_columns = WEYL_REGISTERS >= 32 ? 8 : 4;
constexpr int depth = 128;        ///< columns of A and B multiplied at a time: a tile's rows of A stay in the L1 cache
constexpr int strip_columns = 96; ///< rows of B packed at a time; they stay in the L2 cache

/// The first `rows` × `columns` of c −= a b, or = −a b, from packed a (V vectors high) and b.
template <int V>
inline void multiply_tile(int k, const double* a, const double* b, double* c, int ldc, int rows, int columns,
                          bool overwrite) {
  Vector sum[tile_columns][V] = {};
  for (int p = 0; p < k; ++p) {
    Vector column[V];
#pragma GCC unroll 3
    for (int v = 0; v < V; ++v) {
      column[v] = load(a + (long{V} * p + v) * next_vector);
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
        for (int i = 0; i < in_last; ++i) {
          target[i] = (overwrite ? 0 : target[i]) - sum[j][v][i];
        }
      }
    }
  }
}

/// out[p·width + i] = a(i, p)·scale[p] for i < count, 0 up to `width`, a whole number of vectors.
template <int Width>
inline void pack(const double* a, int lda, int count, int k, const double* scale, double* out) {
  if (count == Width) {
    for (int p = 0; p < k; ++p, a += lda, out += Width) {
      const double factor = scale != nullptr ? scale[p] : 1;
#pragma GCC unroll 4
      for (int i = 0; i < Width; i += lanes) {
        store(out + i, load(a + i) * factor);
      }
    }
  } else {
    for (int p = 0; p < k; ++p, a += lda, out += Width) {
      const double factor = scale != nullptr ? scale[p] : 1;
      for (int i = 0; i < count; ++i) {
        out[i] = a[i] * factor;
      }
      for (int i = count; i < Width; ++i) {
        out[i] = 0;
      }
    }
  }
}

/// Calls body.operator()<V>() for the least V with V vectors of at least `rows` values.
template <class Body>
inline void for_height(int rows, const Body& body) {
  if constexpr (tile_vectors > 2) {
    if (rows > 2 * lanes) {
      body.template operator()<tile_vectors>();
      return;
    }
  }
  if (rows > lanes) {
    body.template operator()<2>();
  } else {
    body.template operator()<1>();
  }
}

/// C (m × n) −= A (m × k) diag(d) B (n × k)ᵀ, or = − with `overwrite`, all column-major; only tiles that meet the lower
/// triangle.
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
        for_height(rows, [&]<int V>() {
          pack<V * lanes>(a + static_cast<long>(p) * lda + i, lda, rows, some, nullptr, packed_a);
          for (int j = 0; j < columns && first_column + j < i + rows; j += tile_columns) {
            multiply_tile<V>(some, packed_a, packed_b + long{depth} * j,
                             c + static_cast<long>(first_column + j) * ldc + i, ldc, rows,
                             smaller(tile_columns, columns - j), overwrite && p == 0);
          }
        });
      }
    }
  }
}

constexpr int narrow = 8;

/// L D Lᵀ of a few columns: the triangle, then all rows below, some at a time in registers.
void factor_narrow(double* block, int ld, int rows, int columns, double* d) {
  double scaled[narrow][narrow]; // l_jk·d_k
  double inverse[narrow];
  for (int k = 0; k < columns; ++k) {
    double* column = block + static_cast<long>(k) * ld;
    d[k] = column[k];
    inverse[k] = 1 / d[k];
    for (int j = k + 1; j < columns; ++j) {
      scaled[j][k] = column[j]; // before division by d_k
      double* target = block + static_cast<long>(j) * ld;
      for (int i = j; i < columns; ++i) {
        target[i] -= column[i] * inverse[k] * column[j];
      }
    }
    for (int i = k + 1; i < columns; ++i) {
      column[i] *= inverse[k];
    }
  }
  // X ← X L⁻ᵀ D⁻¹: x_j −= Σ_{k<j} (x_k/d_k)·(l_jk d_k).
  int i = columns;
  for (; i + lanes <= rows; i += lanes) {
    Vector x[narrow];
    for (int j = 0; j < columns; ++j) {
      x[j] = load(block + static_cast<long>(j) * ld + i);
      for (int k = 0; k < j; ++k) {
        x[j] -= x[k] * scaled[j][k];
      }
      x[j] *= inverse[j];
      store(block + static_cast<long>(j) * ld + i, x[j]);
    }
  }
  for (; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      double x = block[static_cast<long>(j) * ld + i];
      for (int k = 0; k < j; ++k) {
        x -= block[static_cast<long>(k) * ld + i] * scaled[j][k];
      }
      block[static_cast<long>(j) * ld + i] = x * inverse[j];
    }
  }
}

/// Recursive: left half, update of the right half, right half.
void factor_recursive(double* block, int ld, int rows, int columns, double* d) {
  if (columns <= narrow) {
    factor_narrow(block, ld, rows, columns, d);
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

template <int... M>
struct Heights {};
#if WEYL_REGISTERS >= 32
using AllHeights = Heights<8, 7, 6, 5, 4, 3, 2, 1>;
#else
using AllHeights = Heights<4, 3, 2, 1>;
#endif

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
    const auto call = [&]<int... M>(Heights<M...>) { // exactly one of these
      static_cast<void>(((height == M ? (body.template operator()<M>(first), true) : false) || ...));
    };
    call(AllHeights{});
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

void solve_lower(const SupernodeBlock& node, double* x, int width) {
  const long ld = node.rows;
  for_strips(width, [&]<int V>(int strip) {
    const auto row = [&](int i) { return x + static_cast<long>(node.row[i]) * width + strip; };
    for_tiles(node.columns, [&]<int M>(int first) { // a few unknowns in registers, subtracted from all rows below
      const double* panel = node.values + first * ld;
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
        change_rows<1, V>(i, row, [&](Vector(&values)[1][V]) {
#pragma GCC unroll 8
          for (int k = 0; k < M; ++k) {
            subtract_multiple(values[0], solved[k], panel[k * ld + i]);
          }
        });
      }
    });
  });
}

void solve_upper(const SupernodeBlock& node, const double* d, double* x, int width) {
  const long ld = node.rows;
  for_strips(width, [&]<int V>(int strip) {
    const auto row = [&](int i) { return x + static_cast<long>(node.row[i]) * width + strip; };
    for_tiles(node.columns, [&]<int M>(int from_end) { // the last unknowns first: all rows below, then their triangle
      const int first = node.columns - from_end - M;
      const int last = first + M;
      const double* panel = node.values + first * ld;
      Vector sum[M][V] = {};
      accumulate<M, V>(node.rows - last, panel + last, ld, 1, Indexed{x + strip, width, node.row + last}, sum);
      change_rows<M, V>(first, row, [&](Vector(&values)[M][V]) {
#pragma GCC unroll 8
        for (int k = 0; k < M; ++k) {
#pragma GCC unroll 2
          for (int v = 0; v < V; ++v) {
            values[k][v] = values[k][v] / d[first + k] - sum[k][v];
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
