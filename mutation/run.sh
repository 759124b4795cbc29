#!/bin/sh
# Mutation testing of one module, in a copy so that the working tree is never touched: mutation/run.sh calendar
# Needs cosmic-ray, pytest, hypothesis and chinesecalendar in the active environment. Not part of `make test`.
set -eu
name=$1
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
cp -R "$root/src" "$root/tests" "$root/pyproject.toml" "$copy"
cp "$root/mutation/$name.toml" "$copy/config.toml"
cd "$copy"
export PYTHONPATH="$copy/src" PYTHONDONTWRITEBYTECODE=1
cosmic-ray init config.toml session.sqlite
cosmic-ray --verbosity=WARNING baseline config.toml
cosmic-ray exec config.toml session.sqlite
cr-report session.sqlite | tail -3
echo "Survivors:"
cosmic-ray dump session.sqlite >dump.json
cr-report --show-diff --surviving-only session.sqlite
echo "Session: $copy/session.sqlite"
