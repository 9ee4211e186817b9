#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A sky map without the band of the galaxy, |latitude| < 20 degrees. A map with multipoles up to L = 40 has (L+1)^2 = 1681
# coefficients on the whole sky and, of these, the Shannon number (L+1)^2 A/4pi on what is left of it. Weyl's law counts
# the modes of the two caps themselves up to the same frequency, with a boundary term; the effective dimension of a band
# of frequencies is that count.
set -e
bin=${1:-build/release/bin}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bin/weyl-mesh" icosphere --size 0.02 -o "$folder/sphere.off" --quiet > "$folder/log"
# Keep the faces all of whose corners are above 20 degrees: the northern cap, one of two equal ones.
awk -v z=0.34202 'BEGIN { k = m = 0 } NR == 2 { n = $1 } NR <= 2 { next } NR <= n + 2 { p[NR - 3] = $0; h[NR - 3] = $3; next }
     h[$2] > z && h[$3] > z && h[$4] > z { f[m++] = $2 " " $3 " " $4 }
     END { for (i = 0; i < m; i++) { split(f[i], v, " "); s = "3"
             for (j = 1; j <= 3; j++) { if (!(v[j] in id)) { id[v[j]] = k; q[k++] = p[v[j]] } s = s " " id[v[j]] }
             g[i] = s }
           print "OFF"; print k, m, 0; for (i = 0; i < k; i++) print q[i]; for (i = 0; i < m; i++) print g[i] }' \
  "$folder/sphere.off" > "$folder/cap.off"
"$bin/weyl-count" "$folder/cap.off" --lambda 420 --lambda 930 --lambda 1640
"$bin/weyl-learn" "$folder/cap.off" --kernel band:1640 --noise 0.5 --samples 512..8192
echo "Shannon number of one cap at L = 40: $(awk 'BEGIN { print 1681 * (1 - 0.34202) / 2 }')"
