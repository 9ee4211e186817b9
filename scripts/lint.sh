#!/usr/bin/env bash
# Format and lint of every source.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/lint.sh [--deep]
Checks the format of every source (clang-format 14) and lints the library and the tools (clang-tidy 14).
  --deep   file by file with Clang's static analyzer: about three times as long
  --help   this text
END
}

merge=ON
case ${1:-} in
  --deep) merge=OFF ;;
  --help) usage && exit ;;
  ?*) usage >&2 && exit 2 ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."

git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-14 --dry-run -Werror

# Merged sources (unity), by default: most of the time goes into the headers of others, once for all of a merged file. Clang's
# analyzer looks at no function that is included. CGAL takes minutes for each of the sources that include it.
rm -rf build/lint
cmake --preset lint -DCMAKE_UNITY_BUILD=$merge >/dev/null
if [[ $merge == ON ]]; then
  find build/lint/{lib,apps,cluster} -path '*/weyl_cgal.dir' -prune -o -name 'unity_*.cxx' -print0
else
  grep -LZ 'include <CGAL/' $(git ls-files 'apps/*.cpp' 'cluster/*.cpp' 'lib/*.cpp')
fi | xargs -0 -n 1 -P "$(nproc)" \
  clang-tidy-14 -p build/lint --quiet --extra-arg=-Wno-shadow --checks=-bugprone-suspicious-include 2>&1 |
  sed '/ warnings\? generated\.$/d'
