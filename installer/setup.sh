#!/bin/sh
# Sets this machine up without a question: system packages, .venv from the lock, faces for paper.
# usage: setup.sh [run|tests]   (a finished set-up is recognised and costs nothing)
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-run}
to_run="ca-certificates libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3
  libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
  libwayland-cursor0 libwayland-egl1
  fonts-hanazono poppler-utils"
to_test="age openssl xvfb xauth xdotool dbus ibus ibus-libpinyin at-spi2-core"
# A FAT image as the stick, also where the kernel knows no FAT; not every Debian has all of them.
to_test_fat="dosfstools mtools fusefat"

say() { echo "set-up: $*" >&2; }

# The folder is part of the mark: the scripts in .venv name it, so a moved folder is set up anew.
mark() {
  { pwd; cat requirements.lock installer/setup.sh installer/fonts.py installer/fonts.sha256; } |
    sha256sum | cut -d' ' -f1
}

lacking() {
  installed=$(dpkg-query -W -f '${Package} ${Status}\n' "$@" 2>/dev/null | sed -n 's/ .*ok installed$//p')
  for package in "$@"; do echo "$installed" | grep -qx "$package" || echo "$package"; done
}

may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt() {
  if [ "$(id -u)" = 0 ]; then as_root=env; else as_root="sudo -n env"; fi
  $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" >/dev/null
}

install_packages() {
  wanted=$(lacking "$@" | tr '\n' ' ')
  [ -n "$wanted" ] || return 0
  if ! may_install; then
    say "please have these system packages installed, then start again: $wanted"
    return 1
  fi
  say "installing system packages: $wanted"
  # Package lists may be missing or old, so a first failure is answered by fetching them.
  # shellcheck disable=SC2086
  apt install -y --no-install-recommends $wanted 2>/dev/null ||
    { apt update && apt install -y --no-install-recommends $wanted; } ||
    { say "apt could not install these system packages, please see to it: $wanted"; return 1; }
}

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
    if fits "$candidate"; then echo "$candidate"; return; fi
  done
  return 1
}

make_environment() {
  if [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null
  then return; fi
  python=$(find_python) || { install_packages python3 python3-venv && python=$(find_python); } ||
    { say "Python 3.11, 3.12 or 3.13 is needed and none was found."; exit 1; }
  "$python" -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv ||
    { say "without python3-venv the environment cannot be made."; exit 1; }
  rm -rf .venv
  "$python" -m venv .venv
}

install_python_packages() {
  say "installing the locked Python packages into .venv"
  pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet"
  $pip --require-hashes --only-binary :all: -r requirements.lock
  $pip -q --no-deps --no-build-isolation -e . 2>/dev/null || $pip --no-deps --no-build-isolation -e .
}

case $purpose in
  run) packages=$to_run ;;
  tests) packages="$to_run $to_test" ;;
  *) say "usage: setup.sh [run|tests]"; exit 2 ;;
esac
# Without the rights the rest still goes ahead: much of it works with what is there.
# shellcheck disable=SC2086
install_packages $packages || true
if [ "$purpose" = tests ]; then
  # shellcheck disable=SC2086
  install_packages $to_test_fat || true
fi
[ "$(cat .venv/.ready 2>/dev/null)" != "$(mark)" ] || [ ! -x .venv/bin/reliefdesk ] || exit 0
make_environment
install_python_packages
say "converting the faces for paper (once, about a minute)"
.venv/bin/python -m installer.fonts
mark >.venv/.ready
