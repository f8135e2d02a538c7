#!/bin/sh
# Write requirements.lock (what the program needs) and requirements-dev.lock (what its tests and
# tools need on top), pinned and hashed for every platform, without the address of any registry.
set -eu
cd "$(dirname "$0")/.."
if command -v uv >/dev/null 2>&1; then uv=uv; else uv=.venv/bin/uv; fi
[ "$uv" = uv ] || [ -x "$uv" ] || { echo "lock: uv is needed to write the lock: pipx install uv." >&2; exit 1; }
export UV_PYTHON_DOWNLOADS=never

compile() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --python-version 3.11 "$@"
}

write() {  # target, comment, options of compile
    target=$1 comment=$2
    shift 2
    compile "$@" -o "$scratch/$target"
    { printf '# %s\n# Written by `make lock`: do not edit.\n' "$comment"; cat "$scratch/$target"; } >"$target"
    if grep -n '://' "$target"; then
        echo "lock: $target names an address." >&2
        exit 1
    fi
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
write requirements.lock "What the program needs when it runs." pyproject.toml
write requirements-dev.lock "What its tests and tools need on top." \
    --constraint requirements.lock --group dev
