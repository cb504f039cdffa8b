#!/usr/bin/env bash
# Makes sure that there is a Chromium, and a font with Chinese glyphs.
set -euo pipefail

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return; fi
  done
}

install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
  else
    return 1
  fi
}

if [ -z "$(find_chromium)" ] && ! install chromium; then
  # Playwright then uses its own browser; see tests/e2e/playwright.config.mjs.
  if ! node_modules/.bin/playwright install chromium; then
    echo "No Chromium. Install one (apt-get install chromium), or set CHROMIUM=/path/to/it." >&2
    exit 1
  fi
fi

# The engine of iPhones, for tests/e2e/other-browsers.mjs, which leaves it out where
# it is not there.
if ! command -v WebKitWebDriver >/dev/null || ! command -v Xvfb >/dev/null; then
  install webkit2gtk-driver xvfb || echo "No WebKitGTK (apt-get install webkit2gtk-driver xvfb): its tests are left out." >&2
fi

# Without them screenshots show boxes; the tests themselves do not need them.
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=zh-cn)" ]; then
  install fonts-noto-cjk || echo "No Chinese font: screenshots will show boxes." >&2
fi
