#!/bin/sh
# Check everything that must hold, the cheap checks first; stop at the first that fails.
# `lint` leaves the tests out.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
export QT_QPA_PLATFORM=offscreen
export PYRIGHT_PYTHON_IGNORE_WARNINGS=1

step() {  # name, command
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || { printf '%s: failed.\n' "$name" >&2; exit 1; }
}

step "rules (ruff check)" "$bin/ruff" check --quiet .
step "format (ruff format)" "$bin/ruff" format --quiet --check .
step "translations" "$bin/python" -m tools.translations check
step "layers (import-linter)" "$bin/lint-imports" --no-logo
step "types (pyright)" "$bin/pyright"
if [ "${1:-test}" = test ]; then
    step "tests (pytest)" "$bin/python" -m pytest -q -n "${JOBS:-2}" --dist worksteal
fi
