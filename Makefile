# make serve   builds the demo and opens the page's server
# make test    runs everything that CI runs
# make soak    plays random sequences of releases and faults, as long as you like
# Both of the first install what is missing, pinned in .ci/tools.mk.

include .ci/tools.mk

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# One copy of each tool a machine, whatever number of clones.
YIZHAN_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/yizhan/tools
TOOLS := $(YIZHAN_TOOLS)
TRUNK := $(TOOLS)/trunk-$(TRUNK_VERSION)
WASM_BINDGEN := $(TOOLS)/wasm-bindgen-cli-$(WASM_BINDGEN_VERSION)
CARGO_FUZZ := $(TOOLS)/cargo-fuzz-$(CARGO_FUZZ_VERSION)
NODE_TOOLS := node_modules/.binaryen-$(BINARYEN_VERSION)-esbuild-$(ESBUILD_VERSION)-playwright-$(PLAYWRIGHT_VERSION)-axe-$(AXE_VERSION)-lighthouse-$(LIGHTHOUSE_VERSION)-puppeteer-$(PUPPETEER_VERSION)
export PATH := $(TRUNK)/bin:$(CARGO_FUZZ)/bin:$(WASM_BINDGEN)/bin:$(CURDIR)/node_modules/.bin:$(PATH)

WASM := --target wasm32-unknown-unknown
PORT ?= 8080

.PHONY: help serve dev test demo page size upgrade screens soak format lint native check-demo browser tools browser-tools database-tools bench kernel native-tool fuzz clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# ---- the two commands ----------------------------------------------------------

serve: page
	node tests/e2e/server.mjs dist $(PORT)

test: format lint native check-demo page browser size

# ---- while working -------------------------------------------------------------

# Trunk's watcher, with a debug build and no service worker. The page's content
# policy forbids Trunk's inline reload script, so reload by hand.
dev: tools demo
	trunk serve --no-autoreload --address 127.0.0.1 --port $(PORT)

# ---- the parts -----------------------------------------------------------------

demo: public/data/manifest.yz

public/data/manifest.yz: $(wildcard data/*) $(shell find src -name '*.rs') Cargo.toml Cargo.lock
	@mkdir -p target
	cargo run --quiet --bin stations -- build --config data/stations.toml --out public/data --lang en >/dev/null 2>target/build-demo.log || test $$? -eq 1 || { cat target/build-demo.log; exit 2; }
	@touch $@
	@tail -n 1 target/build-demo.log

page: dist/sw.js

dist/sw.js: public/data/manifest.yz Trunk.toml index.html $(shell find public -path public/data -prune -o -type f -print) $(shell find src xtask -name "*.rs") $(shell find publish-page -type f) $(wildcard data/*) Cargo.toml Cargo.lock | tools
	trunk build --release --offline

format:
	cargo fmt --all --check

lint: tools
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo clippy --quiet $(WASM) --package yizhan --lib --bin web -- -D warnings
	cargo clippy --quiet $(WASM) --package publish-page -- -D warnings

native: database-tools
	cargo test --quiet --workspace

# What the receiver of reports is tested with beside SQLite.
database-tools:
	bash .ci/database.sh

# The demo has known faults, which tests/it name one by one; here the tool must
# only be able to read everything.
check-demo: demo
	cargo run --quiet --bin stations -- check --config data/stations.toml --lang en >/dev/null || test $$? -eq 1

browser: page browser-tools native-tool
	playwright test --config tests/e2e/playwright.config.mjs
	node tests/e2e/engines.mjs dist
	node tests/e2e/lighthouse.mjs dist

# Sequences of releases, editions and faults with a random seed, which the names of the
# tests print. SEED=… plays the same again.
SEQUENCES ?= 200
soak: page browser-tools
	SEED=$${SEED:-$$(date +%s)} SEQUENCES=$(SEQUENCES) playwright test --config tests/e2e/playwright.config.mjs --project releases -g sequences

# What a phone loads until the first answer is painted, compressed with brotli.
size: page native-tool
	node tests/e2e/size.mjs dist

# The screenshots of the documents.
screens: page browser-tools
	node tests/e2e/screens.mjs

# From an earlier revision to this one and back, in a browser. The newest tag, or REVISION.
REVISION ?= $(shell git describe --tags --abbrev=0 2>/dev/null || echo HEAD^)
upgrade: page browser-tools
	rm -rf target/previous && git worktree prune && git worktree add --detach target/previous $(REVISION)
	mkdir -p target/previous/target
	cd target/previous && CARGO_TARGET_DIR=$(CURDIR)/target/previous-build PATH=$(PATH) trunk build --release --offline
	PREVIOUS_DIST=target/previous/dist playwright test --config tests/e2e/playwright.config.mjs --project releases -g "the build before"
	git worktree remove --force target/previous

# Speed, memory and bytes (docs/performance.md). No part of the tests.
# The peers are asked by the bench that lies beside the project, if it is there.
PEERS ?= ../shared/bench
bench: kernel page browser-tools native-tool
	cargo build --quiet --release --bin stations
	node tests/bench/publishing.mjs
	node tests/bench/tap.mjs
	@if [ -f $(PEERS)/knn.mjs ]; then \
		mkdir -p target/peers && cp -r $(PEERS)/. target/peers/ && chmod -R u+w target/peers && \
		cd target/peers && npm ci --silent --no-audit --no-fund && \
		node knn.mjs --kernel $(CURDIR)/tests/bench/kernel/adapter.mjs && \
		npm run --silent build >/dev/null && \
		rm -rf ../startup && cp -r ../../dist ../startup && rm -r ../startup/data && \
		{ ../release/stations build --config ../../tests/bench/city.toml --out ../startup/data 2>/dev/null || test $$? -eq 1; } && \
		node startup.mjs --product ../startup --path '/#at=121.47,31.23' --row '[data-station]' --only preact,leaflet; \
	else echo "no bench of peers in $(PEERS): the search is not compared (docs/performance.md)"; fi

# The tool and the receiver as the tests run them.
native-tool:
	cargo build --quiet --workspace --bin stations --bin stations-collect

# The page's search as a module of its own, for knn.mjs (docs/performance.md).
KERNEL := target/kernel/wasm32-unknown-unknown/release/yizhan_kernel.wasm
kernel: tools
	cargo build --quiet --release $(WASM) --manifest-path tests/bench/kernel/Cargo.toml --target-dir target/kernel --features publish
	cp $(KERNEL) target/kernel/publish.wasm
	RUSTFLAGS="-C link-arg=--initial-memory=8388608" cargo build --quiet --release $(WASM) --manifest-path tests/bench/kernel/Cargo.toml --target-dir target/kernel
	wasm-opt --all-features -O3 $(KERNEL) -o target/kernel/search.wasm

# Ten minutes for each reader of bytes that others wrote; wants a nightly toolchain.
FUZZ_SECONDS ?= 600
fuzz: demo $(CARGO_FUZZ)/bin/cargo-fuzz
	for target in sheet dataset hours; do \
		mkdir -p target/fuzz-corpus/$$target; \
		cargo +nightly fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz $$target target/fuzz-corpus/$$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=9000 -timeout=20; \
	done

clean:
	rm -rf dist public/data test-results

# ---- tools ---------------------------------------------------------------------

tools: $(TRUNK)/bin/trunk $(WASM_BINDGEN)/bin/wasm-bindgen $(NODE_TOOLS) target/.wasm-target

target/.wasm-target:
	@mkdir -p target
	rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@touch $@

$(TRUNK)/bin/trunk:
	bash .ci/cargo-tool.sh trunk $(TRUNK_VERSION) $(TRUNK)

$(WASM_BINDGEN)/bin/wasm-bindgen:
	bash .ci/cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) $(WASM_BINDGEN)

$(CARGO_FUZZ)/bin/cargo-fuzz:
	bash .ci/cargo-tool.sh cargo-fuzz $(CARGO_FUZZ_VERSION) $(CARGO_FUZZ)

# PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: the browser is found or installed below.
$(NODE_TOOLS):
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save --no-package-lock --no-audit --no-fund binaryen@$(BINARYEN_VERSION) esbuild@$(ESBUILD_VERSION) @playwright/test@$(PLAYWRIGHT_VERSION) axe-core@$(AXE_VERSION) lighthouse@$(LIGHTHOUSE_VERSION) puppeteer-core@$(PUPPETEER_VERSION)
	@touch $@

# A Chromium and Chinese glyphs: what is there is used; else apt, where that is
# possible; else Playwright's own download, where the network allows it.
browser-tools: $(NODE_TOOLS)
	bash .ci/browser.sh
