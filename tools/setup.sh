#!/bin/sh
# Make .venv ready: Python, the locked packages, the project itself, and what Qt needs of the system.
# Does nothing when nothing changed since the last time.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$1"; }
fail() { printf 'setup: %s\n' "$1" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

find_python() {
    for candidate in python3 python3.11 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
            >/dev/null 2>&1; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "Python 3.11 to 3.14 is needed: install it (on Debian and Ubuntu: apt-get install python3) and try again."
}

apt_updated=
apt_install() {
    if [ -z "$apt_updated" ]; then
        apt-get -qq update >/dev/null 2>&1 || true
        apt_updated=yes
    fi
    # shellcheck disable=SC2086 # the words are the packages
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $1 >/dev/null 2>&1
}

system_packages() {  # packages, what they are for
    if is_root && command -v apt-get >/dev/null 2>&1; then
        say "system packages: $1"
        apt_install "$1" || fail "apt-get could not install $1 ($2): install them and try again."
    else
        fail "$2 must be installed first: sudo apt-get install $1 (or what your system calls them)."
    fi
}

fingerprint() {
    { pwd; cat pyproject.toml requirements.lock requirements-dev.lock tools/setup.sh; } |
        cksum
}

make_environment() {
    python=$(find_python)
    rm -rf .venv
    if [ -n "$uv" ]; then
        say "environment .venv ($("$python" --version), uv)"
        "$uv" venv --quiet --no-project --python "$python" .venv
    else
        "$python" -c 'import ensurepip' >/dev/null 2>&1 ||
            system_packages python3-venv "Python's venv"
        say "environment .venv ($("$python" --version), pip)"
        "$python" -m venv .venv
    fi
}

install_with_uv() {
    "$uv" pip install --quiet --python .venv/bin/python --require-hashes \
        -r requirements.lock -r requirements-dev.lock &&
        "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
}

install_with_pip() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
        -r requirements.lock -r requirements-dev.lock &&
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
            --no-build-isolation --editable .
}

install_packages() {
    say "packages from requirements.lock and requirements-dev.lock"
    if [ -n "$uv" ]; then
        if install_with_uv; then return; fi
        say "uv could not install them; once more with pip"
        uv=
        make_environment
    fi
    install_with_pip ||
        fail "the packages could not be installed: see above, and check that a package index can be reached."
}

check_system() {
    [ "$(uname -s)" = Linux ] || return 0
    missing=$(.venv/bin/python tools/system_needs.py)
    [ -z "$missing" ] || system_packages "$missing" "what Qt needs of the system"
    missing=$(.venv/bin/python tools/system_needs.py optional)
    [ -z "$missing" ] || optional_packages "$missing"
}

optional_packages() {  # packages without which recordings cannot be played, and all else works
    if is_root && command -v apt-get >/dev/null 2>&1; then
        say "system packages: $1 (to play recordings)"
        if apt_install "$1"; then return; fi
    fi
    say "without $1 recordings cannot be played, all else works: sudo apt-get install $1"
}

uv=$(command -v uv || true)
export UV_PYTHON_DOWNLOADS=never
# An active environment of something else must not be taken for ours.
unset VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME

stamp=.venv/.setup
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$(fingerprint)" ]; then
    usable=
    # An environment that somebody made or moved is kept only where it works.
    if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        if [ -n "$uv" ] || .venv/bin/python -m pip --version >/dev/null 2>&1; then usable=yes; fi
    fi
    rm -f "$stamp"
    [ -n "$usable" ] || make_environment
    install_packages
    check_system
    fingerprint >"$stamp"
fi
