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
# A plain script, no module: Chromium compiles it when the worker keeps it, and later visits
# need not. `import.meta` is then the page, in whose folder all of it lies.
esbuild boot.js --bundle --format=iife --minify --charset=utf8 \
  --define:import.meta.url=document.baseURI --log-level=warning --allow-overwrite --outfile=boot.js
sed -i.whole 's/<script type="module" src="boot.js">/<script src="boot.js">/' index.html
rm index.html.whole
esbuild host.js yizhan.css --minify --charset=utf8 --log-level=warning --allow-overwrite --outdir=.
# Read by engines of any age.
esbuild legacy.js frame.js --minify --target=es5 --charset=utf8 --log-level=warning --allow-overwrite --outdir=.
rm -f kept.js web.js
