#!/usr/bin/env bash
# Run what takes no browser, prints nothing and is no sweep, on SQLite. Arguments name a part of it.
# tests/conftest.py marks each test by the fixtures it asks for.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev
exec env -u DATABASE_URL .venv/bin/python -m pytest -n 2 \
    -m 'not browser and not paper and not sweep and not nightly' "$@"
