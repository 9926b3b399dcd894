#!/bin/sh
# Runs each of the checks for so many seconds. It needs a nightly Rust and cargo-fuzz. What fails is
# left in build/fuzz/artifacts, and what reached something new in build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-300}"

if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "fuzz: get a nightly Rust by \`rustup toolchain install nightly\`, and cargo-fuzz by" \
        "\`cargo install --locked cargo-fuzz\`" >&2
    exit 1
fi

# The versions of the program, to which cargo adds what only this crate uses.
cp Cargo.lock fuzz/Cargo.lock
for target in event_body picture_query log_text question; do
    corpus="build/fuzz/corpus/$target"
    mkdir -p "$corpus" build/fuzz/artifacts
    # There is no unsafe code that a sanitizer could watch.
    cargo +nightly fuzz run --sanitizer none --target-dir build/fuzz/target "$target" \
        "$corpus" "fuzz/seeds/$target" -- -max_total_time="$seconds" -max_len=4096 \
        -dict=fuzz/words.dict -timeout=10 -artifact_prefix=build/fuzz/artifacts/
done
