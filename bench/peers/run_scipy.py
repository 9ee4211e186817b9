# SPDX-License-Identifier: GPL-3.0-or-later
"""run_scipy.py PENCIL K VALUES TOLERANCE: the K smallest eigenpairs by scipy.sparse.linalg.eigsh (ARPACK, SuperLU)."""

import json
import re
import resource
import sys
import time

import numpy as np
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import eigsh


def read_pencil(path):
    """K, M and the dimension; pencil_file.hpp says how the file is laid out."""
    with open(path, "rb") as file:
        n, nnz, dimension = np.fromfile(file, np.int64, 3)
        first = np.fromfile(file, np.int32, n + 1)
        index = np.fromfile(file, np.int32, nnz)
        matrices = [csr_matrix((np.fromfile(file, np.float64, nnz), index, first), shape=(n, n)) for _ in "KM"]
        return *matrices, int(dimension)


def mapped_blas():
    with open("/proc/self/maps") as maps:
        return sorted(set(re.findall(r"/\S*/lib(?:blas\.|lapack\.|openblas|blis|mkl)\S*", maps.read())))


def main():
    path, count, values_path, tolerance = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
    stiffness, mass, dimension = read_pencil(path)
    n = stiffness.shape[0]
    ratio = stiffness.diagonal().sum() / mass.diagonal().sum()
    scale = ratio / n ** (2 / dimension)

    start = time.perf_counter()
    values, vectors = eigsh(stiffness, count, mass, sigma=-ratio / n, which="LM", tol=tolerance)
    seconds = time.perf_counter() - start
    memory = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    residual = 0
    for value, vector in zip(values, vectors.T):
        mx = mass @ vector
        error = np.linalg.norm(stiffness @ vector - value * mx)
        residual = max(residual, error / ((abs(value) + scale) * np.linalg.norm(mx)))
    np.savetxt(values_path, np.sort(values), "%.17g")
    print(json.dumps({
        "solver": "scipy", "version": scipy.__version__, "n": n, "k": len(values), "seconds": seconds,
        "memory": memory, "residual": residual, "blas": mapped_blas()}))


main()
