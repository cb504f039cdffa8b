#!/usr/bin/env bash
# Installs programs that tests drive, where apt can; sourced by the scripts that know which.

is_there() {
  for name in "$@"; do
    if command -v "$name" >/dev/null || [ -x "/usr/sbin/$name" ]; then return 0; fi
  done
  return 1
}

# Another program may hold apt's lock for minutes.
apt() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >/dev/null; }

has_lists=
install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 1; fi
  if [ -z "$has_lists" ]; then apt update && has_lists=yes; fi
  apt install -y "$@"
}

# want WHAT PACKAGES PROGRAM...: installs the packages unless one of the programs is there.
want() {
  local what=$1 packages=$2
  shift 2
  if is_there "$@"; then return; fi
  # shellcheck disable=SC2086 # several packages are several words
  install $packages || echo "No $what (apt-get install $packages): its tests are left out." >&2
}

# Debian starts a web server as it is installed: on a machine with services that is for
# its owner to decide.
want_server() {
  if [ -d /run/systemd/system ] && ! is_there "$3"; then
    echo "No $1 (apt-get install $2): its tests are left out." >&2
  else
    want "$@"
  fi
}
