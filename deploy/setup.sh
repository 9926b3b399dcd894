#!/bin/sh
# Installs from Debian what building, testing or measuring needs and this machine lacks.
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
