#!/bin/sh
# Times `make run` and `make test` on a fresh clone with empty caches, and says what they take on disk.
#
#     benchmarks/first_run.sh [run|test]
#
# Everything happens in a temporary folder that is removed at the end: the clone, HOME, the caches and the data.
set -eu
part=${1:-all}
here=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d "${TMPDIR:-/tmp}/phaodai-first-XXXXXX")
chmod 711 "$place"
finish() {
    [ ! -x "$place/clone/.venv/bin/phaodai" ] || "$place/clone/.venv/bin/phaodai" stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

mkdir -m 711 "$place/home"
export HOME="$place/home" UV_CACHE_DIR="$place/home/uv" PIP_CACHE_DIR="$place/home/pip" XDG_CACHE_HOME="$place/home/cache"
export XDG_DATA_HOME="$place/home/data" PHAODAI_DATA="$place/data"
unset VIRTUAL_ENV DATABASE_URL DATABASE_APP_URL UV_PYTHON UV_PROJECT_ENVIRONMENT
git clone --quiet "$here" "$place/clone"
cd "$place/clone"

timed() {
    start=$(date +%s)
    "$@"
    echo "$(( $(date +%s) - start )) s: $*"
}
sizes() {
    du -sm "$@" 2>/dev/null | awk '{ printf "%6d MB  %s\n", $1, $2 }'
}

if [ "$part" != test ]; then
    timed make setup
    sizes .tools .venv "$UV_CACHE_DIR"
    echo "heaviest packages:"
    sizes .venv/lib/python*/site-packages/* | sort -rn | head -12
    timed make run ARGS=--build-only
    timed make run ARGS=--build-only
    sizes "$PHAODAI_DATA"
fi
if [ "$part" != run ]; then
    timed make test
    sizes .venv build
fi
