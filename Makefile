# Thin on purpose: each target says which tools it calls, and the tools hold the logic.
.PHONY: run build test bench fuzz setup web

# Build everything and start the service with its demonstration site on 127.0.0.1:8080.
run: build
	target/release/parvis serve --demo

# The program, with the tracker and the offline tables inside.
build: web
	cargo build --release --locked

# What npm brings: the offline tables, and the tracker built from its source.
web: setup
	npm ci --no-audit --no-fund
	npm run build

# What a fresh Debian machine lacks.
setup:
	deploy/setup.sh build

# Every test. The runners print their own summaries.
test: web
	deploy/setup.sh test
	cargo fmt --check
	cargo clippy --profile testing --locked --all-targets -- --deny warnings
	cargo test --profile testing --locked
	build/python/bin/python3 -B -m unittest discover --start-directory tests/attack
	PARVIS_PROGRAM=$(CURDIR)/target/testing/parvis npm test

# The collector against the limit of its framework, as ratios of one run; large histories; then how
# soon the pages can be used.
bench: web
	deploy/setup.sh bench
	cargo bench --locked --bench collector
	cargo bench --locked --bench scale
	npm run bench

# What strangers write, on inputs that nobody chose and for FUZZ_SECONDS each: longer than in `test`,
# and guided by what they reach. It needs a nightly Rust and cargo-fuzz.
FUZZ_SECONDS ?= 300
fuzz: web
	fuzz/run.sh $(FUZZ_SECONDS)
