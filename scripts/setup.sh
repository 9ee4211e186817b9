#!/usr/bin/env bash
# Installs the Debian packages that are missing, fetches plotly.js for reports (npm), then configures (once) and builds
# a preset in build/PRESET.
# Usage: scripts/setup.sh [--no-install] PRESET [TARGET...]
# demo.sh, test.sh and .ci/run begin with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

may_install=true
if [[ ${1:-} == --no-install ]]; then
  may_install=false
  shift
fi
preset=${1:?the name of a preset of CMakePresets.json}
shift

# Where there is no dpkg the packages have other names: CMake says what it misses.
missing=()
if command -v dpkg-query >/dev/null; then
  while read -r package; do
    # Whoever has Node.js from elsewhere has npm with it, and no package of that name.
    [[ $package == npm ]] && command -v npm >/dev/null && continue
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
      missing+=("$package")
    fi
  done < <(grep -v '^#' scripts/packages.txt)
fi

if ((${#missing[@]})); then
  as_root=()
  if ((EUID != 0)); then
    as_root=(sudo)
    command -v sudo >/dev/null || may_install=false
  fi
  if ! $may_install; then
    echo "Packages are missing; run: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null
fi

# What pages of reports are made of, as web/package-lock.json fixes it. Without it they have still pictures.
if [[ web/package-lock.json -nt web/node_modules/.package-lock.json ]]; then
  if $may_install && npm ci --prefix web --ignore-scripts --loglevel=error </dev/null; then
    rm -f "build/$preset/build.ninja" # configured without it
  else
    echo "Without plotly.js pages have still pictures; to fetch it: npm ci --prefix web"
  fi
fi

if [[ ! -f build/$preset/build.ninja ]]; then
  cmake --preset "$preset"
fi
cmake --build "build/$preset" --target "${@:-all}"
