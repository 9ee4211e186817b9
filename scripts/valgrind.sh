#!/usr/bin/env bash
# Runs the tools under valgrind: reads of what was never written, writes beyond an array, memory that is lost.
# Without weyl-mesh: valgrind knows no rounding but to nearest, and CGAL, which repairs meshes, does not begin without.
# Usage: scripts/valgrind.sh [BIN]     (default: build/release/bin)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${1:-build/release/bin}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# TOOL ARGUMENT...: what went wrong ends the script.
check() {
  printf '%s ' "$@"
  if ! valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
    "$bin/$1" "${@:2}" >"$folder/out" 2>"$folder/err"; then
    echo "FAILED" && cat "$folder/err" && exit 1
  fi
  echo "clean"
}

"$bin/weyl-mesh" icosphere --size 0.4 -o "$folder/sphere.off" >/dev/null
"$bin/weyl-mesh" box --size 0.5 -o "$folder/box.vtu" >/dev/null
seq 0 199 >"$folder/list.txt"

check weyl-count "$folder/sphere.off" --threads 2 --report "$folder/count.html"
check weyl-count "$folder/box.vtu" --boundary dirichlet --lambda 50
check weyl-count "$folder/list.txt" --json
check weyl-count sphere:30/antipodal --lambda 1000
check weyl-spectrum "$folder/sphere.off" -k 100 --slice 32 --threads 2 --checkpoint "$folder/run" --eigenvectors "$folder/a.npz"
check weyl-spectrum "$folder/sphere.off" -k 100 --slice 32 --threads 2 --checkpoint "$folder/run" --eigenvectors "$folder/a.npz"
check weyl-spectrum lshape --digits 2 -k 2
check weyl-quotient "$folder/sphere.off" --group C5v -k 10 --threads 2
check weyl-learn sphere:2/antipodal --samples 20,40 --simulate 2 --threads 2
check weyl-learn "$folder/sphere.off" --group C2 --modes 20 --samples 10,20
