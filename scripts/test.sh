#!/usr/bin/env bash
# Builds weyl and runs every test.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/test.sh [--no-install] [CTEST ARGUMENT...]
Installs what is missing (Debian 12), builds weyl in build/release and runs every test;
further arguments go to ctest, for example: scripts/test.sh -L apps
  --no-install  never call the package manager; say what to install instead
  --help        this text
END
}

setup=()
case ${1:-} in
  --no-install) setup=(--no-install) && shift ;;
  --help) usage && exit ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh "${setup[@]}" release
exec ctest --test-dir build/release --output-on-failure --no-tests=error --no-label-summary --parallel "$(nproc)" "$@"
