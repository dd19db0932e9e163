# All a newcomer needs; `make` alone lists it. The steps live in .ci/.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint bench fuzz doc setup rust

# Rust is often installed for one user, and not on the path that make sees.
export PATH := $(PATH):$(or $(CARGO_HOME),$(HOME)/.cargo)/bin
# Handed over by the environment: a file name may hold any character.
override export FILE := $(value FILE)

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1:\2/p' $(firstword $(MAKEFILE_LIST)) | \
	while IFS=: read -r target purpose; do printf '  make %-8s%s\n' "$$target" "$$purpose"; done

run: rust ## Explain a SIP message: FILE=…, or from a pipe, or a sample of ours
	@if [ -n "$$FILE" ]; then set -- "$$FILE"; \
	elif [ -p /dev/stdin ] || [ -f /dev/stdin ]; then set -- -; \
	else set --; fi; \
	cargo run --quiet --release --package callwright-examples --example explain -- "$$@"

test: rust setup ## Run every test, the documentation's examples included
	cargo test --workspace

lint: rust ## Layout, clippy, documentation, oldest Rust, packages
	@.ci/lint

bench: rust setup ## Measure ourselves beside others, as one table
	bench/run

fuzz: rust ## Run each fuzz target for FUZZ_SECONDS=60
	@.ci/fuzz

doc: rust ## Build the documentation and say where it is
	@cargo doc --workspace --no-deps
	@dir=$$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'); \
	echo "The documentation begins at $$dir/doc/sip_core/index.html"

setup: ## Install the Debian packages that the tests need
	@.ci/setup valgrind

rust:
	@command -v cargo >/dev/null || { echo 'Rust is missing; https://rustup.rs says how to install it, as any user.' >&2; exit 1; }
