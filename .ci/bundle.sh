#!/usr/bin/env bash
# Makes one script of the page's own, and leaves out of it and of the style sheet what
# nobody reads: each request costs a slow network more than its bytes.
#   .ci/bundle.sh FOLDER     the build, before it is packed
# Without esbuild (`make tools` brings it) the page works too, in three scripts.
set -eu
cd "$1"
if ! command -v esbuild >/dev/null; then
  echo "no esbuild: the page stays in several scripts" >&2
  exit 0
fi
esbuild boot.js --bundle --external:./host.js --format=esm --minify --charset=utf8 \
  --log-level=warning --allow-overwrite --outfile=boot.js
esbuild host.js yizhan.css --minify --charset=utf8 --log-level=warning --allow-overwrite --outdir=.
rm -f kept.js web.js
