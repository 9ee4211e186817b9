#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A scanned animal is symmetric up to a few percent. Made exactly symmetric, what does the mirror save, and what does it
# cost when the function to be learned is a little asymmetric? First a random symmetric function, then one on the
# vertices: a coordinate along the body, with a spot on one side.
set -e
bin=${1:-build/release/bin}
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/symmetrize.py" "$here/../../meshes/cow.off" 2 0 "$folder/cow.off"
"$bin/weyl-learn" "$folder/cow.off" --group auto --kernel sobolev:2,0.1 --refine 1
awk 'NR == 2 { n = $1; print "vertex,value" }
     NR > 2 && NR <= n + 2 { print NR - 3 "," sin(6 * $1) + 0.2 * ($3 > 0.05) }' "$folder/cow.off" > "$folder/spot.csv"
"$bin/weyl-learn" "$folder/cow.off" --group auto --kernel sobolev:2,0.1 --target "$folder/spot.csv"
