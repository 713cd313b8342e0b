# Medical Hub. `make run` shows the sample clinic, `make test` checks everything.
#
# Each command installs what it misses (scripts/setup). Compiled code goes outside the checkout, so that
# several checkouts share it; set CARGO_TARGET_DIR to put it elsewhere.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export CARGO_TARGET_DIR ?= $(HOME)/.cache/medhub/target
export CARGO_TERM_COLOR ?= auto

DATA ?= ./data
LISTEN ?= 127.0.0.1:8080

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run build web test lint tidy story access-matrix smart security bench clean-data setup-build setup-test

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: build ## build, then serve the sample clinic from ./data (DATA=, LISTEN=)
	./target/release/medhub serve --demo --data $(DATA) --listen $(LISTEN)

build: setup-build web/dist/index.html ## the optimised program: target/release/medhub
	cargo build --locked --release -p medhub
	@mkdir -p target/release
	@if [ "$$(realpath -m "$(CARGO_TARGET_DIR)")" != "$$(realpath -m target)" ]; then \
	   ln -sfn "$$(realpath "$(CARGO_TARGET_DIR)")/release/medhub" target/release/medhub; fi

web: web/dist/index.html ## the web app only

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

test: setup-test lint tidy web/dist/index.html ## everything: style, unit and integration tests, web, story, access
	cargo test --locked --workspace
	cd web && npm test
	$(MAKE) story
	$(MAKE) access-matrix

lint: setup-build web/node_modules/.package-lock.json ## formatting, clippy, oxlint, types
	cargo fmt --all --check
	cargo clippy --locked --workspace -- -D warnings
	cargo clippy --locked --workspace --all-targets -- -D warnings \
	  -A clippy::unwrap_used -A clippy::expect_used -A clippy::panic -A clippy::disallowed_methods
	cd web && npm run --silent check

tidy: ## the rules of the house that a program can see
	cargo xtask tidy

story: setup-test web/dist/index.html ## a person's way through the product, in a browser
	cargo build --locked -p medhub
	scripts/story "$(CARGO_TARGET_DIR)/debug/medhub"

smart: setup-test web/dist/index.html ## real SMART apps (PyPI and npm) against the program
	cargo build --locked -p medhub
	scripts/smart "$(CARGO_TARGET_DIR)/debug/medhub"

access-matrix: setup-build web/dist/index.html ## who may do what, each role and action asked over HTTP
	cargo xtask access-matrix

security: build ## attacks on the running program: schemathesis, testssl.sh, ffuf, sqlmap and our own
	scripts/security "$(CARGO_TARGET_DIR)/release/medhub"

bench: build ## the table of docs/benchmarks.md
	cargo run --locked --release -p xtask -- bench fhir

clean-data: ## throw the sample clinic away
	rm -rf $(DATA)

setup-build:
	@scripts/setup build

setup-test:
	@scripts/setup test
