#!/usr/bin/env bash
# Installs one pinned crate's program into the machine's tool cache.
#   .ci/cargo-tool.sh CRATE VERSION FOLDER
# Only a complete copy gets the final name. Two clones that start at once do not build
# the same tool twice, where the machine has `flock`.
set -euo pipefail
crate=$1 version=$2 folder=$3
mkdir -p "$(dirname "$folder")"
if command -v flock >/dev/null; then
  exec 9>"$folder.lock"
  flock 9
fi
if [ -n "$(ls "$folder/bin" 2>/dev/null)" ]; then exit 0; fi
rm -rf "$folder"

partial=$(mktemp -d "$folder.XXXXXX")
from_binary() {
  command -v cargo-binstall >/dev/null &&
    cargo binstall --no-confirm --locked --root "$partial" "$crate@$version" >&2 9>&-
}
from_source() {
  cargo install --locked --quiet --root "$partial" "$crate" --version "$version" >&2 9>&-
}
echo "Installing $crate $version into $folder, once for this machine." >&2
if ! from_binary && ! from_source; then
  rm -rf "$partial"
  cat >&2 <<TEXT
Cannot install $crate $version: neither cargo binstall nor compiling it worked (see above).
Compiling needs a C compiler (apt-get install build-essential) and cargo's registry; then run make again.
Or put the program, version $version, into $folder/bin yourself.
TEXT
  exit 1
fi
mv "$partial" "$folder"
