#!/usr/bin/env bash
# Run the tests that need no browser, print nothing, commit nothing and are no sweep, on SQLite.
# Arguments select tests.
# tests/conftest.py marks each test by the fixtures it asks for.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev
exec env -u DATABASE_URL .venv/bin/python -m pytest -n 2 \
    -m 'not browser and not paper and not commits and not sweep and not nightly' "$@"
