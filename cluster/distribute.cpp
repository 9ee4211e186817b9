// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/distribute.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "cluster/handles.hpp"
#include "cluster/session.hpp"
#include "weyl/core/error.hpp"
#include "weyl/fem/nodes.hpp"
#include "weyl/mesh/topology.hpp"

namespace weyl::cluster {

namespace {

/// Neighbours of cell c: index[first[c] .. first[c+1]), ascending.
struct Graph {
  std::vector<PetscInt> first;
  std::vector<PetscInt> index;
};

Graph dual_graph(const Mesh& mesh) {
  const Facets all = facets(mesh);
  const auto corners = static_cast<std::size_t>(mesh.dimension) + 1;
  const auto for_pairs = [&](const auto& visit) {
    for (std::size_t f = 0; f < all.count(); ++f) {
      for (std::size_t s = all.first_side[f] + 1; s < all.first_side[f + 1]; ++s) {
        const std::size_t a = all.sides[s - 1] / corners;
        const std::size_t b = all.sides[s] / corners;
        if (a != b) {
          visit(a, b);
          visit(b, a);
        }
      }
    }
  };
  Graph graph;
  graph.first.assign(mesh.cell_count() + 1, 0);
  for_pairs([&](std::size_t a, std::size_t) { ++graph.first[a + 1]; });
  std::partial_sum(graph.first.begin(), graph.first.end(), graph.first.begin());
  graph.index.resize(static_cast<std::size_t>(graph.first.back()));
  std::vector<PetscInt> next = graph.first;
  for_pairs([&](std::size_t a, std::size_t b) { graph.index[next[a]++] = static_cast<PetscInt>(b); });
  // Two cells may share more than one facet: a graph has the pair once.
  Graph simple{.first = {0}, .index = {}};
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto begin = graph.index.begin() + graph.first[c];
    auto end = graph.index.begin() + graph.first[c + 1];
    std::sort(begin, end);
    simple.index.insert(simple.index.end(), begin, std::unique(begin, end));
    simple.first.push_back(static_cast<PetscInt>(simple.index.size()));
  }
  return simple;
}

constexpr int tag = 0;

template <class T>
void send(const std::vector<T>& values, int to) {
  if (values.size() * sizeof(T) >= std::size_t{1} << 31) {
    throw NumericalError("the part of one process is larger than 2 GiB; use more processes");
  }
  MPI_Send(values.data(), static_cast<int>(values.size() * sizeof(T)), MPI_BYTE, to, tag, PETSC_COMM_WORLD);
}

template <class T>
std::vector<T> receive() {
  MPI_Status status;
  MPI_Probe(0, tag, PETSC_COMM_WORLD, &status);
  int bytes = 0;
  MPI_Get_count(&status, MPI_BYTE, &bytes);
  std::vector<T> values(static_cast<std::size_t>(bytes) / sizeof(T));
  MPI_Recv(values.data(), bytes, MPI_BYTE, 0, tag, PETSC_COMM_WORLD, MPI_STATUS_IGNORE);
  return values;
}

/// The unknown of every node and the node of every unknown, and how many each part owns.
struct Numbering {
  std::vector<PetscInt> unknown_of_node;
  std::vector<int> node_of_unknown;
  std::vector<PetscInt> owned;
};

Numbering number_unknowns(const Mesh& mesh, const NodeNumbers& nodes, const std::vector<int>& parts,
                          Boundary boundary) {
  constexpr int none = -1;
  std::vector<int> owner(static_cast<std::size_t>(nodes.count), none);
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    if (cell_volume(mesh, c) > 0) {
      for (const int node : nodes.cell(c)) {
        int& part = owner[static_cast<std::size_t>(node)];
        part = part == none ? parts[c] : std::min(part, parts[c]);
      }
    }
  }
  Numbering result;
  result.owned.assign(static_cast<std::size_t>(processes()), 0);
  for (std::size_t node = 0; node < owner.size(); ++node) {
    if (boundary == Boundary::dirichlet && nodes.on_boundary[node] != 0) {
      owner[node] = none;
    }
    if (owner[node] != none) {
      ++result.owned[static_cast<std::size_t>(owner[node])];
    }
  }
  std::vector<PetscInt> next(result.owned.size(), 0);
  std::exclusive_scan(result.owned.begin(), result.owned.end(), next.begin(), PetscInt{0});
  result.node_of_unknown.resize(static_cast<std::size_t>(std::reduce(result.owned.begin(), result.owned.end())));
  result.unknown_of_node.assign(owner.size(), -1);
  for (std::size_t node = 0; node < owner.size(); ++node) {
    if (owner[node] != none) {
      const PetscInt unknown = next[static_cast<std::size_t>(owner[node])]++;
      result.unknown_of_node[node] = unknown;
      result.node_of_unknown[static_cast<std::size_t>(unknown)] = static_cast<int>(node);
    }
  }
  if (result.node_of_unknown.empty()) {
    throw InputError("the mesh", boundary == Boundary::dirichlet
                                     ? "every node lies on the Dirichlet boundary, no unknown is left; refine the "
                                       "mesh or use Neumann conditions"
                                     : "no cell has a positive volume");
  }
  return result;
}

/// The corners' coordinates of a cell, or its edges' lengths.
std::span<const double> shape(const Mesh& mesh, std::size_t c, std::vector<double>& buffer) {
  if (mesh.is_intrinsic()) {
    const auto edges = static_cast<std::size_t>(simplex_edge_count(mesh.dimension));
    return {mesh.edge_lengths.data() + c * edges, edges};
  }
  buffer.clear();
  for (const int v : mesh.cell(c)) {
    buffer.insert(buffer.end(), mesh.position(v).begin(), mesh.position(v).end());
  }
  return buffer;
}

/// What a process is sent: shapes and unknowns of its cells.
struct Parcel {
  std::vector<double> shapes;
  std::vector<PetscInt> unknowns;
};

Parcel pack(const Mesh& mesh, const NodeNumbers& nodes, const std::vector<PetscInt>& unknown_of_node,
            std::span<const std::size_t> cells) {
  Parcel result;
  std::vector<double> buffer;
  for (const std::size_t c : cells) {
    const auto own = shape(mesh, c, buffer);
    result.shapes.insert(result.shapes.end(), own.begin(), own.end());
    for (const int node : nodes.cell(c)) {
      result.unknowns.push_back(unknown_of_node[static_cast<std::size_t>(node)]);
    }
  }
  return result;
}

/// Numbers of cells, part after part.
struct PartCells {
  std::vector<std::size_t> first;
  std::vector<std::size_t> cells;
};

PartCells sort_by_part(const std::vector<int>& parts) {
  PartCells result;
  result.first.assign(static_cast<std::size_t>(processes()) + 1, 0);
  for (const int part : parts) {
    ++result.first[static_cast<std::size_t>(part) + 1];
  }
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  result.cells.assign(parts.size(), 0);
  std::vector<std::size_t> next = result.first;
  for (std::size_t c = 0; c < parts.size(); ++c) {
    result.cells[next[static_cast<std::size_t>(parts[c])]++] = c;
  }
  return result;
}

/// A mesh of cells that share no vertex, as process 0 packed them.
Mesh unpack(int dimension, int ambient_dimension, bool intrinsic, std::vector<double> shapes) {
  const int corners = dimension + 1;
  const int width = intrinsic ? simplex_edge_count(dimension) : corners * ambient_dimension;
  const auto vertices = static_cast<int>(shapes.size()) / width * corners;
  Mesh mesh{.dimension = dimension, .ambient_dimension = intrinsic ? 0 : ambient_dimension, .vertex_count = vertices};
  (intrinsic ? mesh.edge_lengths : mesh.positions) = std::move(shapes);
  mesh.cells.resize(static_cast<std::size_t>(vertices));
  std::iota(mesh.cells.begin(), mesh.cells.end(), 0);
  return mesh;
}

} // namespace

std::vector<int> partition(const Mesh& mesh) {
  on_root([&] {
    if (mesh.cell_count() > static_cast<std::size_t>(PETSC_MAX_INT / (2 * (mesh.dimension + 1)))) {
      throw InputError("the mesh",
                       "has more cells than the indices of this PETSc reach; use a PETSc of 64-bit indices");
    }
  });
  auto cells = static_cast<PetscInt>(mesh.cell_count());
  MPI_Bcast(&cells, 1, MPIU_INT, 0, PETSC_COMM_WORLD);
  const int p = processes();
  if (p == 1 || cells < 16 * p) { // too few to cut
    return is_root() ? std::vector<int>(static_cast<std::size_t>(cells), 0) : std::vector<int>();
  }
  // Process r is handed the neighbours of cells n·r/P … n·(r+1)/P − 1.
  const auto begin = [&](int r) { return static_cast<PetscInt>(std::int64_t{cells} * r / p); };
  Graph graph;
  on_root([&] { graph = dual_graph(mesh); });
  std::vector<PetscInt> first;
  std::vector<PetscInt> index;
  if (is_root()) {
    for (int r = p - 1; r >= 0; --r) {
      first.assign(graph.first.begin() + begin(r), graph.first.begin() + begin(r + 1) + 1);
      index.assign(graph.index.begin() + first.front(), graph.index.begin() + first.back());
      const PetscInt offset = first.front();
      std::ranges::transform(first, first.begin(), [&](PetscInt at) { return at - offset; });
      if (r > 0) {
        send(first, r);
        send(index, r);
      }
    }
  } else {
    first = receive<PetscInt>();
    index = receive<PetscInt>();
  }
  const auto local = static_cast<PetscInt>(first.size()) - 1;
  PetscInt* rows = nullptr; // the matrix takes what PetscMalloc gave
  PetscInt* columns = nullptr;
  check(PetscMalloc1(first.size(), &rows));
  check(PetscMalloc1(index.size() + 1, &columns));
  std::ranges::copy(first, rows);
  std::ranges::copy(index, columns);
  Matrix neighbours;
  check(MatCreateMPIAdj(PETSC_COMM_WORLD, local, cells, rows, columns, nullptr, neighbours.out()));
  Partitioning partitioning;
  check(MatPartitioningCreate(PETSC_COMM_WORLD, partitioning.out()));
  check(MatPartitioningSetAdjacency(partitioning.get(), neighbours.get()));
  check(MatPartitioningSetFromOptions(partitioning.get()));
  IndexSet part_of_cell;
  check(MatPartitioningApply(partitioning.get(), part_of_cell.out()));
  const PetscInt* own = nullptr;
  check(ISGetIndices(part_of_cell.get(), &own));
  const std::vector<int> sent(own, own + local);
  check(ISRestoreIndices(part_of_cell.get(), &own));
  std::vector<int> counts;
  std::vector<int> offsets;
  for (int r = 0; r < p; ++r) {
    offsets.push_back(static_cast<int>(begin(r)));
    counts.push_back(static_cast<int>(begin(r + 1) - begin(r)));
  }
  std::vector<int> parts(is_root() ? static_cast<std::size_t>(cells) : 0);
  MPI_Gatherv(sent.data(), static_cast<int>(sent.size()), MPI_INT, parts.data(), counts.data(), offsets.data(), MPI_INT,
              0, PETSC_COMM_WORLD);
  return parts;
}

LocalCells distribute(const Mesh& mesh, const std::vector<int>& parts, int order, Boundary boundary) {
  LocalCells result;
  result.order = order;
  std::array<int, 3> kind{mesh.dimension, mesh.ambient_dimension, mesh.is_intrinsic() ? 1 : 0};
  MPI_Bcast(kind.data(), static_cast<int>(kind.size()), MPI_INT, 0, PETSC_COMM_WORLD);
  NodeNumbers nodes;
  Numbering numbering;
  PartCells sorted;
  on_root([&] {
    nodes = number_nodes(mesh, order);
    numbering = number_unknowns(mesh, nodes, parts, boundary);
    sorted = sort_by_part(parts);
  });
  MPI_Scatter(numbering.owned.data(), 1, MPIU_INT, &result.owned, 1, MPIU_INT, 0, PETSC_COMM_WORLD);
  Parcel parcel;
  if (is_root()) {
    for (auto r = static_cast<std::size_t>(processes()); r-- > 0;) {
      const std::span<const std::size_t> cells(sorted.cells.data() + sorted.first[r],
                                               sorted.first[r + 1] - sorted.first[r]);
      parcel = pack(mesh, nodes, numbering.unknown_of_node, cells);
      if (r > 0) {
        send(parcel.shapes, static_cast<int>(r));
        send(parcel.unknowns, static_cast<int>(r));
      }
    }
  } else {
    parcel.shapes = receive<double>();
    parcel.unknowns = receive<PetscInt>();
  }
  result.mesh = unpack(kind[0], kind[1], kind[2] != 0, std::move(parcel.shapes));
  result.unknowns = std::move(parcel.unknowns);
  result.nodes = nodes.count;
  result.node_of_unknown = std::move(numbering.node_of_unknown);
  return result;
}

} // namespace weyl::cluster
