#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A molecule with three torsion angles. The last one turns a methyl group, so that the energy does not change when it
# turns by a third; and the molecule is not chiral: its mirror image has all angles negated and the same energy.
# How many quantum-chemical calculations does it save to tell the kernel?
set -e
bin=${1:-build/release/bin}
group=$(mktemp --suffix=.json)
trap 'rm -f "$group"' EXIT
cat > "$group" <<END
{"generators": [
  {"matrix": [[1,0,0],[0,1,0],[0,0,1]],    "translation": [0, 0, "1/3"]},
  {"matrix": [[-1,0,0],[0,-1,0],[0,0,-1]], "translation": [0, 0, 0]}]}
END
"$bin/weyl-learn" torus:3 --group "$group" --kernel sobolev:3 --noise 0.05 --samples 128..8192
