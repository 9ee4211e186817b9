#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A function of a set of points does not depend on their order: six angles, then five directions in space.
set -e
bin=${1:-build/release/bin}
"$bin/weyl-learn" torus:6 --group S --kernel sobolev:4 --target power:6 --samples 256..16384
"$bin/weyl-learn" "(sphere:2)^5/S" --kernel sobolev:6 --target power:8 --samples 256..16384
