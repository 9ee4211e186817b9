#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many measurements does it save to know that f(-x) = f(x)? A function on the sphere is learned by kernel ridge
regression from noisy values, once with a plain kernel and once with an invariant one: predicted from the exact spectra, and
again from a mesh alone, as for a shape without a closed form."""

import weyl

samples = [64, 256, 1024]
options = {"samples": samples, "kernel": "sobolev:2", "noise": 0.1, "target": 3.5}

exact = weyl.learning_curve(weyl.model_space("sphere:2"), weyl.model_space("sphere:2/antipodal"), **options)

mesh = weyl.make_mesh("icosphere", size=0.1)
limit = weyl.resolution(mesh, order=2).resolved_up_to
quotient = weyl.quotient(mesh, group="Ci", k=500, order=2)
meshed = weyl.learning_curve(quotient, trusted_up_to=limit, **options)

print("    n     plain  invariant      plain  invariant  of the mesh")
for row in zip(samples, exact.manifold.risk, exact.quotient.risk, meshed.manifold.risk, meshed.quotient.risk):
    print("{:5d} {:9.2e}  {:9.2e}  {:9.2e}  {:9.2e}".format(*row))
gain = exact.gains([exact.manifold.risk[-1]])[0]
print(f"The invariant learner is as good with {gain.samples_quotient:.0f} samples as the plain one with {samples[-1]}.")
