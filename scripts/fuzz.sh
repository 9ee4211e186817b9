#!/usr/bin/env bash
# Fuzzes the readers, each for some seconds, beginning with the corpus in fuzz/corpus.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/fuzz.sh SECONDS [TARGET...]
Builds build/fuzz (clang-14, libFuzzer, address and undefined-behaviour sanitizers) and fuzzes each target
(all without a name) for SECONDS. New inputs are kept in build/fuzz/corpus/TARGET; what crashes, hangs for 25 s or
takes 1 GiB stops the run and stands in build/fuzz/found.
END
}

case ${1:---help} in
  --help) usage && exit ;;
  *[!0-9]*) usage >&2 && exit 2 ;;
esac
seconds=$1
shift

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ -f build/fuzz/build.ninja ]] || cmake --preset fuzz
cmake --build build/fuzz --target fuzzer

targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(ls fuzz/corpus)
mkdir -p build/fuzz/found
for target in "${targets[@]}"; do
  mkdir -p "build/fuzz/corpus/$target"
  printf '%s: ' "$target"
  if ! build/fuzz/bin/fuzzer "$target" "build/fuzz/corpus/$target" "fuzz/corpus/$target" \
    -artifact_prefix="build/fuzz/found/$target-" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 \
    -malloc_limit_mb=1024 -max_len=4096 -print_final_stats=1 -verbosity=0 >"build/fuzz/$target.log" 2>&1; then
    echo "FAILED"
    tail -n 60 "build/fuzz/$target.log"
    exit 1
  fi
  awk '/number_of_executed_units/ { printf "%s executions, ", $2 } /peak_rss_mb/ { print $2, "MiB at most" }' \
    "build/fuzz/$target.log"
done
