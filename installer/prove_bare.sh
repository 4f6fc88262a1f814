#!/bin/sh
# Proves set-up on a bare Debian 12: a root of debootstrap with make and Debian's python3, no more.
# usage (as root): prove_bare.sh MIRROR [TARGET…]      e.g. targets: setup setup test run
#   The mirror may also stand in DEBIAN_MIRROR. KEEP=1 leaves the root for a look.
#   The apt and pip settings, name service and certificates of this machine are copied in;
#   nothing of it is mounted.
set -eu
cd "$(dirname "$0")/.."

mirror=${1:-${DEBIAN_MIRROR:-}}
[ -n "$mirror" ] || { echo "usage: $0 MIRROR [TARGET...]" >&2; exit 2; }
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- setup setup test run

# The processes of the root get a namespace of their own; its mounts vanish with it.
if [ -z "${BARE_INSIDE:-}" ]; then
  BARE_INSIDE=1 exec unshare --mount --pid --fork "$0" "$mirror" "$@"
fi

root=$(mktemp -d)
chmod 755 "$root"
trap '[ -n "${KEEP:-}" ] && echo "kept: $root" || { umount "$root/proc"; rm -rf "$root"; }' EXIT

debootstrap --variant=minbase --include=ca-certificates,make,python3 bookworm "$root" "$mirror" \
  >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
rm "$root.log"
for setting in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/apt/apt.conf.d \
  /etc/ssl/certs/ca-certificates.crt; do
  [ ! -e "$setting" ] || cp -RL "$setting" "$root$(dirname "$setting")/"
done
mount -t proc proc "$root/proc"
git clone --quiet . "$root/srv/reliefdesk"

for target in "$@"; do
  begin=$(date +%s)
  echo "== make $target"
  chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    make -C /srv/reliefdesk "$target"
  echo "== make $target took $(($(date +%s) - begin)) s"
done
