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

# shellcheck source=.ci/install.sh
. "$(dirname "$0")/install.sh"

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
