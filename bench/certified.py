# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of docs/certified.md and docs/drums.md: brackets under refinement, eigenvalues to many digits.

    WEYL_BIN=build/release/bin python3 bench/certified.py brackets
    WEYL_BIN=build/release/bin python3 bench/certified.py digits
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(os.environ.get("WEYL_BIN", Path(__file__).resolve().parents[1] / "build" / "release" / "bin"))
PI2 = math.pi**2


def document(*args):
    """What a tool says in JSON."""
    result = subprocess.run([str(BIN / args[0]), *map(str, args[1:]), "--json", "--quiet"], capture_output=True,
                            text=True, check=True)
    return json.loads(result.stdout)


def brackets(folder):
    """First positive eigenvalue of spaces whose spectrum is known, mesh after mesh."""
    spaces = [
        ("square, Dirichlet", "rectangle:1,1", 0.25, "dirichlet", 2 * PI2),
        ("square, Neumann", "rectangle:1,1", 0.25, "neumann", PI2),
        ("L-shape, Dirichlet", "lshape", None, "dirichlet", 9.639723844021941),
        ("regular tetrahedron, surface", "tetrahedron:1", 0.25, "neumann", 4 * PI2 / 3),
        ("cube, Dirichlet", "box:1,1,1", 0.5, "dirichlet", 3 * PI2),
        ("cube, Neumann", "box:1,1,1", 0.5, "neumann", PI2),
    ]
    print("| space | cells | lower | exact | upper | width / exact | seconds |\n|---|---|---|---|---|---|---|")
    for name, kind, size, boundary, exact in spaces:
        mesh = kind
        if size:
            mesh = folder / "mesh.vtu"
            subprocess.run([str(BIN / "weyl-mesh"), kind, "--size", str(size), "-o", str(mesh), "--quiet"],
                           check=True, stdout=subprocess.DEVNULL)
        else:
            mesh = kind
        for refine in range(0, 3 if "cube" in name else 5):
            options = ["--size", 0.25] if not size else []
            result = document("weyl-spectrum", mesh, "--certify", "--refine", refine, "-k", 2, "--boundary", boundary,
                              *options)
            k = 0 if boundary == "dirichlet" else 1
            low, high = result["lower"][k], result["upper"][k]
            width = f"{(high - low) / exact:.1e}" if high else ""
            print(f"| {name} | {result['space']['cells']} | {low:.6f} | {exact:.6f} | {high or math.nan:.6f} | {width} "
                  f"| {result['seconds']:.2f} |", flush=True)


def digits(_):
    """Eigenvalues with their estimated errors."""
    for name in ("drum:gww1", "drum:gww2"):
        result = document("weyl-spectrum", name, "--boundary", "dirichlet", "--digits", 10, "-k", 25)
        print(f"{name}: {result['discretization']['dofs']} unknowns of order {result['discretization']['order']}, "
              f"{result['meshes']} meshes, {result['seconds']:.1f} s")
        for k, (value, error) in enumerate(zip(result["eigenvalues"], result["errors"]), 1):
            print(f"  {k:2d} {value:.11f}  {error:.1e}", flush=True)
    for name, count in (("lshape", 20), ("ngon:5", 3), ("ngon:7", 3)):
        result = document("weyl-spectrum", name, "--boundary", "dirichlet", "--digits", 11, "-k", count)
        print(f"{name}: {result['discretization']['dofs']} unknowns of order {result['discretization']['order']}, "
              f"{result['meshes']} meshes, {result['seconds']:.1f} s")
        for k, (value, error) in enumerate(zip(result["eigenvalues"], result["errors"]), 1):
            print(f"  {k:2d} {value:.12f}  {error:.1e}", flush=True)


with tempfile.TemporaryDirectory() as place:
    {"brackets": brackets, "digits": digits}[sys.argv[1]](Path(place))
