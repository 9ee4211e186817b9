#!/usr/bin/env bash
# Builds weyl-count and counts the modes of a real mesh: a table here, a page with the picture in build/demo/report.html.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/demo.sh [--no-install]
Installs what is missing (Debian 12), builds weyl-count in build/release/bin, counts the modes of
meshes/cow.off and writes the page build/demo/report.html.
  --no-install  never call the package manager; say what to install instead
  --help        this text
END
}

setup=()
for argument in "$@"; do
  case $argument in
    --no-install) setup=(--no-install) ;;
    --help) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh "${setup[@]}" release weyl-count

report=build/demo/report.html
mkdir -p build/demo
echo
build/release/bin/weyl-count meshes/cow.off --report "$report"
echo
echo "The same with a picture: $PWD/$report"
