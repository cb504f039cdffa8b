# The tools and their versions, in one place. `make` installs what is missing: cargo's
# into the machine's cache (YIZHAN_TOOLS, else ~/.cache/yizhan/tools), so that a second
# clone finds them; npm's into node_modules.
TRUNK_VERSION := 0.21.14
# Equal to the crate in Cargo.toml and to Trunk.toml; tests/it/house.rs says so.
WASM_BINDGEN_VERSION := 0.2.129
# Only for `make fuzz`.
CARGO_FUZZ_VERSION := 0.13.2
# Makes one script of the page's own, and leaves out what nobody reads.
ESBUILD_VERSION := 0.28.2
BINARYEN_VERSION := 132.0.0
PLAYWRIGHT_VERSION := 1.64.1
AXE_VERSION := 4.14.1
# The last one that runs on Node 20.
LIGHTHOUSE_VERSION := 12.8.2
# Drives Firefox and Chromium; lighthouse brings the same one.
PUPPETEER_VERSION := 24.43.1
