#!/usr/bin/env bash
# Makes the Debian packages of build/release and uses each of them in a fresh Debian 12, from an empty folder.
set -euo pipefail

usage() {
  cat <<END
Usage: scripts/check_packages.sh
Runs cpack in build/release, makes the smallest Debian 12 in a temporary folder (debootstrap, from where this machine's
apt gets its packages; some minutes and 2 GB), installs the packages there with apt, which must find all that they
depend on, and runs the tools, builds a program against the library and imports the module. Needs root.
END
}

case ${1:-} in
  --help) usage && exit ;;
  ?*) usage >&2 && exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source=$PWD
work=$(mktemp -d)
root=$work/root
finish() {
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  rm -rf "$work"
}
trap finish EXIT

(cd build/release && cpack -G DEB -B "$work/packages" >"$work/cpack.log") || { cat "$work/cpack.log" >&2 && exit 1; }

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' | head -n 1)
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$work/debootstrap.log" ||
  { tail "$work/debootstrap.log" >&2 && exit 1; }
apt-config dump | grep '^Acquire::' >"$root/etc/apt/apt.conf.d/99host"
mount -t proc proc "$root/proc"
mkdir -p "$root/packages" "$root/consumer" "$root/empty"
cp "$work"/packages/*.deb "$root/packages/"
cp tests/consumer/CMakeLists.txt tests/consumer/main.cpp "$root/consumer/"

inside() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    bash -euo pipefail -c "cd /empty && $1" </dev/null
}
quietly() {
  inside "$1" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2 && exit 1; }
}

echo "weyl: the tools"
quietly 'apt-get update && apt-get install -y --no-install-recommends /packages/weyl_*.deb'
inside 'weyl-count sphere:2 --lambda 100 && weyl-spectrum mesh:icosphere@0.2 -k 4'
inside '[[ -z $(ls) && -s /usr/share/man/man1/weyl-count.1 ]]'

echo "python3-weyl: the module"
quietly 'apt-get install -y --no-install-recommends /packages/python3-weyl_*.deb'
inside 'python3 -c "
import weyl
K, M = weyl.laplacian(weyl.make_mesh(\"icosphere\", size=0.2))
evals, evecs = weyl.eigenpairs(K, M, k=4)
print(evals.round(2), evecs.shape)"'

echo "libweyl-dev: a program of somebody else"
quietly 'apt-get install -y --no-install-recommends /packages/libweyl-dev_*.deb cmake g++ make'
quietly 'cmake -S /consumer -B /consumer/build && cmake --build /consumer/build'
inside /consumer/build/consumer
echo "$(ls "$root/packages" | wc -l) packages of $source are all right"
