#!/usr/bin/env bash
# Compile pyproject.toml into the two lock files, with versions and hashes and without index URLs.
# Pinned versions stay unless pyproject.toml excludes them; --upgrade takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev

compile() {
    .venv/bin/python -m uv pip compile --quiet --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-annotate pyproject.toml "$@" >/dev/null
}

compile --output-file requirements.txt "$@"
# The same versions in both, so that tests run on what is deployed.
compile --extra dev --constraint requirements.txt --output-file requirements-dev.txt "$@"
