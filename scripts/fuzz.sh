#!/usr/bin/env bash
# Fuzzes the readers, each for some seconds, beginning with the corpus in fuzz/corpus.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/fuzz.sh [--seed N] SECONDS [TARGET...]
Builds build/fuzz (clang-14, libFuzzer, address and undefined-behaviour sanitizers) and fuzzes each target
(all without a name) for SECONDS, as many at a time as there are processors. New inputs are kept in
build/fuzz/corpus/TARGET; what crashes, hangs for five minutes or takes 1 GiB ends the run and stands in build/fuzz/found.
  --seed N  the same bytes again, as far as the time goes (default: others each time)
  --help    this text
END
}

seed=0
if [[ ${1:-} == --seed ]]; then
  seed=${2:-}
  shift "$(($# > 1 ? 2 : 1))"
fi
[[ ${1:-} == --help ]] && usage && exit
[[ $seed =~ ^[0-9]+$ && ${1:-} =~ ^[0-9]+$ ]] || { usage >&2 && exit 2; }
seconds=$1
shift

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ -f build/fuzz/build.ninja ]] || cmake --preset fuzz
cmake --build build/fuzz --target fuzzer

fuzz() {
  local target=$1 log=build/fuzz/$1.log
  mkdir -p build/fuzz/found "build/fuzz/corpus/$target"
  if ! build/fuzz/bin/fuzzer "$target" "build/fuzz/corpus/$target" "fuzz/corpus/$target" -seed="$seed" \
    -artifact_prefix="build/fuzz/found/$target-" -max_total_time="$seconds" -timeout=300 -rss_limit_mb=2048 \
    -malloc_limit_mb=1024 -max_len=4096 -print_final_stats=1 -verbosity=0 >"$log" 2>&1; then
    echo "$target: FAILED"
    tail -n 60 "$log"
    return 255 # ends xargs
  fi
  awk -v target="$target" '/number_of_executed_units/ { executions = $2 }
    /peak_rss_mb/ { print target ":", executions, "executions,", $2, "MiB at most" }' "$log"
}
export -f fuzz
export seed seconds

targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(ls fuzz/corpus)
printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -euc 'fuzz "$0"'
