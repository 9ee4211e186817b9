#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it the same shape? Eigenvalues times area do not know where a surface stands and how large it is, and say little of
its mesh (Reuter, Wolter & Peinecke, Shape-DNA, 2006). A cow, the same cow turned, scaled and meshed four times as finely,
and two other surfaces."""

from pathlib import Path

import numpy as np

import weyl


def fingerprint(mesh, k=30):
    """λ_1, …, λ_k times the area, and how many of them the mesh resolves."""
    evals = weyl.eigenpairs(*weyl.laplacian(mesh, order=2), k=k + 1, vectors=False).values[1:]
    resolved = weyl.resolution(mesh, order=2).resolved_up_to
    return evals * mesh.volume, int(np.sum(evals < resolved))


cow = weyl.read_mesh(Path(__file__).parents[2] / "meshes" / "cow.off")
V, F = weyl.refine(cow)
turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))
shapes = {
    "cow": cow,
    "cow, turned, scaled, refined": weyl.Mesh(2.5 * V @ turn + 1, F),
    "sphere": weyl.make_mesh("icosphere", size=0.2),
    "torus": weyl.make_mesh("torus", size=0.2),
}

reference, _ = fingerprint(cow)
print(f"{'':30s} resolved  λ₁A    λ₂A    λ₃A   distance from the cow")
for name, mesh in shapes.items():
    values, resolved = fingerprint(mesh)
    distance = np.abs(np.log(values / reference)).mean()
    print(f"{name:30s} {resolved:3d} of {len(values)} {values[0]:6.2f} {values[1]:6.2f} {values[2]:6.2f}   {distance:.3f}")
