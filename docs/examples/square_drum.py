#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which notes of a square drum have which symmetry? Its modes sin(mπx) sin(nπy) have λ = (m² + n²)π². A drummer who hits
the centre hears those that all symmetries leave alone, m and n odd."""

import numpy as np

import weyl

drum = weyl.make_mesh("rectangle:1,1", size=0.1)
group = weyl.detect_symmetry(drum)
notes = weyl.quotient(drum, group=group, k=20, order=3, boundary="dirichlet")
print(f"{group.name}, {group.order} symmetries; {len(notes.manifold_eigenvalues)} eigenvalues up to {notes.up_to:.1f}")

print("representation  dimension  unknowns  λ/π²")
for part in notes.irreps:
    print(f"{part.name:14s} {part.dimension:6d} {part.unknowns:12d}   ", *(f"{x:.3f}" for x in part.eigenvalues / np.pi**2))

exact = sorted(m * m + n * n for m in range(1, 9) for n in range(1, 9))[: len(notes.manifold_eigenvalues)]
print(f"largest relative error: {np.abs(notes.manifold_eigenvalues / np.pi**2 / exact - 1).max():.0e}")
