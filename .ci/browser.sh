#!/usr/bin/env bash
# Makes sure of the programs that the browser tests drive: Chromium, Firefox, WebKitGTK,
# two web servers, and a font with Chinese glyphs.
set -euo pipefail

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return; fi
  done
}

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

if [ -z "$(find_chromium)" ] && ! install chromium; then
  # Playwright then uses its own browser; see tests/e2e/playwright.config.mjs.
  if ! node_modules/.bin/playwright install chromium; then
    echo "No Chromium. Install one (apt-get install chromium), or set CHROMIUM=/path/to/it." >&2
    exit 1
  fi
fi

# For tests/e2e/engines.mjs and hosts.spec.mjs, which say what they leave out.
want Firefox firefox-esr firefox-esr firefox
want WebKitGTK webkit2gtk-driver WebKitWebDriver
want "virtual display for WebKitGTK" xvfb Xvfb
want_server nginx "nginx libnginx-mod-http-brotli-static" nginx
want_server Caddy caddy caddy

# Without it screenshots show boxes; the tests themselves do not need it.
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=zh-cn)" ]; then
  install fonts-noto-cjk || echo "No Chinese font: screenshots will show boxes." >&2
fi
